// One curve of a CurvesView: its samples, its graphs, its smoothing, and what lies under a pixel. Private to
// ui/plots.
#pragma once

#include "core/base/axis_range.h"
#include "core/base/smoother.h"
#include "ui/plots/axis_style.h"
#include "ui/plots/curves_view.h"

#include <optional>

namespace latent::ui {

/// How much of the ground is in the colour of a train curve.
inline constexpr double trainShare = 0.38;

class PlottedCurve {
 public:
  /// Adds its graphs to `rect`, and takes them away again unless the plot is gone by then.
  explicit PlottedCurve(QCPAxisRect& rect);
  ~PlottedCurve();
  PlottedCurve(const PlottedCurve&) = delete;
  PlottedCurve& operator=(const PlottedCurve&) = delete;

  /// Only what was added since the last call is copied to the plot.
  void setLine(const CurveLine& line);
  void setDisplay(bool logX, bool logY, double smoothing);
  void restyle(const PlotColours& colours);

  const CurveLine& line() const { return m_line; }
  QPen pen() const;

  /// What a fit should show (fittedValues()).
  Extent xExtent() const;
  Extent yExtent() const;

  struct Hit {
    double distance; ///< pixels from the curve
    QPointF pixel;   ///< of the sample
    double x, y;     ///< the sample, not smoothed
    std::optional<double> smoothed;
  };
  /// The sample next to `pixel` of a curve that passes within `reach` pixels.
  std::optional<Hit> nearest(const QPointF& pixel, double reach) const;

 private:
  bool extends(const CurveLine& line) const;
  void appendFrom(size_t first);
  void rebuild();
  bool drawable(double x, double y) const;

  QPointer<QCPGraph> m_raw, m_smooth;
  CurveLine m_line;
  PlotColours m_colours;
  bool m_logX = false, m_logY = false;
  double m_smoothing = 0;
  Smoother m_smoother{0};
  Extent m_values;                ///< of what is drawn
  std::vector<double> m_smoothed; ///< as long as m_line.y while smoothing
};

} // namespace latent::ui
