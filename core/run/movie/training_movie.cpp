#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/movie/movie_parts.h"
#include "core/train/steps.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace latent {
namespace {

/// Steps of the frames: those that any run keeps, or `most` of them.
std::vector<int64_t> momentsOf(const std::vector<std::vector<int64_t>>& kept, int most) {
  std::set<int64_t> all;
  for (const auto& steps : kept) all.insert(steps.begin(), steps.end());
  std::vector<int64_t> moments(all.begin(), all.end());
  if (std::ssize(moments) <= most) return moments;
  std::vector<int64_t> chosen;
  for (int i = 0; i < most; ++i) {
    const double at = static_cast<double>(i) * static_cast<double>(moments.size() - 1) / (most - 1);
    chosen.push_back(moments[static_cast<size_t>(std::lround(at))]);
  }
  return chosen;
}

/// The newest step until then, or the first.
int64_t shownAt(const std::vector<int64_t>& steps, int64_t moment) {
  const auto after = std::ranges::upper_bound(steps, moment);
  return after == steps.begin() ? steps.front() : *std::prev(after);
}

std::string withCommas(int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = std::ssize(text) - 3; at > 0; at -= 3) text.insert(static_cast<size_t>(at), ",");
  return text;
}

/// Passes over the data; nothing where the run does not tell.
std::optional<double> epochAt(const RunRecord& record, int64_t step) {
  if (record.trainImages <= 0 || findFamily(record.spec.family)->closedForm) return std::nullopt;
  const auto& parent = record.config.parent;
  const StepCount count =
      stepCount(record.spec, record.trainImages, parent ? parent->step : 0, parent ? parent->epoch : 0);
  const int64_t batches = count.sinceFirst(step) + count.firstPosition();
  return static_cast<double>(count.firstEpoch()) +
         static_cast<double>(batches) / static_cast<double>(count.stepsPerEpoch());
}

/// "epoch 3 · step 1,800"; inside an epoch with two decimals.
std::string momentTitle(const RunRecord& record, int64_t step) {
  std::string title = "step " + withCommas(step);
  const auto epoch = epochAt(record, step);
  if (!epoch) return title;
  const bool whole = std::abs(*epoch - std::round(*epoch)) < 1e-9;
  return "epoch " + (whole ? withCommas(std::llround(*epoch)) : fixedNumber(*epoch, 2)) + " · " + title;
}

/// What all frames share.
struct Training {
  std::vector<FigureSource> sources;
  std::vector<std::string> names;
  std::vector<std::vector<int64_t>> kept; ///< steps of each run
  std::vector<int64_t> moments;
  TrainingMovie options;
  std::vector<PlaneOptions> planes; ///< of each run, with axes and rectangle
  MovieData data;

  std::vector<FigureSource> at(int64_t moment) const {
    std::vector<FigureSource> shown = sources;
    for (size_t i = 0; i < shown.size(); ++i) shown[i].step = shownAt(kept[i], moment);
    return shown;
  }
};

PlaneRect joined(const PlaneRect& a, const PlaneRect& b) {
  return {std::min(a.left, b.left), std::max(a.right, b.right), std::min(a.lower, b.lower),
          std::max(a.upper, b.upper)};
}

/// Axes of the last frame; a rectangle in which all frames have room.
Result<PlaneOptions> fixedPlane(const Training& training, size_t run, JobControl& control) {
  const TrainingMovie& movie = training.options;
  PlaneOptions options = run < movie.planes.size() ? movie.planes[run] : movie.plane;
  options.widthMm = kMovieWidthMm;
  PlaneOptions bare = options;
  bare.look = PlaneLook();
  bare.look.tiles = false;
  bare.points = 0;
  const auto look = [&](int64_t step) {
    return planeFigure({training.sources[run].run, step}, bare, training.data[run].get(), control);
  };
  const std::vector<int64_t>& steps = training.kept[run];
  const auto last = look(steps.back());
  if (!last) return last.error();
  const Json& view = last->provenance["view"];
  PlaneRect rect = std::get<PlanePanel>(last->panels.front()).rect;
  options.axes = bare.axes = PlaneAxes{view["origin"].get<LatentPoint>(), view["axis1"].get<LatentPoint>(),
                                       view["axis2"].get<LatentPoint>()};
  const bool byCodes =
      !options.rect &&
      (options.choice.main || !findFamily(training.sources[run].run.record().spec.family)->hasPrior);
  for (const int64_t moment : training.moments) {
    if (!byCodes) break;
    const auto figure = look(shownAt(steps, moment));
    if (!figure) return figure.error();
    rect = joined(rect, std::get<PlanePanel>(figure->panels.front()).rect);
  }
  options.rect = rect;
  return options;
}

Result<Figure> planesAt(const Training& training, int64_t moment, JobControl& control) {
  std::vector<Figure> planes;
  const std::vector<FigureSource> shown = training.at(moment);
  for (size_t i = 0; i < shown.size(); ++i) {
    auto plane = planeFigure(shown[i], training.planes[i], training.data[i].get(), control);
    if (!plane) return plane.error();
    planes.push_back(std::move(*plane));
  }
  Figure figure = planesBesideEachOther(std::move(planes), training.names, kMovieWidthMm);
  for (size_t i = 0; i < figure.panels.size(); ++i)
    std::get<PlanePanel>(figure.panels[i]).title = training.names[i];
  figure.title = momentTitle(shown.front().run.record(), moment);
  return figure;
}

/// Rows are named by the runs alone: numbers that change would move the images beside them. Of one run its
/// measure stands in the title.
Result<Figure> reconstructionsAt(const Training& training, int64_t moment, JobControl& control) {
  const std::vector<FigureSource> shown = training.at(moment);
  ReconstructOptions options = training.options.reconstruct;
  options.widthMm = kMovieWidthMm;
  auto figure = reconstructFigure(shown, options, *training.data.front(), control);
  if (!figure) return figure;
  figure->title = momentTitle(shown.front().run.record(), moment);
  for (FigurePanel& panel : figure->panels) {
    auto& labels = std::get<ImagesPanel>(panel).rowLabels;
    const std::string tail = training.names.front() + ", ";
    if (shown.size() == 1 && &panel == &figure->panels.front() && labels[1].starts_with(tail))
      figure->title += " · " + labels[1].substr(tail.size());
    std::ranges::copy(training.names, labels.begin() + 1);
  }
  return figure;
}

Result<Figure> frameAt(const Training& training, int64_t moment, JobControl& control) {
  return training.options.view == TrainingMovie::View::plane ? planesAt(training, moment, control)
                                                             : reconstructionsAt(training, moment, control);
}

Status check(const std::vector<FigureSource>& sources, const TrainingMovie& options, const MovieData& data) {
  if (options.frames < kFewestMovieFrames || options.frames > kMostMovieFrames)
    return usageError("frames: " + std::to_string(options.frames) + " is not in 2 to 600.");
  if (options.view == TrainingMovie::View::reconstruct && !data.front())
    return usageError("Reconstructions need the run's data set; download it first.");
  for (const FigureSource& source : sources)
    if (source.run.snapshots().empty())
      return usageError("The run " + source.run.path().string() +
                        " keeps no snapshots, so there is no training to show.");
  return done();
}

} // namespace

Result<MovieScript> trainingMovie(const std::vector<FigureSource>& sources, const TrainingMovie& options,
                                  const MovieData& data, JobControl& control) {
  if (const Status status = check(sources, options, data); !status) return status.error();
  auto training = std::make_shared<Training>();
  training->sources = sources;
  for (FigureSource& source : training->sources) source.step.reset();
  training->names = distinctNames(training->sources);
  for (const FigureSource& source : sources) training->kept.push_back(source.run.snapshots());
  training->moments = momentsOf(training->kept, options.frames);
  training->options = options;
  training->data = data;
  if (options.view == TrainingMovie::View::plane)
    for (size_t i = 0; i < sources.size(); ++i) {
      auto plane = fixedPlane(*training, i, control);
      if (!plane) return plane.error();
      training->planes.push_back(std::move(*plane));
    }

  auto last = frameAt(*training, training->moments.back(), control);
  if (!last) return last.error();
  MovieScript script;
  script.frames = static_cast<int>(training->moments.size());
  script.provenance = std::move(last->provenance);
  script.provenance["movie"] = {{"moves", "training"}, {"steps", training->moments}};
  script.figures = [training](int first, int count, JobControl& part) -> Result<std::vector<Figure>> {
    std::vector<Figure> figures;
    for (int i = first; i < first + count; ++i) {
      auto figure = frameAt(*training, training->moments[static_cast<size_t>(i)], part);
      if (!figure) return figure.error();
      figures.push_back(std::move(*figure));
    }
    return figures;
  };
  return script;
}

} // namespace latent
