#include "core/explore/answers.h"
#include "core/explore/tile_grids.h"
#include "core/figure/colours.h"
#include "core/run/figure_parts.h"
#include "core/run/figures.h"
#include "core/run/latent_view.h"
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

std::vector<Subject> inputsOf(const ReconstructOptions& options, const Dataset& data) {
  if (!options.subjects.empty()) return options.subjects;
  std::vector<int64_t> items = options.indices;
  if (items.empty()) {
    items.resize(static_cast<size_t>(std::min<int64_t>(10, splitOf(data, options.split)->size())));
    std::iota(items.begin(), items.end(), 0);
  }
  std::vector<Subject> inputs;
  inputs.reserve(items.size());
  for (const int64_t item : items) inputs.push_back({options.split, item, {}, {}});
  return inputs;
}

/// Grey images beside coloured ones.
Image inColour(const Image& image) {
  if (image.shape.channels == 3) return image;
  Image coloured{{3, image.shape.height, image.shape.width}, {}};
  for (int channel = 0; channel < 3; ++channel)
    coloured.pixels.insert(coloured.pixels.end(), image.pixels.begin(), image.pixels.end());
  return coloured;
}

Json viewOf(const ReconstructOptions& options, const std::vector<Subject>& inputs) {
  Json view = {{"errorMaps", options.errorMaps}};
  const bool items = std::ranges::all_of(
      inputs, [&](const Subject& input) { return input.index >= 0 && input.split == inputs.front().split; });
  if (items) {
    view["split"] = inputs.front().split;
    for (const Subject& input : inputs) view["items"].push_back(input.index);
  } else {
    for (const Subject& input : inputs) view["inputs"].push_back(subjectToJson(input));
  }
  return view;
}

} // namespace

Result<Reconstructions> reconstructImages(const std::vector<FigureSource>& sources,
                                          const ReconstructOptions& options, const Dataset& data,
                                          JobControl& control) {
  Reconstructions result;
  result.inputs = inputsOf(options, data);
  ReconstructRequest request;
  for (const Subject& input : result.inputs) {
    auto image = imageOf(input, &data, data.shape);
    if (!image) return image.error();
    request.inputs.push_back(*std::move(image));
  }

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
  for (size_t i = 0; i < sources.size(); ++i) {
    labels.push_back(rowLabel(sources[i].run, names[i], images->steps[i]));
    if (options.errorMaps) labels.emplace_back("|x \u2212 x\u0302|, 0 dark to 1 bright");
  }

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  const ImageShape shape =
      options.errorMaps ? ImageShape{3, data.shape.height, data.shape.width} : data.shape;
  ImageTable table{shape, std::move(labels), {}, {}};
  for (const Subject& input : images->inputs) table.columnLabels.push_back(subjectName(input));
  for (size_t row = 0; row < images->rows.size(); ++row) {
    for (const Image& image : images->rows[row])
      appendBytes(options.errorMaps ? inColour(image).pixels : image.pixels, table.pixels);
    if (!options.errorMaps || row == 0) continue;
    for (size_t i = 0; i < images->rows[row].size(); ++i)
      appendBytes(errorImage(images->rows.front()[i], images->rows[row][i]).pixels, table.pixels);
  }
  addImageTable(table, figure);
  figure.provenance = figureProvenance("reconstruct", shown, viewOf(options, images->inputs));
  return figure;
}

} // namespace latent
