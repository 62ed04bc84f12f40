#include "ui/views/compare/compare_figure.h"

#include <algorithm>

namespace latent::ui {
namespace {

Error ownImage() {
  return usageError(
      "A figure shows images of the test set, and this Input x is an image of your own; choose a "
      "test image first.");
}

/// The test image of an end; an error for what is none.
Result<int64_t> itemOf(const PathEnd& end, const CompareInput& input) {
  if (end.kind == PathEnd::Kind::pin)
    return usageError("A figure's path runs between test images, and one end is a pin; choose a test image.");
  const int64_t item = end.kind == PathEnd::Kind::item ? end.item : input.item;
  if (item < 0) return ownImage();
  return item;
}

std::vector<int64_t> itemsOf(const std::vector<CompareInput>& inputs, int first, int end) {
  std::vector<int64_t> items;
  for (int i = first; i < std::min(end, static_cast<int>(inputs.size())); ++i)
    items.push_back(inputs[static_cast<size_t>(i)].item);
  return items;
}

} // namespace

FigureRequest::Kind figureKind(CompareMode mode) {
  switch (mode) {
  case CompareMode::reconstruct:
    return FigureRequest::Kind::reconstruct;
  case CompareMode::noise:
    return FigureRequest::Kind::noise;
  case CompareMode::sample:
    return FigureRequest::Kind::sample;
  case CompareMode::interpolate:
    return FigureRequest::Kind::interpolate;
  case CompareMode::sweep:
    break;
  }
  return FigureRequest::Kind::traverse;
}

Result<FigureRequest> compareFigure(const CompareSettings& settings, const std::vector<CompareRow>& rows,
                                    const ColumnsContext& context, const GridWindow& seen) {
  FigureRequest request;
  request.kind = figureKind(settings.mode);
  const bool continuous = settings.mode != CompareMode::reconstruct && settings.mode != CompareMode::sample;
  for (const CompareRow& row : rows) {
    const bool fits = row.problem.isEmpty() && whyNoInputs(row, context).isEmpty();
    if (!fits || (continuous && row.discrete)) continue;
    request.runs.push_back(row.run);
    request.rows.push_back({row.run, row.step});
  }
  if (request.rows.empty())
    return usageError("None of the rows can be shown here, so there is nothing to export.");
  switch (settings.mode) {
  case CompareMode::reconstruct:
    request.items = itemsOf(context.inputs, seen.firstColumn, seen.endColumn);
    break;
  case CompareMode::noise:
    request.items = itemsOf(context.inputs, 0, static_cast<int>(context.inputs.size()));
    request.sigmas = settings.noise.sigmas;
    request.scale = settings.noise.scale;
    request.draws = settings.noise.draws;
    request.mean = settings.noise.mean;
    request.seed = settings.noise.seed;
    break;
  case CompareMode::sample:
    request.count = std::max(1, seen.endColumn);
    request.seed = settings.sample.seed;
    request.temperature = settings.sample.temperature;
    request.bernoulli = settings.sample.bernoulli;
    break;
  case CompareMode::interpolate: {
    const Result<int64_t> from = itemOf(settings.interpolate.from, context.input);
    const Result<int64_t> to = itemOf(settings.interpolate.to, context.input);
    if (!from) return from.error();
    if (!to) return to.error();
    request.items = {*from, *to};
    request.path = settings.interpolate.path;
    break;
  }
  case CompareMode::sweep:
    if (settings.sweep.start == SweepSettings::Start::point)
      return usageError(
          "A figure's sweep starts at the code of a test image or at the prior's mean; choose one "
          "of these as the start.");
    if (settings.sweep.start == SweepSettings::Start::input) request.items = {context.input.item};
    request.latents = {settings.sweep.latent};
    request.range = settings.sweep.range;
    request.frames = settings.sweep.frames;
    break;
  }
  if (std::ranges::any_of(request.items, [](int64_t item) { return item < 0; })) return ownImage();
  return request;
}

} // namespace latent::ui
