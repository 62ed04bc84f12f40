#include "app/cli/commands.h"
#include "app/cli/interruption.h"
#include "app/cli/options.h"
#include "app/cli/usage.h"
#include "app/cli/view_options.h"
#include "core/io/npy.h"
#include "core/run/figure_parts.h"

#include <algorithm>
#include <utility>

namespace latent::cli {
namespace {

struct Options {
  RunOptions runs;
  std::string rect, axes, at;
  PlaneOptions plane;
  bool noTiles = false;
  std::string layers = "tiles,points,rings,names", z, selected, filter;
  std::optional<int64_t> item, isolated;
  FigureOptions figure;
};

/// "age=20..40" of a column of numbers, "city=Lisbon" of one of texts.
Status parseFilter(const std::string& text, PlaneLook& look) {
  if (text.empty()) return done();
  const size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos)
    return usageError("--filter: '" + text + "' is not COLUMN=VALUE or COLUMN=LOW..HIGH.");
  look.filter = text.substr(0, equals);
  const std::string value = text.substr(equals + 1);
  const size_t dots = value.find("..");
  if (dots == std::string::npos) {
    look.value = value;
    return done();
  }
  const auto ends = parseNumbers("--filter", value.substr(0, dots) + "," + value.substr(dots + 2));
  if (!ends) return ends.error();
  look.low = (*ends)[0];
  look.high = (*ends)[1];
  return done();
}

Status parseLook(const Options& given, PlaneOptions& plane) {
  const std::vector<std::pair<std::string, bool PlaneLook::*>> known{
      {"tiles", &PlaneLook::tiles},
      {"points", &PlaneLook::points},
      {"rings", &PlaneLook::rings},
      {"names", &PlaneLook::classNames},
      {"density", &PlaneLook::density},
      {"contours", &PlaneLook::contours},
      {"magnification", &PlaneLook::magnification},
      {"posterior", &PlaneLook::ellipse},
      {"posteriors", &PlaneLook::ellipses},
      {"quantiles", &PlaneLook::quantiles}};
  std::vector<std::string> names;
  names.reserve(std::size(known));
  for (const auto& [name, on] : known) names.push_back(name);
  const auto layers = parseWords("--layers", given.layers, names);
  if (!layers) return layers.error();
  for (const auto& [name, on] : known) plane.look.*on = std::ranges::find(*layers, name) != layers->end();
  plane.look.density = plane.look.density || plane.look.contours;
  if (given.noTiles) plane.look.tiles = false;
  plane.look.isolated = given.isolated;
  if (!given.selected.empty()) {
    auto selected = parseIntegers("--selected", given.selected);
    if (!selected) return selected.error();
    plane.look.selected = *std::move(selected);
  }
  if (!given.z.empty()) {
    const auto z = parseNumbers("--z", given.z);
    if (!z) return z.error();
    plane.z = {z->begin(), z->end()};
  }
  if (given.item) plane.input = Subject{"test", *given.item, {}, {}};
  return parseFilter(given.filter, plane.look);
}

/// The data is needed for points and where the plane of an AE lies; without it a VAE's tiles can still be
/// shown.
Result<std::shared_ptr<const Dataset>> dataFor(const FigureSource& source, const Options& options) {
  auto data = openDataOf(source.run, options.runs.dataDir);
  const PlaneOptions& plane = options.plane;
  const bool bare = plane.points == 0 && !plane.look.density && plane.look.selected.empty() && !plane.input;
  const bool needless = plane.rect && !plane.choice.main && (bare || options.figure.ending() == ".npy");
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

/// What is singled out must be there, or the picture would be pale for no reason that it shows.
Status checkSingledOut(const PlaneLook& look, const Dataset& data) {
  const int64_t images = data.test->size();
  const auto wrong =
      std::ranges::find_if(look.selected, [images](int64_t item) { return item < 0 || item >= images; });
  if (wrong != look.selected.end())
    return usageError("--selected: " + std::to_string(*wrong) + " is not in 0 to " +
                      std::to_string(images - 1) + ".");
  const auto classes = static_cast<int64_t>(data.classes.size());
  if (!look.isolated || (*look.isolated >= 0 && *look.isolated < classes)) return done();
  return usageError("--class: " + data.name +
                    (classes == 0 ? " has no classes."
                                  : " has no class " + std::to_string(*look.isolated) +
                                        "; its labels are 0 to " + std::to_string(classes - 1) + "."));
}

/// One panel a run, side by side.
Result<Figure> makeFigure(const std::vector<FigureSource>& sources, const Options& options) {
  std::vector<Figure> planes;
  for (const FigureSource& source : sources) {
    const auto data = dataFor(source, options);
    if (!data) return data.error();
    if (*data)
      if (Status status = checkSingledOut(options.plane.look, **data); !status) return status.error();
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
  if (Status look = parseLook(options, options.plane); !look) return look;
  options.plane.widthMm = options.figure.widthMm.value_or(options.plane.widthMm);
  if (Status status = options.figure.check(); !status) return status;
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
  command
      ->add_option("--layers", options->layers,
                   "Of tiles,points,rings,names,density,contours,magnification,posterior (of --item), "
                   "posteriors (of --selected), quantiles (axes)")
      ->capture_default_str();
  command->add_option("--z", options->z, "Marks this point, \"z1,z2,...\"");
  command->add_option("--item", options->item, "Marks the code of this test image")
      ->check(wholeNumber(0, 1000000000));
  command->add_option("--selected", options->selected, "Test images \"0,1,2\"; others are pale");
  command->add_option("--class", options->isolated, "Label of a class; others are pale");
  command->add_option("--colour-by", options->plane.look.column,
                      "Column of the data's metadata in place of the class");
  command->add_option("--filter", options->filter, "COLUMN=VALUE or COLUMN=LOW..HIGH: points that are shown");
  command->add_flag("--no-tiles", options->noTiles, "Points alone");
  options->figure.addTo(
      *command,
      "FILE.png, .pdf, .svg, .csv (points: x and y on the plane, value = label; rings: value = radius) or "
      "the tiles as .npy (float32 [rows, columns, C, H, W], row 0 = lowest z2)");
  command->callback([&action, options] { action = [options] { return run(*options); }; });
}

} // namespace latent::cli
