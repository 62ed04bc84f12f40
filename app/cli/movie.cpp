#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "app/cli/view_options.h"
#include "core/io/lines.h"
#include "core/run/movie/movies.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>

namespace latent::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// What every kind of movie is asked for.
struct Options {
  RunOptions runs;
  std::string out, loop = "forever", dither = "none";
  std::optional<double> rate;
  MovieOptions movie;
  std::optional<int> frames;
  bool back = false, json = false;
};

struct TrainingOptions {
  std::string view = "plane", items, rect, axes, at;
  bool noTiles = false;
  TrainingMovie movie;
};

struct TraverseWords {
  std::string latents, rangeKind, range;
  TraverseOptions view;
};

struct PathWords {
  std::string items = "0,1", path = "straight";
  InterpolateOptions view;
};

struct NoiseWords {
  std::string items, sigmas = "0,2", scale = "raw";
  NoiseOptions view;
};

constexpr double trainingRate = 6; // snapshots a second

/// "forever", "once" or a number.
Result<int> parseLoop(const std::string& text) {
  if (text == "forever") return 0;
  if (text == "once") return 1;
  int plays = 0;
  if (parseNumber(text, plays) && plays >= 1 && plays <= kMostPlays) return plays;
  return usageError("--loop: '" + text + "' is neither forever, once nor a number from 1 to " +
                    std::to_string(kMostPlays) + ".");
}

Result<MovieOptions> movieOf(const Options& options, double usualRate) {
  MovieOptions movie = options.movie;
  const auto plays = parseLoop(options.loop);
  if (!plays) return plays.error();
  movie.format.plays = *plays;
  const auto dithering = ditheringFromName(options.dither);
  if (!dithering) return dithering.error();
  movie.format.dithering = *dithering;
  movie.format.rate = options.rate.value_or(usualRate);
  if (const Status status = checkMovie(options.out, movie); !status) return status.error();
  return movie;
}

MovieWay wayOf(const Options& options) {
  MovieWay way;
  way.frames = options.frames.value_or(way.frames);
  way.back = options.back;
  return way;
}

/// A bar with the time that is left, or a line of JSON a second, while it lives.
class Watch {
 public:
  Watch(JobControl& control, bool json)
      : m_control(control), m_json(json), m_thread([this](const std::stop_token& stop) { follow(stop); }) {}

  double seconds() const { return std::chrono::duration<double>(Clock::now() - m_begin).count(); }

 private:
  void follow(const std::stop_token& stop) {
    ProgressLine line(!m_json);
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    const auto pause = std::chrono::milliseconds(m_json ? 1000 : 100);
    while (!never.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); })) {
      const double part = m_control.progress();
      if (part <= 0) continue;
      if (m_json) {
        printJson({{"event", "progress"}, {"fraction", part}, {"seconds", seconds()}});
      } else {
        line.show(part, "frames, " + formatSeconds(seconds() * (1 - part) / part) + " left");
      }
    }
  }

  JobControl& m_control;
  bool m_json;
  Clock::time_point m_begin = Clock::now();
  std::jthread m_thread; // last: it uses what stands above
};

void report(const MovieFacts& facts, const Options& options, const MovieOptions& movie, double seconds) {
  if (options.json) {
    Json json = {{"event", "done"},      {"out", options.out},     {"frames", facts.frames},
                 {"width", facts.width}, {"height", facts.height}, {"rate", movie.format.rate},
                 {"codec", facts.codec}, {"seconds", seconds}};
    if (facts.colours > 0) json["colours"] = facts.colours;
    return printJson(json);
  }
  printLine(std::to_string(facts.frames) + " frames of " + std::to_string(facts.width) + " x " +
            std::to_string(facts.height) + ", " + formatFixed(facts.frames / movie.format.rate, 1) +
            " s, in " + formatSeconds(seconds) + ": " + options.out);
}

bool always(const FigureSource&) {
  return true;
}

/// `make` is given the sources and their data.
template<class Make>
Status makeAndReport(const Options& options, double usualRate,
                     const std::function<bool(const FigureSource&)>& needsData, Make make) {
  const auto movie = movieOf(options, usualRate);
  if (!movie) return movie.error();
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  MovieData data;
  std::map<std::string, std::shared_ptr<const Dataset>> opened;
  for (const FigureSource& source : *sources) {
    auto& known = opened[source.run.record().config.dataset];
    if (!known && needsData(source)) {
      auto found = openDataOf(source.run, options.runs.dataDir);
      if (!found) return found.error();
      known = *found;
    }
    data.push_back(known);
  }
  std::optional<Watch> watch(std::in_place, interruption(), options.json);
  const auto facts = makeMovie([&](JobControl& control) { return make(*sources, data, control); },
                               options.out, *movie, interruption());
  const double seconds = watch->seconds();
  watch.reset();
  if (!facts) return facts.error();
  report(*facts, options, *movie, seconds);
  return done();
}

Status runTraining(const Options& options, const TrainingOptions& given) {
  TrainingMovie movie = given.movie;
  if (options.runs.step)
    return usageError("--step: a movie of training goes over all kept snapshots; leave it out.");
  movie.view = given.view == "plane" ? TrainingMovie::View::plane : TrainingMovie::View::reconstruct;
  const auto rect = parseRect(given.rect);
  if (!rect) return rect.error();
  movie.plane.rect = *rect;
  const auto choice = parsePlaneChoice(given.axes, given.at);
  if (!choice) return choice.error();
  movie.plane.choice = *choice;
  movie.plane.look.tiles = !given.noTiles;
  if (!given.items.empty()) {
    auto items = parseIntegers("--items", given.items);
    if (!items) return items.error();
    movie.reconstruct.indices = std::move(*items);
  }
  movie.frames = options.frames.value_or(movie.frames);
  return makeAndReport(options, trainingRate, always,
                       [&](const auto& sources, const MovieData& data, JobControl& control) {
                         return trainingMovie(sources, movie, data, control);
                       });
}

Status runTraverse(const Options& options, const TraverseWords& given) {
  TraverseOptions view = given.view;
  auto latents = parseLatents(given.latents);
  if (!latents) return latents.error();
  view.latents = std::move(*latents);
  const auto range = parseRange(given.rangeKind, given.range);
  if (!range) return range.error();
  view.range = *range;
  return makeAndReport(
      options, MovieFormat().rate,
      [&](const FigureSource& source) { return traversalNeedsData(source, view); },
      [&](const auto& sources, const MovieData& data, JobControl& control) {
        return traverseMovie(sources, view, wayOf(options), data, control);
      });
}

Status runPath(const Options& options, const PathWords& given) {
  InterpolateOptions view = given.view;
  const auto items = parseIntegers("--items", given.items);
  if (!items || items->size() != 2)
    return usageError("--items: '" + given.items + "' is not two images such as 3,7.");
  view.from = (*items)[0];
  view.to = (*items)[1];
  const auto kind = pathKindFromName(given.path);
  if (!kind) return kind.error();
  view.path.kind = *kind;
  return makeAndReport(options, MovieFormat().rate, always,
                       [&](const auto& sources, const MovieData& data, JobControl& control) {
                         return pathMovie(sources, view, wayOf(options), data, control);
                       });
}

Status runNoise(const Options& options, const NoiseWords& given) {
  NoiseOptions view = given.view;
  if (!given.items.empty()) {
    auto items = parseIntegers("--items", given.items);
    if (!items) return items.error();
    view.items = std::move(*items);
  }
  const auto ends = parseNumbers("--sigmas", given.sigmas);
  if (!ends || ends->size() != 2)
    return usageError("--sigmas: '" + given.sigmas + "' is not two numbers such as 0,2.");
  const auto scale = noiseScaleFromName(given.scale);
  if (!scale) return scale.error();
  view.scale = *scale;
  view.sigmas = *ends;
  return makeAndReport(options, MovieFormat().rate, always,
                       [&](const auto& sources, const MovieData& data, JobControl& control) {
                         return noiseMovie(sources, view, (*ends)[0], (*ends)[1], wayOf(options), data,
                                           control);
                       });
}

void addShared(CLI::App& command, Options& options, bool training) {
  options.runs.addTo(command, true);
  command.add_option("--out", options.out, "File to write: FILE.mp4 or FILE.gif")->required();
  command.add_option("--width-px", options.movie.widthPx, "Width in pixels, even; the height follows")
      ->check(wholeNumber(kNarrowestMovie, kWidestMovie))
      ->capture_default_str();
  command
      .add_option("--rate", options.rate,
                  std::string("Frames a second, of a GIF at most 50; ") + (training ? "6" : "25") +
                      " without it")
      ->check(number(kSlowestRate, kFastestRate));
  command
      .add_option("--frames", options.frames,
                  training ? "At most so many of the kept snapshots, spread evenly; all without it"
                           : "Frames from one end to the other; 75 without it")
      ->check(wholeNumber(kFewestMovieFrames, kMostMovieFrames));
  if (!training) command.add_flag("--back", options.back, "And back again, so that it can go round");
  command.add_option("--loop", options.loop, "How often a GIF plays: forever, once or a number")
      ->capture_default_str();
  command
      .add_option("--dither", options.dither, "Of a GIF with more than 256 colours: none or floyd-steinberg")
      ->check(oneOf({"none", "floyd-steinberg"}))
      ->capture_default_str();
  command.add_flag("--sidecar", options.movie.format.sidecar,
                   "Writes what the movie shows beside it as FILE.json, too");
  command.add_flag("--json", options.json, "One JSON object a line");
}

void addTrainingMovie(CLI::App& movie, Action& action) {
  auto options = std::make_shared<Options>();
  auto given = std::make_shared<TrainingOptions>();
  auto* command = movie.add_subcommand("training", "Training over the kept snapshots");
  addShared(*command, *options, true);
  command->add_option("--view", given->view, "plane or reconstruct")
      ->check(oneOf({"plane", "reconstruct"}))
      ->capture_default_str();
  command->add_option("--items", given->items, "reconstruct: images, \"0,1,2\"; the first ten without it");
  command->add_option("--split", given->movie.reconstruct.split, "reconstruct: test or train")
      ->check(oneOf({"test", "train"}));
  command->add_option("--rect", given->rect,
                      "plane: left,right,lower,upper; -3,3,-3,3 or all codes of an AE without it");
  command->add_option(
      "--axes", given->axes,
      "plane: two latents, 1,3 for z1 and z3, or main: the main directions of the last codes");
  command->add_option("--at", given->at, "plane: where the other latents are held, \"z1,z2,...\"");
  command->add_option("--rows", given->movie.plane.rows, "plane: tiles along z2")
      ->check(wholeNumber(1, 400))
      ->capture_default_str();
  command->add_option("--columns", given->movie.plane.columns, "plane: tiles along z1")
      ->check(wholeNumber(1, 400))
      ->capture_default_str();
  command->add_option("--points", given->movie.plane.points, "plane: test points drawn, 0 for none")
      ->check(wholeNumber(0, 10000000))
      ->capture_default_str();
  command->add_flag("--no-tiles", given->noTiles, "plane: points alone");
  command->callback([&action, options, given] { action = [=] { return runTraining(*options, *given); }; });
}

void addTraverseMovie(CLI::App& movie, Action& action) {
  auto options = std::make_shared<Options>();
  auto given = std::make_shared<TraverseWords>();
  auto* command = movie.add_subcommand("traverse", "Each latent moved through its range");
  addShared(*command, *options, false);
  command->add_option("--latents", given->latents,
                      "Which, \"1,3\" for z1 and z3; up to ten that the run uses most without it");
  command->add_option("--by", given->rangeKind, "Range by prior, quantile or value")
      ->check(oneOf({"prior", "quantile", "value"}));
  command->add_option("--range", given->range, "Its ends, \"-3,3\", of quantiles \"0.01,0.99\"");
  command->add_option("--item", given->view.item, "Begin at the code of this image")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()));
  command->add_option("--split", given->view.split, "test or train, of --item")
      ->check(oneOf({"test", "train"}));
  command->callback([&action, options, given] { action = [=] { return runTraverse(*options, *given); }; });
}

void addPathMovie(CLI::App& movie, Action& action) {
  auto options = std::make_shared<Options>();
  auto given = std::make_shared<PathWords>();
  auto* command = movie.add_subcommand("path", "From the code of one image to that of another");
  addShared(*command, *options, false);
  command->add_option("--items", given->items, "The two images of the split")->capture_default_str();
  command->add_option("--split", given->view.split, "test or train")->check(oneOf({"test", "train"}));
  command->add_option("--path", given->path, "straight, or spherical: along a great circle about 0")
      ->check(oneOf({"straight", "spherical"}))
      ->capture_default_str();
  command->callback([&action, options, given] { action = [=] { return runPath(*options, *given); }; });
}

void addNoiseMovie(CLI::App& movie, Action& action) {
  auto options = std::make_shared<Options>();
  auto given = std::make_shared<NoiseWords>();
  auto* command = movie.add_subcommand("noise", "Noise rising on the latents, the same for every run");
  addShared(*command, *options, false);
  command->add_option("--items", given->items, "Images, \"0,1,2\"; the first five without it");
  command->add_option("--split", given->view.split, "test or train")->check(oneOf({"test", "train"}));
  command->add_option("--sigmas", given->sigmas, "From and to, \"0,2\"")->capture_default_str();
  command->add_option("--scale", given->scale, "raw, or spread: in units of each latent's own spread")
      ->check(oneOf({"raw", "spread"}))
      ->capture_default_str();
  command->add_option("--draws", given->view.draws, "Draws of eps for each image, of --mean")
      ->check(wholeNumber(1, 1000))
      ->capture_default_str();
  command->add_flag("--mean", given->view.meanPictures, "The mean over the draws; else the first draw");
  command->add_option("--seed", given->view.seed, "Equal seeds give equal noise")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()))
      ->capture_default_str();
  command->callback([&action, options, given] { action = [=] { return runNoise(*options, *given); }; });
}

} // namespace

void addMovie(CLI::App& program, Action& action) {
  auto* command =
      program.add_subcommand("movie", "Training, a traversal, a path or noise as an MP4 or a GIF");
  command->require_subcommand(1);
  for (const auto add : {addTrainingMovie, addTraverseMovie, addPathMovie, addNoiseMovie})
    add(*command, action);
}

} // namespace latent::cli
