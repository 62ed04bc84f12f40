#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "core/io/npy.h"

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string items;
  ReconstructOptions view;
  FigureOptions figure;
};

/// [rows, items, C, H, W]: row 0 = inputs, then one row a run.
Status writeImages(const std::vector<FigureSource>& sources, const ReconstructOptions& view,
                   const Dataset& data, const std::string& out) {
  const auto images = reconstructImages(sources, view, data, interruption());
  if (!images) return images.error();
  std::vector<float> pixels;
  for (const auto& row : images->rows)
    for (const Image& image : row) pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
  return writeNpy(out, Array::of(pixels, {static_cast<int64_t>(images->rows.size()),
                                          static_cast<int64_t>(images->inputs.size()), data.shape.channels,
                                          data.shape.height, data.shape.width}));
}

Status run(const Options& options) {
  ReconstructOptions view = options.view;
  if (!options.items.empty()) {
    auto indices = parseIntegers("--items", options.items);
    if (!indices) return indices.error();
    view.indices = std::move(*indices);
  }
  view.widthMm = options.figure.widthMm.value_or(view.widthMm);
  if (Status status = options.figure.check(); !status) return status;
  const auto opened = options.runs.openWithData();
  if (!opened) return opened.error();
  const auto& [sources, data] = *opened;
  if (options.figure.ending() == ".npy") return writeImages(sources, view, *data, options.figure.out);
  const auto figure = reconstructFigure(sources, view, *data, interruption());
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addReconstruct(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("reconstruct", "Inputs and their reconstructions, one row a run");
  options->runs.addTo(*command, true);
  command->add_option("--items", options->items, "Images of the split, \"0,1,2\"; the first ten without it");
  command->add_option("--split", options->view.split, "test or train")->check(oneOf({"test", "train"}));
  command->add_flag("--error-maps", options->view.errorMaps,
                    "|x - x̂| below each run, from 0 dark to 1 bright");
  options->figure.addTo(*command, "FILE.png, .pdf, .svg, .csv or .npy (float32 [1 + runs, items, C, H, W])");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
