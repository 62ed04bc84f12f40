// A figure as a value: panels, data, size and provenance. latent-figures draws it; the window and `latent`
// make it.
#pragma once

#include "core/base/array.h"
#include "core/base/axis_range.h"
#include "core/base/json.h"
#include "core/base/plane_frame.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace latent {

struct FigureSeries {
  std::string label;  ///< its words in the legend and among the numbers
  std::string colour; ///< "#RRGGBB"
  int pattern = 0;    ///< 0 solid, 1 dash, 2 dot, 3 dash-dot
  std::vector<double> x, y;
  bool inLegend = true;
  int marker = 0;                   ///< shape of its samples: 0 circle, 1 square, 2 triangle, 3 diamond
  std::vector<double> lower, upper; ///< a band about the curve, as long as x; or both empty
  bool faint = false;               ///< what a smoothed curve was before: thin and pale
};

/// A change during training: a line across the panel with a few words.
struct CurveMark {
  double x = 0;
  std::string text;
};

/// Room at both ends of an axis that fits its curves, as a share of what they span.
inline constexpr double kCurveRoomX = 0.02, kCurveRoomY = 0.05;

/// Curves over one pair of axes.
struct CurvesPanel {
  std::string title, xLabel, yLabel;
  bool logX = false, logY = false;
  bool legend = true;
  bool wholeX = false; ///< ticks of x at whole numbers alone: epochs
  std::vector<FigureSeries> series;
  std::vector<CurveMark> marks;
  std::optional<AxisRange> xRange,
      yRange; ///< what the axes show; nothing: all there is. Above 0 of logarithms
};

/// Values on a regular grid over a part of the plane, coloured by viridis with a scale beside the panel.
struct PlaneField {
  std::string name; ///< "density", "magnification": the words at its scale
  PlaneRect rect;
  int rows = 0, columns = 0;
  std::vector<float> values; ///< [rows, columns], row 0 = lowest z2; NaN is left blank
  double low = 0, high = 1;  ///< ends of the colour scale
  bool logarithmic = false;  ///< of the scale; then low > 0
  double opacity = 1;
  bool veil = false;     ///< the lower a value, the more is seen through it
  bool contours = false; ///< lines of equal values, at equal steps between 0 and `high`, in place of colours
};

/// A posterior on the plane: its half axes at one standard deviation.
struct PlaneEllipse {
  double x = 0, y = 0, halfX = 0, halfY = 0;
  int64_t label = -1;  ///< class, for its colour
  bool strong = false; ///< that of the input: filled, with a thick line
  double opacity = 1;
  double angle = 0; ///< radians from the horizontal axis to that of halfX, counter-clockwise
};

/// A named place on the plane.
struct PlaneMark {
  enum class Kind { point, linked, input } kind = Kind::point; ///< z; z of another run; the input's code
  double x = 0, y = 0;
  std::string text; ///< "" = the mark alone
};

/// The latent plane: tiles under points, in latent units.
struct PlanePanel {
  std::string title, xLabel = "z1", yLabel = "z2";
  PlaneRect rect; ///< what the axes show
  TileGrid grid;  ///< of the tiles; ignored without pixels
  int channels = 1, tileHeight = 0, tileWidth = 0;
  std::vector<uint8_t> pixels; ///< [rows, columns, C, H, W], row 0 = lowest z2; may be empty
  double tileOpacity = 1;
  std::vector<float> pointX, pointY;
  std::vector<int64_t> pointLabel; ///< class of each point, -1 unknown
  std::vector<std::string> classes;
  std::vector<float> pointValue; ///< coloured by these numbers (NaN: grey) in place of classes; or empty
  std::string valueName;         ///< of these numbers, with `valueLow` and `valueHigh` at their scale
  double valueLow = 0, valueHigh = 1;
  std::vector<uint8_t> pointFaded; ///< 1 = pale, below the others; empty: none is
  double pointOpacity = 1;
  std::vector<double> rings;           ///< radii of prior rings
  PlanePoint ringCentre;               ///< of all rings: where the prior's mean lies on the plane
  std::optional<PlanePoint> quantiles; ///< the axes count in quantiles of N(this, 1)
  double ringOpacity = 1;
  std::vector<PlaneField> fields;     ///< over the tiles, below the points
  std::vector<PlaneEllipse> ellipses; ///< over the points
  std::vector<PlaneMark> marks;       ///< over everything
  bool classNames = false;            ///< each class named at the median of its points
};

/// A grid of images with row and column labels as text.
struct ImagesPanel {
  std::string title;
  int rows = 0, columns = 0, channels = 1, height = 0, width = 0;
  int places = 0;              ///< columns that share the width, where more than `columns`
  std::vector<uint8_t> pixels; ///< [rows, columns, C, H, W]
  std::vector<std::string> rowLabels, columnLabels;
};

/// A map of codes: cells in colours, with their numbers where these fit.
struct CellsPanel {
  std::string title;
  int rows = 0, columns = 0;
  std::vector<int64_t> numbers;     ///< [rows, columns], row 0 at the top; -1 = no cell
  std::vector<std::string> colours; ///< of each cell, "#RRGGBB"
};

/// Bars beside each other.
struct BarsPanel {
  std::string title, xLabel, yLabel;
  std::vector<double> values;       ///< at least 0
  std::vector<std::string> labels;  ///< of each bar
  std::vector<std::string> colours; ///< of each bar, "#RRGGBB"
};

enum class LegendPlace { above, below, right, none };

using FigurePanel = std::variant<CurvesPanel, PlanePanel, ImagesPanel, CellsPanel, BarsPanel>;

struct Figure {
  double widthMm = 84;
  double heightMm = 84; ///< 0 = follows from the content; a long legend makes the page higher
  double fontPoints = 8;
  std::string title;
  LegendPlace legend = LegendPlace::above;
  double curvePoints = 0.9; ///< width of a curve; thinner lines keep their proportion to it
  bool greyscale = false;   ///< greys that stay apart in print, with patterns and markers in place of hues
  bool smooth = false;      ///< images are interpolated; otherwise their pixels are drawn as they are
  int panelColumns = 1;     ///< panels fill rows of so many
  std::vector<FigurePanel> panels;
  Json provenance = Json::object();  ///< runs, steps, seed, model, data, versions
  std::vector<std::string> warnings; ///< what is amiss with its numbers: for whoever made it, not in the file
};

/// One file: eight bytes of little-endian JSON length, the JSON, then the raw arrays it refers to.
Status writeFigure(const std::filesystem::path& path, const Figure& figure);
/// Every length is checked against the file (input error).
Result<Figure> readFigure(const std::filesystem::path& path);
Result<Figure> parseFigure(std::span<const std::byte> bytes, const std::string& nameForErrors);

/// Tol's muted set, the tenth its grey, by class; "#BBBBBB" for -1.
std::string classColour(int64_t label);
/// Okabe-Ito, by run letter (0 = A).
std::string runColour(int index);
/// The numbers of a figure as CSV (long form: panel, series, x, y, value ...). A plane's are its points and
/// rings; its tiles are pictures, which only an array holds well.
std::string figureToCsv(const Figure& figure);

} // namespace latent
