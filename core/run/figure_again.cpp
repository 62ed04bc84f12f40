#include "core/run/figure_again.h"

#include "core/base/latent_noise.h"
#include "core/figure/figure_page.h"
#include "core/run/classifier_cache.h"
#include "core/run/codes_figure.h"
#include "core/run/decode_figure.h"
#include "core/run/faceted_curves.h"
#include "core/run/figure_parts.h"
#include "core/run/interpolate_figure.h"
#include "core/run/noise_figure.h"
#include "core/run/recipe_value.h"
#include "core/run/sample_figure.h"
#include "core/run/traverse_figure.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

namespace latent {
namespace {

using detail::BadRecipe;
using detail::RecipeValue;

constexpr int64_t mostItems = std::numeric_limits<int64_t>::max();
constexpr double farthest = 1e9;

/// All that the kinds need to be made again.
struct Making {
  const FigureRecipe& recipe;
  const std::vector<FigureSource>& sources;
  double widthMm;
  const RecipeData& open;
  JobControl& control;

  RecipeValue view() const { return {recipe.view, "view"}; }
  Result<std::shared_ptr<const Dataset>> data() const { return open(sources.front()); }
};

std::string splitOf(const RecipeValue& view) {
  return view.at("split").word({"test", "train"});
}

LatentPoint pointOf(const RecipeValue& json) {
  const std::vector<double> numbers = json.numbers(-farthest, farthest, 100000);
  return {numbers.begin(), numbers.end()};
}

PlaneLook lookOf(const RecipeValue& json) {
  auto look = planeLookFromJson(json.json());
  if (!look) throw BadRecipe("view.look: " + look.error().message);
  return *std::move(look);
}

/// An input as subjectToJson() writes it.
Subject subjectOf(const RecipeValue& json) {
  Subject subject;
  if (json.has("item")) {
    subject.split = splitOf(json);
    subject.index = json.at("item").whole(0, mostItems);
    return subject;
  }
  subject.index = -1;
  subject.image = json.at("image").image();
  subject.source = json.at("source").text();
  return subject;
}

/// As placeToJson() writes it.
LatentPlace placeOf(const RecipeValue& json) {
  LatentPlace place;
  if (json.json().is_null()) return place;
  if (json.has("input")) {
    place.subject = subjectOf(json.at("input"));
    return place;
  }
  const RecipeValue points = json.at("z");
  for (size_t i = 0; i < points.size(256); ++i) place.z.push_back(pointOf(points.at(i)));
  place.name = json.at("name").text();
  if (json.has("picture")) place.picture = json.at("picture").image();
  return place;
}

std::pair<int, int> cellsOf(const RecipeValue& view, const char* key) {
  if (!view.has(key)) return {0, 0};
  const std::vector<int64_t> cells = view.at(key).wholes(0, 4000, 2);
  if (cells.size() != 2) throw BadRecipe(std::string("view.") + key + " is not two numbers");
  return {static_cast<int>(cells[0]), static_cast<int>(cells[1])};
}

PlaneOptions planeOptions(const RecipeValue& view) {
  PlaneOptions options;
  const std::vector<double> rect = view.at("rect").numbers(-farthest, farthest, 4);
  if (rect.size() != 4 || !(rect[0] < rect[1]) || !(rect[2] < rect[3]))
    throw BadRecipe("view.rect is no area");
  options.rect = PlaneRect{rect[0], rect[1], rect[2], rect[3]};
  options.rows = static_cast<int>(view.at("rows").whole(1, 400));
  options.columns = static_cast<int>(view.at("columns").whole(1, 400));
  options.points = view.at("points").whole(0, mostItems);
  if (view.has("look")) {
    options.look = lookOf(view.at("look"));
  } else { // figures of version 0.9
    options.look.tiles = view.at("tiles").flag();
    options.look.rings = view.at("rings").flag();
  }
  std::tie(options.densityRows, options.densityColumns) = cellsOf(view, "densityCells");
  std::tie(options.magnificationRows, options.magnificationColumns) = cellsOf(view, "magnificationCells");
  if (view.has("labels")) {
    const std::vector<std::string> labels = view.at("labels").texts(2);
    if (labels.size() != 2) throw BadRecipe("view.labels is not two labels");
    options.xLabel = labels[0];
    options.yLabel = labels[1];
  }
  if (view.has("z")) options.z = pointOf(view.at("z"));
  options.linked = view.has("linked") && view.at("linked").flag();
  if (view.has("input")) options.input = subjectOf(view.at("input"));
  options.axes = PlaneAxes{pointOf(view.at("origin")), pointOf(view.at("axis1")), pointOf(view.at("axis2"))};
  return options;
}

Result<Figure> plane(const Making& making, const FigureSource& source, PlaneOptions options) {
  std::shared_ptr<const Dataset> data;
  const bool own = !options.input || options.input->index < 0;
  if (options.points > 0 || options.look.density || !options.look.selected.empty() || !own) {
    const auto opened = making.open(source);
    if (!opened) return opened.error();
    data = *opened;
  }
  options.widthMm = making.widthMm;
  return planeFigure(source, options, data.get(), making.control);
}

Result<Figure> planes(const Making& making) {
  const RecipeValue view = making.view();
  if (!view.has("planes")) return plane(making, making.sources.front(), planeOptions(view));
  const RecipeValue each = view.at("planes");
  if (each.size(making.sources.size()) != making.sources.size())
    throw BadRecipe("view.planes is not as long as the list of runs");
  std::vector<Figure> made;
  for (size_t i = 0; i < making.sources.size(); ++i) {
    auto one = plane(making, making.sources[i], planeOptions(each.at(i)));
    if (!one) return one;
    made.push_back(std::move(*one));
  }
  return planesBesideEachOther(std::move(made), distinctNames(making.sources), making.widthMm);
}

Result<Figure> reconstructions(const Making& making) {
  const RecipeValue view = making.view();
  ReconstructOptions options;
  if (view.has("inputs")) {
    const RecipeValue inputs = view.at("inputs");
    for (size_t i = 0; i < inputs.size(10000); ++i) options.subjects.push_back(subjectOf(inputs.at(i)));
  } else {
    options.split = splitOf(view);
    options.indices = view.at("items").wholes(0, mostItems, 10000);
  }
  options.errorMaps = view.has("errorMaps") && view.at("errorMaps").flag();
  options.widthMm = making.widthMm;
  const auto data = making.data();
  if (!data) return data.error();
  return reconstructFigure(making.sources, options, **data, making.control);
}

/// A panel for each of so many runs, in order.
Result<Figure> facets(const RecipeValue& json, const std::vector<RunFolder>& runs,
                      const CurvesOptions& options) {
  const std::vector<std::string> titles = json.at("titles").texts(runs.size());
  const std::vector<int64_t> counts = json.at("runs").wholes(1, std::ssize(runs), runs.size());
  if (titles.size() != counts.size()) throw BadRecipe("view.facets has not as many titles as counts of runs");
  std::vector<CurveFacet> made;
  auto next = runs.begin();
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > runs.end() - next) throw BadRecipe("view.facets counts other runs than there are");
    made.push_back({titles[i], {next, next + counts[i]}});
    next += counts[i];
  }
  if (next != runs.end()) throw BadRecipe("view.facets counts other runs than there are");
  return facetedCurves(made, options);
}

Result<Figure> curves(const Making& making) {
  const RecipeValue view = making.view();
  CurvesOptions options;
  options.series = view.at("series").texts(64);
  options.splits = view.at("splits").texts(8);
  CurvesLook& look = options.look;
  look.logX = view.at("logX").flag();
  look.logY = view.at("logY").flag();
  if (view.has("part")) {
    look.part = view.at("part").text();
    look.bound = view.at("bound").flag();
    look.train = view.at("train").flag();
    look.test = view.at("test").flag();
    look.smoothing = view.at("smoothing").number(0, 0.999999);
    look.facet = view.at("facet").text();
    look.sharedY = view.has("sharedY") && view.at("sharedY").flag();
  } else if (options.series.empty()) {
    throw BadRecipe("view.series is empty");
  }
  if (view.has("area")) {
    options.area = curvesAreaFromJson(view.at("area").json());
    if (!options.area) throw BadRecipe("view.area is no area");
  }
  for (const RecipeRun& run : making.recipe.runs) options.upTo.push_back(run.step);
  options.widthMm = making.widthMm;
  std::vector<RunFolder> runs;
  for (const FigureSource& source : making.sources) runs.push_back(source.run);
  return view.has("facets") ? facets(view.at("facets"), runs, options) : curvesFigure(runs, options);
}

SampleBlocks blocksOf(const RecipeValue& json, size_t runs) {
  SampleBlocks layout;
  layout.rows = static_cast<int>(json.at("rows").whole(1, 2500));
  layout.columns = static_cast<int>(json.at("columns").whole(1, 2500));
  layout.beside = static_cast<int>(json.at("beside").whole(1, page_limits::mostColumns));
  const RecipeValue blocks = json.at("blocks");
  for (size_t i = 0; i < blocks.size(1000); ++i) {
    const RecipeValue block = blocks.at(i);
    const std::string from = block.at("from").word({"fitted", "prior", "tokens"});
    layout.blocks.push_back({block.at("title").text(),
                             static_cast<size_t>(block.at("run").whole(0, static_cast<int64_t>(runs) - 1)),
                             from == "fitted"  ? SampleSource::codes
                             : from == "prior" ? SampleSource::prior
                                               : SampleSource::tokenPrior});
  }
  return layout;
}

Result<Figure> samples(const Making& making) {
  const RecipeValue view = making.view();
  SampleOptions options;
  options.count = view.at("count").whole(1, 100000);
  options.seed = view.at("seed").seed();
  options.temperature = view.at("temperature").number(std::numeric_limits<double>::min(), 1e6);
  options.draws = view.at("pixels").word({"draws", "means"}) == "draws";
  const std::string from = view.has("from") ? view.at("from").word({"fitted", "prior", "each"}) : "";
  const auto data = making.data();
  if (!data) return data.error();
  if (view.has("layout"))
    return sampleBlocks(making.sources, blocksOf(view.at("layout"), making.sources.size()), options,
                        making.widthMm, **data, making.control);
  if (from == "each") return sampleEachWay(making.sources, options, making.widthMm, **data, making.control);
  if (!from.empty()) options.from = from == "prior" ? SampleSource::prior : SampleSource::codes;
  return sampleFigure(making.sources, options, making.widthMm, **data, making.control);
}

Result<Figure> traversal(const Making& making) {
  const RecipeValue view = making.view();
  TraverseOptions options;
  for (const int64_t latent : view.at("latents").wholes(1, 100000, 100000))
    options.latents.push_back(static_cast<int>(latent - 1));
  options.frames = static_cast<int>(view.at("frames").whole(2, 64));
  options.grid = view.at("grid").flag();
  if (view.has("start")) {
    options.start = placeOf(view.at("start"));
  } else if (view.has("item")) {
    options.item = view.at("item").whole(0, mostItems);
    options.split = splitOf(view);
  }
  if (view.has("range")) {
    const RecipeValue range = view.at("range");
    options.range =
        TraversalRange{range.at("kind").named(rangeKindFromName), range.at("low").number(-farthest, farthest),
                       range.at("high").number(-farthest, farthest)};
  }
  options.widthMm = making.widthMm;
  std::shared_ptr<const Dataset> data;
  if (std::ranges::any_of(making.sources,
                          [&](const FigureSource& source) { return traversalNeedsData(source, options); }) ||
      view.at("data").flag()) {
    const auto opened = making.data();
    if (!opened) return opened.error();
    data = *opened;
  }
  return traverseFigure(making.sources, options, data.get(), making.control);
}

Result<Figure> path(const Making& making) {
  const RecipeValue view = making.view();
  InterpolateOptions options;
  if (view.has("from")) {
    options.begin = placeOf(view.at("from"));
    options.end = placeOf(view.at("to"));
  } else {
    options.split = splitOf(view);
    const std::vector<int64_t> items = view.at("items").wholes(0, mostItems, 2);
    if (items.size() != 2) throw BadRecipe("view.items is not two images");
    options.from = items[0];
    options.to = items[1];
  }
  options.path.kind = view.at("path").named(pathKindFromName);
  options.path.frames = static_cast<int>(view.at("frames").whole(kFewestFrames, kMostFrames));
  options.path.loop = view.at("loop").flag();
  options.widthMm = making.widthMm;
  const auto data = making.data();
  if (!data) return data.error();
  return interpolateFigure(making.sources, options, **data, making.control);
}

Result<Figure> noise(const Making& making) {
  const RecipeValue view = making.view();
  NoiseOptions options;
  options.split = splitOf(view);
  options.items = view.at("items").wholes(0, mostItems, 10000);
  if (view.has("input")) options.input = subjectOf(view.at("input"));
  options.sigmas = view.at("sigmas").numbers(0, farthest, 1000);
  options.scale = view.at("scale").named(noiseScaleFromName);
  options.draws = static_cast<int>(view.at("draws").whole(1, 1000));
  options.meanPictures = view.at("mean").flag();
  options.seed = view.at("seed").seed();
  options.pictures = view.at("pictures").flag();
  options.curves = view.at("curves").flag();
  if (options.curves) options.subjects = view.at("subjects").whole(1, mostItems);
  options.widthMm = making.widthMm;
  const bool classes = view.at("classes").flag();
  const auto data = making.data();
  if (!data) return data.error();
  std::shared_ptr<const Classifier> classifier;
  if (classes) {
    const auto found = classifierOf(**data, classifierFolder(), making.control);
    if (!found) return found.error();
    classifier = *found;
  }
  return noiseFigure(making.sources, options, **data, classifier.get(), making.control);
}

Result<Figure> codes(const Making& making) {
  const RecipeValue view = making.view();
  CodesOptions options;
  options.input = subjectOf(view.at("input"));
  if (view.has("tokens")) options.tokens = view.at("tokens").wholes(0, mostItems, 1000000);
  options.widthMm = making.widthMm;
  const auto data = making.data();
  if (!data) return data.error();
  return codesFigure(making.sources.front(), options, **data, making.control);
}

Result<Figure> decoded(const Making& making) {
  const RecipeValue view = making.view();
  const std::vector<double> z = view.at("z").numbers(-farthest, farthest, 10000000);
  return decodeFigure(making.sources.front(), {z.begin(), z.end()}, making.widthMm, making.control);
}

using Kind = Result<Figure> (*)(const Making&);

Kind kindNamed(const std::string& name) {
  constexpr std::pair<const char*, Kind> kinds[] = {{"plane", planes},       {"reconstruct", reconstructions},
                                                    {"curves", curves},      {"sample", samples},
                                                    {"traverse", traversal}, {"interpolate", path},
                                                    {"noise", noise},        {"codes", codes},
                                                    {"decode", decoded}};
  for (const auto& [word, make] : kinds)
    if (name == word) return make;
  throw BadRecipe("a figure of the kind '" + name.substr(0, 40) + "' is not one that can be made again");
}

} // namespace

Result<Figure> figureAgain(const FigureRecipe& recipe, const std::vector<FigureSource>& sources,
                           std::optional<double> widthMm, const RecipeData& data, JobControl& control) {
  try {
    const Kind make = kindNamed(recipe.kind);
    const double width = widthMm.value_or(pageNumber(recipe.page, "widthMm", 5, 2000, 84));
    Result<Figure> figure = make({recipe, sources, width, data, control});
    if (!figure) return figure;
    applyPage(recipe.page, *figure);
    if (!recipe.focus.is_null()) figure->provenance["focus"] = recipe.focus;
    return figure;
  } catch (const BadRecipe& fault) {
    return inputError(recipe.file + " cannot be made again: " + fault.what() + "; export the view anew.");
  }
}

} // namespace latent
