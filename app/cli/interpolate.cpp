#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "core/io/npy.h"
#include "core/run/interpolate_figure.h"

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string items = "0,1", path = "straight";
  InterpolateOptions view;
  FigureOptions figure;
};

Result<InterpolateOptions> viewOf(const Options& options) {
  InterpolateOptions view = options.view;
  const auto items = parseIntegers("--items", options.items);
  if (!items || items->size() != 2)
    return usageError("--items: '" + options.items + "' is not two images such as 3,7.");
  view.from = (*items)[0];
  view.to = (*items)[1];
  const auto kind = pathKindFromName(options.path);
  if (!kind) return kind.error();
  view.path.kind = *kind;
  view.widthMm = options.figure.widthMm.value_or(view.widthMm);
  return view;
}

Status run(const Options& options) {
  const auto view = viewOf(options);
  if (!view) return view.error();
  if (Status status = options.figure.check(); !status) return status;
  const auto opened = options.runs.openWithData();
  if (!opened) return opened.error();
  const auto& [sources, data] = *opened;
  if (options.figure.ending() == ".npy") {
    const auto images = interpolate(sources, *view, *data, interruption());
    if (!images) return images.error();
    const ImageShape& shape = images->shape;
    return writeNpy(options.figure.out,
                    Array::of(images->pixels, {std::ssize(sources), images->frames, shape.channels,
                                               shape.height, shape.width}));
  }
  const auto figure = interpolateFigure(sources, *view, *data, interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addInterpolate(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("interpolate", "A path between the codes of two images, one row a run");
  options->runs.addTo(*command, true);
  command->add_option("--items", options->items, "The two images of the split")->capture_default_str();
  command->add_option("--split", options->view.split, "test or train")->check(oneOf({"test", "train"}));
  command->add_option("--path", options->path, "straight, or spherical: along a great circle about 0")
      ->check(oneOf({"straight", "spherical"}))
      ->capture_default_str();
  command->add_option("--frames", options->view.path.frames, "Images from one to the other, both included")
      ->check(wholeNumber(kFewestFrames, kMostFrames))
      ->capture_default_str();
  command->add_flag("--loop", options->view.path.loop,
                    "And back again: 2 frames - 2 images, so that it can go round");
  options->figure.addTo(*command,
                        "FILE.png, .pdf, .svg, .csv or .npy (float32 [runs, images, C, H, W], the first "
                        "and, without --loop, the last are the reconstructions)");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
