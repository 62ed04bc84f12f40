#include "core/explore/answers.h"
#include "core/explore/tile_grids.h"
#include "core/run/figure_parts.h"
#include "core/run/figures.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

namespace latent {
namespace {

/// "VAE z2 MNIST, ELBO -153.9": the test value at this step where metrics.csv has it.
std::string rowLabel(const RunFolder& run, const std::string& name, int64_t step) {
  const std::string measure = measureName(run.record());
  const std::string series = measure == "ELBO" ? "elbo" : "recon";
  const auto metrics = run.metrics();
  if (!metrics) return name;
  for (const Metric& metric : metrics->rows) {
    if (metric.step != step || metric.split != "test" || metric.series != series) continue;
    std::array<char, 64> value; // not by printf, whose decimal point follows the locale
    const auto end =
        std::to_chars(value.data(), value.data() + value.size(), metric.value, std::chars_format::fixed, 1);
    return name + ", " + measure + " " + std::string(value.data(), end.ptr);
  }
  return name; // weights that came without curves
}

} // namespace

Result<Reconstructions> reconstructImages(const std::vector<FigureSource>& sources,
                                          const ReconstructOptions& options, const Dataset& data,
                                          JobControl& control) {
  const Split& split = options.split == "train" ? *data.train : *data.test;
  Reconstructions result;
  result.indices = options.indices;
  if (result.indices.empty()) {
    result.indices.resize(static_cast<size_t>(std::min<int64_t>(10, split.size())));
    std::iota(result.indices.begin(), result.indices.end(), 0);
  }
  if (const Status status = checkItems(result.indices, split); !status) return status.error();
  ReconstructRequest request;
  for (const int64_t index : result.indices) request.inputs.push_back(imageAt(split, index));

  for (const FigureSource& source : sources) {
    if (control.cancelled()) return Error{Fault::interrupted, "Cancelled."};
    const auto viewer = openViewer(source.run, source.step);
    if (!viewer) return viewer.error();
    if (data.shape != viewer->spec().shape)
      return usageError("The run " + source.run.path().string() + " reads images of another shape than " +
                        data.id + ".");
    ReconstructFrame frame = answerReconstructions(request, *viewer);
    result.steps.push_back(frame.step);
    if (result.rows.empty()) result.rows.push_back(std::move(frame.inputs));
    result.rows.push_back(std::move(frame.outputs));
  }
  return result;
}

Result<Figure> reconstructFigure(const std::vector<FigureSource>& sources, const ReconstructOptions& options,
                                 const Dataset& data, JobControl& control) {
  const auto images = reconstructImages(sources, options, data, control);
  if (!images) return images.error();

  std::vector<FigureSource> shown = sources;
  for (size_t i = 0; i < sources.size(); ++i) shown[i].step = images->steps[i];
  const std::vector<std::string> names = distinctNames(shown);
  std::vector<std::string> labels{"Input x"};
  for (size_t i = 0; i < sources.size(); ++i)
    labels.push_back(rowLabel(sources[i].run, names[i], images->steps[i]));

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  ImageTable table{data.shape, std::move(labels), {}, {}};
  for (const int64_t index : images->indices) table.columnLabels.push_back(std::to_string(index));
  for (const auto& row : images->rows)
    for (const Image& image : row) appendBytes(image.pixels, table.pixels);
  addImageTable(table, figure);
  figure.provenance =
      figureProvenance("reconstruct", shown, {{"split", options.split}, {"items", images->indices}});
  return figure;
}

} // namespace latent
