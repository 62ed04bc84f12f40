#include "core/run/plane_layers.h"

#include "core/base/plane_density.h"
#include "core/data/column_values.h"
#include "core/explore/magnification_work.h"
#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/run_viewer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace latent::detail {
namespace {

constexpr size_t mostEllipses = 300;                          // more would be one dark patch
constexpr double densityCells = 100, magnificationCells = 30; // along the longer side

Result<const MetadataColumn*> findColumn(const Dataset& data, const std::string& name) {
  const auto found = std::ranges::find(data.columns, name, &MetadataColumn::name);
  if (found != data.columns.end()) return &*found;
  return usageError("The data set " + data.name + " has no column '" + name + "'.");
}

/// Of each test image whether the filter keeps it; empty: all are kept.
Result<std::vector<uint8_t>> keptImages(const PlaneLook& look, const Dataset& data) {
  std::vector<uint8_t> kept;
  if (look.filter.empty()) return kept;
  const auto column = findColumn(data, look.filter);
  if (!column) return column.error();
  const ColumnValues& values = (*column)->test;
  if ((*column)->numeric) {
    if (std::isinf(look.low) && std::isinf(look.high)) return kept;
    for (const double value : values.numbers) kept.push_back(value >= look.low && value <= look.high);
  } else {
    if (look.value.empty()) return kept;
    for (const std::string& value : values.texts) kept.push_back(value == look.value);
  }
  return kept;
}

bool isKept(const std::vector<uint8_t>& kept, int64_t image) {
  const auto i = static_cast<size_t>(image);
  return kept.empty() || (i < kept.size() && kept[i] != 0);
}

PlaneField withRange(PlaneField field) {
  const FiniteRange range = finiteRange(std::span<const float>(field.values));
  field.low = range.low;
  field.high = range.high;
  return field;
}

/// Square cells, `count` of them along the longer side, unless the numbers are given.
TileGrid gridOf(const PlaneRect& rect, int rows, int columns, double count) {
  const double side = std::max(rect.width(), rect.height()) / count;
  const auto cells = [&](int given, double length) {
    return given > 0 ? given : std::max(2, static_cast<int>(std::lround(length / side)));
  };
  return {rect, cells(rows, rect.height()), cells(columns, rect.width())};
}

Result<PlaneField> densityOf(const PlaneData& plane, const PlaneOptions& options, const Dataset& data) {
  const auto kept = keptImages(options.look, data);
  if (!kept) return kept.error();
  const Encoded& codes = plane.codes->points;
  std::vector<float> x, y;
  for (int64_t i = 0; i < codes.count; ++i) {
    if (!isKept(*kept, i)) continue;
    const PlanePoint at = onPlane(plane.axes, codes.mu.data() + i * codes.latent);
    x.push_back(static_cast<float>(at.x));
    y.push_back(static_cast<float>(at.y));
  }
  const TileGrid grid = gridOf(plane.rect, options.densityRows, options.densityColumns, densityCells);
  PlaneField field{"share of the data per unit area", grid.rect, grid.rows, grid.columns, {}};
  field.values = planeDensity(x, y, grid);
  field.opacity = options.look.densityOpacity;
  field.contours = options.look.contours;
  field.veil = !field.contours;
  return withRange(std::move(field));
}

Result<PlaneField> magnificationOf(const Viewer& viewer, const PlaneData& plane, const PlaneOptions& options,
                                   JobControl& control) {
  const TileGrid grid =
      gridOf(plane.rect, options.magnificationRows, options.magnificationColumns, magnificationCells);
  MagnificationWork work({RequestHead(), plane.axes, grid}, viewer.weights());
  std::optional<MagnificationFrame> frame;
  try {
    while (!frame && !control.cancelled()) frame = work.advance(viewer);
  } catch (const std::exception& fault) {
    return usageError(fault.what());
  }
  if (!frame) return Error{Fault::interrupted, "Cancelled."};
  PlaneField field{"largest gradient \u03C3\u2081 of the decoder", grid.rect, grid.rows, grid.columns,
                   std::move(frame->values)};
  field.opacity = options.look.magnificationOpacity;
  return withRange(std::move(field));
}

PlaneEllipse ellipseAt(const PlaneAxes& axes, const float* mu, const float* logVar) {
  const PlanePoint at = onPlane(axes, mu);
  const auto [halfX, halfY, angle] = deviationEllipse(projectVariance(axes, logVar));
  PlaneEllipse ellipse;
  ellipse.x = at.x;
  ellipse.y = at.y;
  ellipse.halfX = halfX;
  ellipse.halfY = halfY;
  ellipse.angle = angle;
  return ellipse;
}

/// What its points are coloured by, of every test image.
struct Colouring {
  std::vector<int64_t> labels; ///< empty: those of the codes
  std::vector<double> numbers; ///< empty: by label
};

Result<Colouring> colouringOf(const PlaneLook& look, const Dataset& data, PlanePanel& panel) {
  Colouring colouring;
  if (look.column.empty()) return colouring;
  const auto column = findColumn(data, look.column);
  if (!column) return column.error();
  if ((*column)->numeric) {
    colouring.numbers = (*column)->test.numbers;
    const FiniteRange range = finiteRange(std::span<const double>(colouring.numbers));
    panel.valueName = look.column;
    panel.valueLow = range.low;
    panel.valueHigh = range.high;
  } else {
    NumberedTexts numbered = numberTexts((*column)->test.texts);
    colouring.labels = std::move(numbered.classes);
    panel.classes = std::move(numbered.values);
  }
  return colouring;
}

} // namespace

Status addPoints(const PlaneData& plane, const PlaneOptions& options, const Dataset& data,
                 PlanePanel& panel) {
  const PlaneLook& look = options.look;
  const auto kept = keptImages(look, data);
  if (!kept) return kept.error();
  const auto colouring = colouringOf(look, data, panel);
  if (!colouring) return colouring.error();
  const Encoded& codes = plane.codes->points;
  const bool fades = look.isolated || !look.selected.empty();
  int64_t drawn = 0;
  for (int64_t i = 0; i < codes.count && drawn < options.points; ++i) {
    if (!isKept(*kept, i)) continue;
    ++drawn;
    const auto image = static_cast<size_t>(i);
    const PlanePoint at = onPlane(plane.axes, codes.mu.data() + i * codes.latent);
    const int64_t label =
        colouring->labels.empty() ? (*plane.codes->labels)[image] : colouring->labels[image];
    panel.pointX.push_back(static_cast<float>(at.x));
    panel.pointY.push_back(static_cast<float>(at.y));
    panel.pointLabel.push_back(label);
    if (!colouring->numbers.empty())
      panel.pointValue.push_back(static_cast<float>(colouring->numbers[image]));
    if (!fades) continue;
    const bool other = look.isolated && label != *look.isolated;
    const bool unchosen =
        !look.selected.empty() && std::ranges::find(look.selected, i) == look.selected.end();
    panel.pointFaded.push_back(other || unchosen ? 1 : 0);
  }
  panel.pointOpacity = look.pointOpacity;
  return done();
}

Status addFields(const Viewer& viewer, const PlaneData& plane, const PlaneOptions& options,
                 const Dataset* data, PlanePanel& panel, JobControl& control) {
  if (options.look.magnification) {
    auto field = magnificationOf(viewer, plane, options, control);
    if (!field) return field.error();
    panel.fields.push_back(std::move(*field));
  }
  if (options.look.density) {
    if (!plane.codes)
      return usageError("A density is that of the encoded images, so their data set is needed.");
    auto field = densityOf(plane, options, *data);
    if (!field) return field.error();
    panel.fields.push_back(std::move(*field));
  }
  return done();
}

void addPosteriors(const PlaneData& plane, const PlaneLook& look, PlanePanel& panel) {
  const Encoded& codes = plane.codes->points;
  if (codes.logVar.empty()) return;
  const size_t count = std::min(look.selected.size(), mostEllipses);
  for (size_t i = 0; i < count; ++i) {
    const int64_t image = look.selected[i * look.selected.size() / count];
    if (image >= codes.count) continue;
    const int64_t first = image * codes.latent;
    PlaneEllipse ellipse = ellipseAt(plane.axes, codes.mu.data() + first, codes.logVar.data() + first);
    ellipse.opacity = look.ellipsesOpacity;
    panel.ellipses.push_back(ellipse);
  }
}

Status addMarks(const Viewer& viewer, const PlaneData& plane, const PlaneOptions& options,
                const Dataset* data, PlanePanel& panel, JobControl& control) {
  if (options.input) {
    const auto image = imageOf(*options.input, data, viewer.spec().shape);
    if (!image) return image.error();
    const auto code = encodeImages(viewer, image->pixels, control);
    if (!code) return code.error();
    const PlanePoint at = onPlane(plane.axes, code->mu.data());
    panel.marks.push_back({PlaneMark::Kind::input, at.x, at.y, "x"});
    if (options.look.ellipse && !code->logVar.empty()) {
      PlaneEllipse ellipse = ellipseAt(plane.axes, code->mu.data(), code->logVar.data());
      ellipse.strong = true;
      ellipse.opacity = options.look.ellipseOpacity;
      panel.ellipses.push_back(ellipse);
    }
  }
  if (options.z.empty()) return done();
  if (options.z.size() != plane.axes.origin.size())
    return usageError("z: " + std::to_string(options.z.size()) + " coordinates were given, the model has " +
                      std::to_string(plane.axes.origin.size()) + " latents.");
  const PlanePoint at = onPlane(plane.axes, options.z.data());
  panel.marks.push_back({options.linked ? PlaneMark::Kind::linked : PlaneMark::Kind::point, at.x, at.y, "z"});
  return done();
}

} // namespace latent::detail
