#include "ui/views/compare/compare_figure.h"

#include <algorithm>

namespace latent::ui {
namespace {

Subject subjectOf(const CompareInput& input) {
  Subject subject;
  subject.index = input.item;
  if (input.item < 0) subject.image = input.image;
  return subject;
}

/// Test images by their numbers; where one is of one's own, all of them as they are.
void setInputs(const std::vector<CompareInput>& inputs, int first, int end, FigureRequest& request) {
  std::vector<Subject> subjects;
  for (int i = first; i < std::min(end, static_cast<int>(inputs.size())); ++i)
    subjects.push_back(subjectOf(inputs[static_cast<size_t>(i)]));
  if (std::ranges::any_of(subjects, [](const Subject& subject) { return subject.index < 0; }))
    request.subjects = std::move(subjects);
  else
    for (const Subject& subject : subjects) request.items.push_back(subject.index);
}

/// The points that the rows show in a column.
Result<std::vector<LatentPoint>> pointsIn(int column, const std::vector<const CompareRow*>& rows,
                                          const PointAt& pointAt) {
  std::vector<LatentPoint> points;
  for (const CompareRow* row : rows) {
    points.push_back(pointAt(*row, column));
    if (points.back().empty())
      return usageError("The points of " + row->label.toStdString() +
                        " are still being worked out; export them when their pictures are there.");
  }
  return points;
}

Result<LatentPlace> placeOf(const PathEnd& end, const std::optional<Pin>& pin, const CompareInput& input,
                            int column, const std::vector<const CompareRow*>& rows, const PointAt& pointAt) {
  LatentPlace place;
  if (end.kind != PathEnd::Kind::pin) {
    place.subject = subjectOf(input);
    return place;
  }
  if (!pin) return usageError("The pin of one end is gone; choose another end.");
  auto points = pointsIn(column, rows, pointAt);
  if (!points) return points.error();
  place.z = *std::move(points);
  place.name = pin->name;
  place.picture = pin->thumbnail;
  return place;
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
                                    const ColumnsContext& context, const GridWindow& seen,
                                    const PointAt& pointAt) {
  FigureRequest request;
  request.kind = figureKind(settings.mode);
  const bool continuous = settings.mode != CompareMode::reconstruct && settings.mode != CompareMode::sample;
  std::vector<const CompareRow*> shown;
  for (const CompareRow& row : rows) {
    const bool fits = row.problem.isEmpty() && whyNoInputs(row, context).isEmpty();
    if (!fits || (continuous && row.discrete)) continue;
    request.runs.push_back(row.run);
    request.rows.push_back({row.run, row.step});
    shown.push_back(&row);
  }
  if (request.rows.empty())
    return usageError("None of the rows can be shown here, so there is nothing to export.");
  switch (settings.mode) {
  case CompareMode::reconstruct:
    setInputs(context.inputs, seen.firstColumn, seen.endColumn, request);
    request.errorMaps = settings.reconstruct.errorMap;
    break;
  case CompareMode::noise:
    setInputs(context.inputs, 0, static_cast<int>(context.inputs.size()), request);
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
    const InterpolateSettings& path = settings.interpolate;
    const auto inputOf = [&](const PathEnd& end, const CompareInput& item) {
      return end.kind == PathEnd::Kind::item ? item : context.input;
    };
    auto from = placeOf(path.from, context.fromPin, inputOf(path.from, context.fromItem), 0, shown, pointAt);
    auto to = placeOf(path.to, context.toPin, inputOf(path.to, context.toItem), path.path.frames - 1, shown,
                      pointAt);
    if (!from) return from.error();
    if (!to) return to.error();
    request.from = *std::move(from);
    request.to = *std::move(to);
    request.path = settings.interpolate.path;
    break;
  }
  case CompareMode::sweep:
    if (settings.sweep.start == SweepSettings::Start::point) {
      auto points = pointsIn(0, shown, pointAt); // all but the swept latent are the start's
      if (!points) return points.error();
      request.start.z = *std::move(points);
      request.start.name = "z";
    }
    if (settings.sweep.start == SweepSettings::Start::input) request.start.subject = subjectOf(context.input);
    request.latents = {settings.sweep.latent};
    request.range = settings.sweep.range;
    request.frames = settings.sweep.frames;
    break;
  }
  return request;
}

} // namespace latent::ui
