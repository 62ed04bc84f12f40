#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "app/cli/view_options.h"
#include "core/io/npy.h"
#include "core/run/figure_parts.h"

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string rect, axes, at;
  PlaneOptions plane;
  bool noTiles = false;
  FigureOptions figure;
};

/// The data is needed for points and where the plane of an AE lies; without it a VAE's tiles can still be
/// shown.
Result<std::shared_ptr<const Dataset>> dataFor(const FigureSource& source, const Options& options) {
  auto data = openDataOf(source.run, options.runs.dataDir);
  const bool needless = options.plane.rect && !options.plane.choice.main &&
                        (options.plane.points == 0 || options.figure.ending() == ".npy");
  if (!data && needless) return std::shared_ptr<const Dataset>();
  return data;
}

Status writeTiles(const std::vector<FigureSource>& sources, const Options& options) {
  if (sources.size() != 1) return usageError("An .npy file holds the plane of one run; give one run.");
  const auto data = dataFor(sources.front(), options);
  if (!data) return data.error();
  const auto tiles = planeTiles(sources.front(), options.plane, data->get(), interruption());
  if (!tiles) return tiles.error();
  const ImageShape& shape = tiles->shape;
  return writeNpy(options.figure.out, Array::of(tiles->pixels, {tiles->grid.rows, tiles->grid.columns,
                                                                shape.channels, shape.height, shape.width}));
}

/// One panel a run, side by side.
Result<Figure> makeFigure(const std::vector<FigureSource>& sources, const Options& options) {
  std::vector<Figure> planes;
  for (const FigureSource& source : sources) {
    const auto data = dataFor(source, options);
    if (!data) return data.error();
    auto plane = planeFigure(source, options.plane, data->get(), interruption());
    if (!plane) return plane.error();
    planes.push_back(std::move(*plane));
  }
  return planesBesideEachOther(std::move(planes), distinctNames(sources),
                               options.figure.widthMm.value_or(174));
}

Status run(const Options& given) {
  Options options = given;
  const auto rect = parseRect(options.rect);
  if (!rect) return rect.error();
  options.plane.rect = *rect;
  const auto choice = parsePlaneChoice(options.axes, options.at);
  if (!choice) return choice.error();
  options.plane.choice = *choice;
  options.plane.look.tiles = !options.noTiles;
  options.plane.widthMm = options.figure.widthMm.value_or(options.plane.widthMm);
  if (Status status = checkOutput(options.figure.out); !status) return status;
  const auto sources = options.runs.open();
  if (!sources) return sources.error();
  if (options.figure.ending() == ".npy") return writeTiles(*sources, options);
  const auto figure = makeFigure(*sources, options);
  if (!figure) return figure.error();
  return options.figure.draw(*figure);
}

} // namespace

void addPlane(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("plane", "The latent plane: decoded tiles under the test points");
  options->runs.addTo(*command, true);
  command->add_option("--rect", options->rect,
                      "left,right,lower,upper; -3,3,-3,3 or an AE's codes without it");
  command->add_option(
      "--axes", options->axes,
      "Two latents, 1,3 for z1 and z3, or main: the main directions of the codes; 1,2 without it");
  command->add_option("--at", options->at,
                      "Where the other latents are held, \"z1,z2,...\"; 0 or an AE's mean code without it");
  command->add_option("--rows", options->plane.rows, "Tiles along z2")
      ->check(wholeNumber(1, 400))
      ->capture_default_str();
  command->add_option("--columns", options->plane.columns, "Tiles along z1")
      ->check(wholeNumber(1, 400))
      ->capture_default_str();
  command->add_option("--points", options->plane.points, "Test points drawn, 0 for none")
      ->check(wholeNumber(0, 10000000))
      ->capture_default_str();
  command->add_flag("--no-tiles", options->noTiles, "Points alone");
  options->figure.addTo(
      *command,
      "FILE.png, .pdf, .svg, .csv (points: x and y on the plane, value = label; rings: value = radius) or "
      "the tiles as .npy (float32 [rows, columns, C, H, W], row 0 = lowest z2)");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
