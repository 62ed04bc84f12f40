#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "core/io/npy.h"
#include "core/run/sample_figure.h"

#include <cmath>

namespace latent::cli {
namespace {

constexpr int64_t mostImages = 100'000; // of a file; the picture below is kept readable
constexpr int64_t mostDrawn = 2'500;

struct Options {
  RunOptions runs;
  SampleOptions sample;
  FigureOptions figure;
};

Status check(const Options& options) {
  const bool drawn = options.figure.ending() != ".npy";
  const int64_t most = drawn ? mostDrawn : mostImages;
  if (options.sample.count < 1 || options.sample.count > most)
    return usageError("--n: " + std::to_string(options.sample.count) + " is not in 1 to " +
                      std::to_string(most) + (drawn ? " for a picture; an .npy takes more." : "."));
  if (!(std::isfinite(options.sample.temperature) && options.sample.temperature > 0))
    return usageError("--temperature: a number above 0 is needed; 1 draws as the model has learnt.");
  return checkOutput(options.figure.out);
}

Status run(const Options& options) {
  if (const Status status = check(options); !status) return status;
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  const FigureSource& source = sources->front();
  const auto data = openDataOf(source.run, options.runs.dataDir);
  if (!data) return data.error();
  if (options.figure.ending() == ".npy") {
    const auto images = sampleRun(source, options.sample, **data, interruption());
    if (!images) return images.error();
    const ImageShape& shape = source.run.record().spec.shape;
    return writeNpy(options.figure.out,
                    Array::of(*images, {options.sample.count, shape.channels, shape.height, shape.width}));
  }
  const auto figure =
      sampleFigure(source, options.sample, options.figure.widthMm.value_or(84), **data, interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addSample(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "sample", "New images: latents drawn from the prior, or like the codes where there is none");
  options->runs.addTo(*command, false);
  command->add_option("--n", options->sample.count, "How many")->capture_default_str();
  command->add_option("--seed", options->sample.seed, "Equal seeds give equal images")->capture_default_str();
  command
      ->add_option("--temperature", options->sample.temperature,
                   "Below 1 more typical images, above 1 more varied ones")
      ->capture_default_str();
  options->figure.addTo(*command, "FILE.npy, .png, .pdf or .svg");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
