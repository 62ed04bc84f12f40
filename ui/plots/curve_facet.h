// One pair of axes of a CurvesView with its curves, its title, the scrubber's line and the marks of live
// changes. Private to ui/plots.
#pragma once

#include "ui/plots/axis_style.h"
#include "ui/plots/plotted_curve.h"

#include <memory>
#include <optional>
#include <vector>

namespace latent::ui {

class CurveFacet {
 public:
  /// Adds a title and an axis rect to `plot`; the caller places titleElement() and rect() in a layout.
  CurveFacet(QCustomPlot& plot, const QString& title);
  ~CurveFacet();
  CurveFacet(const CurveFacet&) = delete;
  CurveFacet& operator=(const CurveFacet&) = delete;

  QCPTextElement* titleElement() const { return m_title; }
  QCPAxisRect* rect() const { return m_rect; }
  /// Takes title and axes out of their layout, to be placed anew.
  void leaveLayout();
  QCPAxis* xAxis() const { return m_rect->axis(QCPAxis::atBottom); }
  QCPAxis* yAxis() const { return m_rect->axis(QCPAxis::atLeft); }
  const std::vector<std::unique_ptr<PlottedCurve>>& curves() const { return m_curves; }

  /// The n-th line goes on being the n-th curve, so that a growing line is only appended to.
  void setLines(const std::vector<const CurveLine*>& lines);
  void setDisplay(bool logX, bool logY, double smoothing);
  void setMarker(std::optional<double> x);
  void setEvents(const std::vector<std::pair<double, QString>>& marks, bool withWords);
  /// The words of the marks that pass by a pixel, one a line; "" where there is none.
  QString eventAt(const QPointF& pixel, double reach) const;
  void restyle(const AxisStyle& style);

  Extent xExtent() const;
  Extent yExtent() const; ///< what a fit should show
  /// Fits the vertical axis to these values; empty: there is nothing to label.
  void fitValues(const Extent& values);

  struct Hit {
    PlottedCurve::Hit sample;
    const CurveLine* line;
  };
  std::optional<Hit> nearest(const QPointF& pixel, double reach) const;

 private:
  /// x in units of the axis, y as a share of the axis rect from its top.
  void placeOnAxes(QCPItemPosition& position) const;
  QCPItemStraightLine* addVerticalLine(double x, const QPen& pen);

  QCustomPlot* m_plot;
  QCPAxisRect* m_rect;
  QCPTextElement* m_title;
  std::vector<std::unique_ptr<PlottedCurve>> m_curves;
  std::vector<QPointer<QCPAbstractItem>> m_eventItems;
  QPointer<QCPItemStraightLine> m_marker;
  AxisStyle m_style;
  bool m_logX = false, m_logY = false;
  double m_smoothing = 0;
  std::vector<std::pair<double, QString>> m_events;
  bool m_eventWords = false;
};

inline QCPRange rangeOf(const AxisRange& range) {
  return {range.low, range.high};
}

} // namespace latent::ui
