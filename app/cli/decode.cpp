#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/tables.h"
#include "app/cli/usage.h"
#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/run/decode_figure.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <cmath>

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::vector<std::string> points;
  std::string input;
  FigureOptions figure;
};

bool finite(const std::vector<float>& z) {
  return std::ranges::all_of(z, [](float v) { return std::isfinite(v); });
}

/// [n, K] of the options.
Result<std::vector<float>> readPoints(const Options& options, int latent) {
  std::vector<float> z;
  if (!options.input.empty()) {
    const auto array = readNpy(options.input);
    if (!array) return array.error();
    const auto& shape = array->shape;
    if (shape.empty() || shape.size() > 2 || shape.back() != latent ||
        (array->type != ElementType::f32 && array->type != ElementType::f64 &&
         array->type != ElementType::f16))
      return inputError(options.input + " does not hold points of this model: floats of shape [n, " +
                        std::to_string(latent) + "] are needed.");
    z = array->toFloats();
    const auto strange = std::ranges::find_if_not(z, [](float v) { return std::isfinite(v); });
    if (strange != z.end())
      return inputError(options.input + ": element " + std::to_string(strange - z.begin()) +
                        " is not a finite number; remove its point, or encode it anew.");
  }
  for (const std::string& text : options.points) {
    const auto point = parseNumbers("--z", text);
    if (!point) return point.error();
    if (point->size() != static_cast<size_t>(latent))
      return usageError("--z: " + text + " has " + std::to_string(point->size()) +
                        " coordinates, the model " + std::to_string(latent) + " latents.");
    const std::vector<float> coordinates(point->begin(), point->end());
    if (!finite(coordinates))
      return usageError("--z: the coordinates of " + text + " must be finite numbers.");
    z.insert(z.end(), coordinates.begin(), coordinates.end());
  }
  return z;
}

Status run(const Options& options) {
  if (options.points.empty() == options.input.empty())
    return usageError("Give points either by --z or by --input.");
  if (Status status = options.figure.check(); !status) return status;
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  const FigureSource& source = sources->front();
  const auto viewer = openViewer(source.run, source.step);
  if (!viewer) return viewer.error();
  const auto z = readPoints(options, viewer->latentSize());
  if (!z) return z.error();
  const auto pixels = decodeAll(*viewer, *z, interruption());
  if (!pixels) return pixels.error();

  const ImageShape& shape = viewer->spec().shape;
  const std::string ending = options.figure.ending();
  if (ending == ".csv") return writeTextAtomically(options.figure.out, imagesToCsv(*pixels, shape));
  if (ending == ".npy") {
    const auto count = static_cast<int64_t>(pixels->size()) / shape.pixels();
    return writeNpy(options.figure.out,
                    Array::of(*pixels, {count, shape.channels, shape.height, shape.width}));
  }
  const auto figure = decodeFigure({source.run, viewer->weights()->step}, *z,
                                   options.figure.widthMm.value_or(84), interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addDecode(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("decode", "Images of latent points");
  options->runs.addTo(*command, false);
  command->add_option("--z", options->points, "A point, \"0.5,-1.2\"; may be repeated")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--input", options->input, "Points as .npy: [n, K]")->check(named());
  options->figure.addTo(*command, "FILE.npy, .csv, .png, .pdf or .svg");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
