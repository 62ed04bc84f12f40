#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "core/io/npy.h"
#include "core/run/sample_figure.h"

#include <cmath>

namespace latent::cli {
namespace {

constexpr int64_t mostImages = 100'000; // of a file; the picture below is kept readable
constexpr int64_t mostDrawn = 2'500;

struct Options {
  RunOptions runs;
  std::string from;
  bool means = false;
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
  if (options.from == "each" && !drawn)
    return usageError("--from: an .npy holds one way of drawing; use prior or fitted.");
  return options.figure.check();
}

/// [n, C, H, W] of one run, [runs, n, C, H, W] of several.
Status writeImages(const std::vector<FigureSource>& sources, const SampleOptions& sample, const Dataset& data,
                   const std::string& out) {
  std::vector<float> pixels;
  const ImageShape shape = sources.front().run.record().spec.shape;
  for (const FigureSource& source : sources) {
    if (source.run.record().spec.shape != shape)
      return usageError("These runs draw images of different shapes; choose runs of one data set.");
    const auto images = sampleRun(source, sample, data, interruption());
    if (!images) return images.error();
    pixels.insert(pixels.end(), images->begin(), images->end());
  }
  std::vector<int64_t> dimensions{sample.count, shape.channels, shape.height, shape.width};
  if (sources.size() > 1) dimensions.insert(dimensions.begin(), std::ssize(sources));
  return writeNpy(out, Array::of(pixels, dimensions));
}

Status run(const Options& options) {
  if (Status status = check(options); !status) return status;
  const auto opened = options.runs.openWithData();
  if (!opened) return opened.error();
  const auto& [sources, data] = *opened;
  SampleOptions sample = options.sample;
  const bool each = options.from == "each";
  if (!options.from.empty() && !each)
    sample.from = options.from == "prior" ? SampleSource::prior : SampleSource::codes;
  if (options.figure.ending() == ".npy") return writeImages(sources, sample, *data, options.figure.out);
  const double standardWidth = sources.size() == 1 ? 84 : 174;
  const double width = options.figure.widthMm.value_or(standardWidth);
  const auto figure = each ? sampleEachWay(sources, sample, width, *data, interruption())
                           : sampleFigure(sources, sample, width, *data, interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addSample(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand(
      "sample", "New images: latents drawn from the prior, or like the codes where there is none");
  options->runs.addTo(*command, true);
  command->add_option("--n", options->sample.count, "How many of each run")->capture_default_str();
  command->add_option("--seed", options->sample.seed, "Equal seeds give equal images")->capture_default_str();
  command
      ->add_option("--temperature", options->sample.temperature,
                   "Below 1 more typical images, above 1 more varied ones")
      ->capture_default_str();
  command
      ->add_option("--from", options->from,
                   "prior: z from N(0, I), also for runs without a prior; fitted: from a Gaussian fitted to "
                   "the codes of "
                   "the test images; each: one below the other, as the page Compare has it; what the run has "
                   "without it")
      ->check(oneOf({"prior", "fitted", "each"}));
  auto* means = command->add_flag("--means", options->means, "Pixels are means, as without it");
  command->add_flag("--draws", options->sample.draws, "Pixels are drawn, 0 or 1 (Bernoulli likelihood)")
      ->excludes(means);
  options->figure.addTo(
      *command,
      "FILE.png, .pdf, .svg, .csv or .npy (float32 [n, C, H, W]; of several runs [runs, n, C, H, W])");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
