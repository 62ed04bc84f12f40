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

constexpr double smallestMm = 5; ///< of an image; more images than fit go into further rows below

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

/// Images [first, first + count) of each row; `columns` of them would fill the width.
ImagesPanel bandOf(const Reconstructions& images, size_t first, size_t count, size_t columns,
                   const std::vector<std::string>& labels, const Dataset& data) {
  ImagesPanel panel;
  panel.rows = static_cast<int>(images.rows.size());
  panel.columns = static_cast<int>(count);
  panel.places = static_cast<int>(columns);
  panel.channels = data.shape.channels;
  panel.height = data.shape.height;
  panel.width = data.shape.width;
  panel.rowLabels = labels;
  for (const auto& row : images.rows)
    for (size_t i = first; i < first + count; ++i) appendBytes(row[i].pixels, panel.pixels);
  for (size_t i = first; i < first + count; ++i)
    panel.columnLabels.push_back(std::to_string(images.indices[i]));
  return panel;
}

Status checkIndices(const std::vector<int64_t>& indices, const Split& split) {
  for (const int64_t index : indices)
    if (index < 0 || index >= split.size())
      return usageError("items: " + std::to_string(index) + " is not in 0 to " +
                        std::to_string(split.size() - 1) + ".");
  return done();
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
  if (const Status status = checkIndices(result.indices, split); !status) return status.error();
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
  // Two thirds of the width are the images'.
  const auto fitting = static_cast<size_t>(std::max(1.0, options.widthMm * 2 / 3 / smallestMm));
  const size_t bands = (images->indices.size() + fitting - 1) / fitting;
  const size_t columns = (images->indices.size() + bands - 1) / bands;
  for (size_t first = 0; first < images->indices.size(); first += columns)
    figure.panels.emplace_back(
        bandOf(*images, first, std::min(columns, images->indices.size() - first), columns, labels, data));
  figure.provenance =
      figureProvenance("reconstruct", shown, {{"split", options.split}, {"items", images->indices}});
  return figure;
}

} // namespace latent
