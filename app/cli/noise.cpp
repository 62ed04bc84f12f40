#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/output.h"
#include "app/cli/usage.h"
#include "core/io/npy.h"
#include "core/run/classifier_cache.h"
#include "core/run/noise_figure.h"
#include "core/run/noise_runs.h"

#include <chrono>
#include <cstdio>
#include <limits>
#include <thread>

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string items, sigmas, scale = "raw", show = "all";
  bool noClasses = false;
  NoiseOptions view;
  FigureOptions figure;
};

Result<NoiseOptions> viewOf(const Options& options) {
  NoiseOptions view = options.view;
  if (!options.items.empty()) {
    auto items = parseIntegers("--items", options.items);
    if (!items) return items.error();
    view.items = std::move(*items);
  }
  if (!options.sigmas.empty()) {
    auto sigmas = parseNumbers("--sigmas", options.sigmas);
    if (!sigmas) return sigmas.error();
    view.sigmas = std::move(*sigmas);
  }
  const auto scale = noiseScaleFromName(options.scale);
  if (!scale) return scale.error();
  view.scale = *scale;
  view.pictures = options.show != "curves";
  view.curves = options.show != "pictures";
  view.widthMm = options.figure.widthMm.value_or(view.widthMm);
  if (const Status status = checkNoise(view); !status) return usageError("--" + status.error().message);
  return view;
}

/// The classifier of the data, with a bar on a terminal while it learns.
Result<std::shared_ptr<const Classifier>> classifierFor(const Dataset& data) {
  JobControl& control = interruption();
  std::jthread watch([&](const std::stop_token& stop) {
    ProgressLine line(true);
    while (!stop.stop_requested()) {
      if (control.progress() > 0) line.show(control.progress(), "Learning to read " + data.name + ", once");
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  return classifierOf(data, classifierFolder(), control);
}

/// [runs, items, sigmas, C, H, W]
Status writeImages(const std::vector<FigureSource>& sources, const NoiseOptions& view, const Dataset& data,
                   const std::string& out) {
  const auto runs = noiseRunsOf(sources, view.scale, data, interruption());
  if (!runs) return runs.error();
  const auto pictures = noisePictures(*runs, view, data, interruption());
  if (!pictures) return pictures.error();
  const ImageShape& shape = pictures->shape;
  return writeNpy(
      out, Array::of(pictures->pixels, {std::ssize(*runs), std::ssize(pictures->subjects),
                                        std::ssize(view.sigmas), shape.channels, shape.height, shape.width}));
}

Status run(const Options& options) {
  const auto view = viewOf(options);
  if (!view) return view.error();
  if (Status status = options.figure.check(); !status) return status;
  const auto opened = options.runs.openWithData();
  if (!opened) return opened.error();
  const auto& [sources, data] = *opened;
  if (options.figure.ending() == ".npy") return writeImages(sources, *view, *data, options.figure.out);

  std::shared_ptr<const Classifier> classifier;
  if (view->curves && !options.noClasses) {
    auto found = classifierFor(*data);
    if (found) {
      classifier = *found;
    } else if (found.error().fault == Fault::usage) { // no labels: errors alone, and why
      std::fprintf(stderr, "latent: %s\n", found.error().message.c_str());
    } else {
      return found.error();
    }
  }
  const auto figure = noiseFigure(sources, *view, *data, classifier.get(), interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addNoise(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "noise", "What is left of images when noise is added to their latents, the same noise for every run");
  options->runs.addTo(*command, true);
  command->add_option("--items", options->items,
                      "Images that are pictured, \"0,1,2\"; the first five without it");
  command->add_option("--split", options->view.split, "test or train")->check(oneOf({"test", "train"}));
  command->add_option("--sigmas", options->sigmas, "Rising, \"0,0.5,1\"; eight from 0 to 2 without it");
  command
      ->add_option("--scale", options->scale,
                   "raw: z + sigma eps; spread: sigma in units of each latent's own spread in each run")
      ->check(oneOf({"raw", "spread"}))
      ->capture_default_str();
  command->add_option("--draws", options->view.draws, "Draws of eps for each image")
      ->check(wholeNumber(1, 1000))
      ->capture_default_str();
  command->add_flag("--mean", options->view.meanPictures,
                    "Pictures are the mean over the draws; else the first draw");
  command->add_option("--subjects", options->view.subjects, "Images of the split that the curves are over")
      ->check(wholeNumber(1, 1000000))
      ->capture_default_str();
  command->add_option("--seed", options->view.seed, "Equal seeds give equal noise")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()))
      ->capture_default_str();
  command->add_option("--show", options->show, "all, pictures or curves")
      ->check(oneOf({"all", "pictures", "curves"}))
      ->capture_default_str();
  command->add_flag("--no-classes", options->noClasses,
                    "No network that reads the classes, which is trained once for a data set; errors alone");
  options->figure.addTo(
      *command, "FILE.png, .pdf, .svg, .csv (curve: mean; lower, upper: 95 % interval of that mean over "
                "the images) or .npy (pictures, float32 [runs, items, sigmas, C, H, W])");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
