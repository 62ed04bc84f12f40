// A legend above the axes, where it covers no data: entries flow from the right, a heading stands on the
// left. Private to ui/plots.
#pragma once

#include "ui/plots/axis_style.h"

#include <QFont>
#include <QPen>
#include <QString>

#include <utility>
#include <vector>

namespace latent::ui {

struct LegendEntry {
  QString text;
  QPen pen;
};

class LegendStrip : public QCPLayoutElement {
  Q_OBJECT
 public:
  explicit LegendStrip(QCustomPlot* plot) : QCPLayoutElement(plot) {}

  /// Gives the strip the height that these need at `width`; 0 when there is nothing to show.
  void arrange(const QString& heading, const std::vector<LegendEntry>& entries, const AxisStyle& style,
               int width);

 protected:
  void draw(QCPPainter* painter) override;

 private:
  struct Placed {
    LegendEntry entry;
    QPointF at; ///< left end of its baseline's row, from the strip's top left
  };
  QString m_heading;
  std::vector<Placed> m_placed;
  AxisStyle m_style;
  double m_sample = 0; ///< length of a line sample
  double m_row = 0;
};

/// Empties the plot's layout and puts a legend above a grid for pairs of axes; the plot owns both. Lengths in
/// pixels.
std::pair<LegendStrip*, QCPLayoutGrid*> layOutPlot(QCustomPlot& plot, int margin, int rowSpacing,
                                                   int columnSpacing);

} // namespace latent::ui
