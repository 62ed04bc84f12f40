#include "core/run/codes_figure.h"

#include "core/explore/codebook_work.h"
#include "core/explore/tile_grids.h"
#include "core/explore/tokens_work.h"
#include "core/figure/colours.h"
#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace latent {
namespace {

constexpr Rgb unplaced{0xBB, 0xBB, 0xBB}; // where the codes' directions are not known

/// Answers of the viewing thread's works, here and now.
template<class WorkType>
Result<typename WorkType::Frame> answered(WorkType work, const Viewer& viewer, JobControl& control) {
  try {
    while (!control.cancelled())
      if (auto frame = work.advance(viewer)) return *std::move(frame);
  } catch (const std::exception& fault) {
    return usageError(fault.what());
  }
  return Error{Fault::interrupted, "Cancelled."};
}

ImagesPanel picturePanel(const Image& image, const std::string& title) {
  ImagesPanel panel;
  panel.title = title;
  panel.rows = panel.columns = 1;
  panel.channels = image.shape.channels;
  panel.height = image.shape.height;
  panel.width = image.shape.width;
  appendBytes(image.pixels, panel.pixels);
  return panel;
}

/// A map of one row stands for the whole image: it is wrapped into a square, as in the window.
CellsPanel mapPanel(const TokensFrame& map, const std::vector<Rgb>& colours) {
  CellsPanel panel;
  const int cells = map.rows * map.columns;
  const bool wraps = map.rows == 1 && map.columns >= 4;
  panel.columns = wraps ? static_cast<int>(std::ceil(std::sqrt(cells))) : map.columns;
  panel.rows = (cells + panel.columns - 1) / panel.columns;
  panel.numbers = map.tokens;
  panel.numbers.resize(static_cast<size_t>(panel.rows) * static_cast<size_t>(panel.columns), -1);
  for (const int64_t code : panel.numbers) {
    const auto i = static_cast<size_t>(std::max<int64_t>(0, code));
    panel.colours.push_back(colourText(i < colours.size() ? colours[i] : unplaced));
  }
  return panel;
}

/// From the most to the least used code.
BarsPanel usagePanel(const CodebookFrame& book, const std::vector<Rgb>& colours) {
  std::vector<size_t> order(book.used.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, [&](size_t a, size_t b) { return book.used[a] > book.used[b]; });
  const auto cells = static_cast<double>(
      std::max<int64_t>(1, std::accumulate(book.used.begin(), book.used.end(), int64_t{0})));
  BarsPanel panel;
  panel.xLabel = "code, by use";
  panel.yLabel = "% of the cells";
  for (const size_t code : order) {
    panel.values.push_back(100 * static_cast<double>(book.used[code]) / cells);
    panel.labels.push_back(std::to_string(code));
    panel.colours.push_back(colourText(code < colours.size() ? colours[code] : unplaced));
  }
  return panel;
}

std::string fixed(double value) {
  return labelNumber(std::round(10 * value) / 10, 6);
}

Json viewOf(const CodesOptions& options) {
  Json view = {{"input", subjectToJson(options.input)}};
  if (!options.tokens.empty()) view["tokens"] = options.tokens;
  return view;
}

} // namespace

Result<Figure> codesFigure(const FigureSource& source, const CodesOptions& options, const Dataset& data,
                           JobControl& control) {
  if (!findFamily(source.run.record().spec.family)->discrete)
    return usageError("The run " + source.run.path().string() +
                      " has continuous latents and no codes; draw its plane instead.");
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  const auto input = imageOf(options.input, &data, viewer->spec().shape);
  if (!input) return input.error();
  TokensRequest request;
  request.input = *input;
  auto own = answered(TokensWork(request, viewer->weights()), *viewer, control);
  if (!own) return own.error();
  const Image seen = own->input;
  const std::vector<int64_t> before = own->tokens;
  if (!options.tokens.empty()) {
    request.input = {};
    request.tokens = options.tokens;
    own = answered(TokensWork(request, viewer->weights()), *viewer, control);
    if (!own) return own.error();
  }
  const TokensFrame& map = *own;
  const auto book =
      answered(CodebookWork({RequestHead(), data.test, 0}, viewer->weights()), *viewer, control);
  if (!book) return book.error();
  const std::vector<Rgb> colours = codeColours(book->embedding);
  const auto dead = std::ranges::count(book->used, 0);
  size_t changed = 0;
  for (size_t i = 0; i < before.size(); ++i) changed += before[i] != map.tokens[i] ? 1 : 0;

  Figure figure;
  figure.widthMm = options.widthMm;
  figure.heightMm = 0;
  figure.fontPoints = options.fontPoints;
  figure.panelColumns = options.widthMm < 120 ? 2 : 4;
  figure.panels.emplace_back(picturePanel(seen, "Input x"));
  figure.panels.emplace_back(mapPanel(map, colours));
  std::get<CellsPanel>(figure.panels.back()).title =
      changed > 0 ? std::to_string(changed) + " of " + std::to_string(before.size()) + " codes changed"
                  : "Codes " + std::to_string(map.rows) + " \u00D7 " + std::to_string(map.columns);
  figure.panels.emplace_back(picturePanel(map.image, "Output x\u0302"));
  BarsPanel usage = usagePanel(*book, colours);
  usage.title = "Perplexity " + fixed(book->perplexity) + " of " + std::to_string(book->codes) + ", " +
                std::to_string(dead) + " dead";
  figure.panels.emplace_back(std::move(usage));
  figure.provenance = figureProvenance("codes", {{source.run, viewer->weights()->step}}, viewOf(options));
  figure.provenance["perplexity"] = book->perplexity;
  figure.provenance["deadCodes"] = dead;
  return figure;
}

} // namespace latent
