// What the pointer reads off the curves: a ring on the sample and its values in a bubble. Private to
// ui/plots.
#pragma once

#include "ui/plots/axis_style.h"

namespace latent::ui {

/// On a layer of its own, so that a moving pointer never redraws the curves.
class CurveReadout {
 public:
  /// Makes its items, which wants an axis rect in the plot; the plot owns them.
  explicit CurveReadout(QCustomPlot& plot);

  void restyle(const AxisStyle& style, const QColor& ground);
  void show(const QPointF& sample, const QColor& colour, const QString& words);
  void hide();

 private:
  QCustomPlot* m_plot;
  QCPItemTracer* m_ring;
  QCPItemText* m_bubble;
};

} // namespace latent::ui
