#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "app/cli/view_options.h"
#include "core/io/npy.h"
#include "core/run/traverse_figure.h"

#include <algorithm>
#include <limits>

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string latents, range;
  std::string rangeKind, z;
  TraverseOptions view;
  FigureOptions figure;
};

/// [runs, latents, frames, C, H, W], or [runs, frames, frames, C, H, W] of a grid.
Status writeImages(const std::vector<FigureSource>& sources, const TraverseOptions& view, const Dataset* data,
                   const std::string& out) {
  std::vector<float> pixels;
  size_t rows = 0;
  ImageShape shape;
  for (const FigureSource& source : sources) {
    const auto traversal = traverse(source, view, data, interruption());
    if (!traversal) return traversal.error();
    if (!pixels.empty() && (traversal->latents.size() != rows || traversal->shape != shape))
      return usageError("An .npy file holds equally many latents of each run; name them with --latents.");
    rows = traversal->latents.size();
    shape = traversal->shape;
    pixels.insert(pixels.end(), traversal->pixels.begin(), traversal->pixels.end());
  }
  const auto lines = view.grid ? int64_t{view.frames} : static_cast<int64_t>(rows);
  return writeNpy(out, Array::of(pixels, {std::ssize(sources), lines, view.frames, shape.channels,
                                          shape.height, shape.width}));
}

Status run(const Options& options) {
  TraverseOptions view = options.view;
  auto latents = parseLatents(options.latents);
  if (!latents) return latents.error();
  view.latents = std::move(*latents);
  const auto range = parseRange(options.rangeKind, options.range);
  if (!range) return range.error();
  view.range = *range;
  if (!options.z.empty()) {
    const auto z = parseNumbers("--z", options.z);
    if (!z) return z.error();
    if (view.item) return usageError("Give either --item or --z as the start.");
    view.start = LatentPlace{{}, {LatentPoint(z->begin(), z->end())}, "z", {}};
  }
  view.widthMm = options.figure.widthMm.value_or(view.widthMm);
  if (Status status = options.figure.check(); !status) return status;
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  if (view.start) view.start->z.resize(sources->size(), view.start->z.front()); // the same of each run
  const bool needed = std::ranges::any_of(
      *sources, [&](const FigureSource& source) { return traversalNeedsData(source, view); });
  std::shared_ptr<const Dataset> data; // without it rows do not say how much of the KL is theirs
  if (const auto opened = openDataOf(sources->front().run, options.runs.dataDir))
    data = *opened;
  else if (needed)
    return opened.error();
  if (options.figure.ending() == ".npy") return writeImages(*sources, view, data.get(), options.figure.out);
  const auto figure = traverseFigure(*sources, view, data.get(), interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addTraverse(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("traverse", "One latent after the other moved through its range");
  options->runs.addTo(*command, true);
  command->add_option("--latents", options->latents,
                      "Which, \"1,3\" for z1 and z3; up to ten that the run uses most without it");
  command
      ->add_option(
          "--by", options->rangeKind,
          "Range by prior (standard deviations), quantile (of the encoded test images) or value; prior "
          "without it, quantile for runs without a prior")
      ->check(oneOf({"prior", "quantile", "value"}));
  command->add_option("--range", options->range, "Its ends, \"-3,3\", of quantiles \"0.01,0.99\"");
  command
      ->add_option("--item", options->view.item,
                   "Begin at the code of this image; the prior mean, or the mean code, without it")
      ->check(wholeNumber(0, std::numeric_limits<int64_t>::max()));
  command->add_option("--z", options->z, "Begin at this point, \"z1,z2,...\", in place of --item");
  command->add_option("--split", options->view.split, "test or train, of --item")
      ->check(oneOf({"test", "train"}));
  command->add_option("--frames", options->view.frames, "Images along a latent")
      ->check(wholeNumber(2, 64))
      ->capture_default_str();
  command->add_flag("--grid", options->view.grid, "Two latents against each other");
  options->figure.addTo(*command,
                        "FILE.png, .pdf, .svg, .csv or .npy (float32 [runs, latents, frames, C, H, W]; "
                        "--grid: [runs, frames, frames, C, H, W], row 0 = lowest second latent)");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
