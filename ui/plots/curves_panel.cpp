#include "ui/plots/legend_strip.h"
#include "ui/plots/page.h"
#include "ui/plots/plotted_curve.h"

#include "ui/plots/curve_facet.h"

#include <cmath>
#include <limits>

namespace latent::ui {
namespace {

constexpr size_t markedSamples = 30; // at most so many: each sample is marked

/// What an axis of this scale can show of the series.
Extent extentOf(const std::vector<double>& values, bool logarithmic) {
  Extent extent;
  for (double value : values) {
    if (!logarithmic || value > 0) extent.add(value);
  }
  return extent;
}

void addSeries(QCustomPlot& plot, QCPAxisRect& rect, const FigureSeries& series, const CurvesPanel& panel,
               const PageStyle& style) {
  QCPGraph* graph = plot.addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
  const QColor colour(QString::fromStdString(series.colour));
  graph->setPen(curvePen(colour, series.pattern, style.curve));
  QVector<QCPGraphData> data;
  for (size_t i = 0; i < series.x.size(); ++i) {
    const double x = series.x[i], y = series.y[i];
    if (!std::isfinite(x) || (panel.logX && x <= 0)) continue;
    const bool drawable = std::isfinite(y) && (!panel.logY || y > 0);
    data.append({x, drawable ? y : std::numeric_limits<double>::quiet_NaN()});
  }
  graph->data()->set(data);
  if (series.x.size() <= markedSamples) {
    const QPen halo(style.axes.colours.ground, style.hair);
    graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, halo, colour, 0.4 * style.em));
  }
}

} // namespace

double preferredHeight(const CurvesPanel& panel, double width, const PageStyle& style) {
  return titleHeight(panel.title, style) + 0.68 * width;
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const CurvesPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  QCustomPlot plot;
  plot.setBackground(QBrush(Qt::NoBrush));
  plot.setAntialiasedElements(QCP::aeAll);
  plot.plotLayout()->clear();
  plot.plotLayout()->setRowSpacing(static_cast<int>(0.4 * style.em));
  plot.plotLayout()->setAutoMargins(QCP::msNone);
  plot.plotLayout()->setMargins({0, 0, 0, 0});
  auto* legend = new LegendStrip(&plot);
  auto* rect = new QCPAxisRect(&plot);
  plot.plotLayout()->addElement(0, 0, legend);
  plot.plotLayout()->addElement(1, 0, rect);

  QCPAxis* x = rect->axis(QCPAxis::atBottom);
  QCPAxis* y = rect->axis(QCPAxis::atLeft);
  setLogarithmic(*x, panel.logX);
  setLogarithmic(*y, panel.logY);
  AxisStyle axes = style.axes;
  axes.ticks = box.height() < 20 * style.em ? 4 : 5;
  styleAxes(*rect, axes);
  x->setLabel(QString::fromStdString(panel.xLabel));
  y->setLabel(QString::fromStdString(panel.yLabel));
  // Half of the last tick label reaches past the axes.
  const int room = static_cast<int>(style.em);
  rect->setMinimumMargins({0, room / 2, room, 0});

  Extent xExtent, yExtent;
  std::vector<LegendEntry> entries;
  for (const FigureSeries& series : panel.series) {
    addSeries(plot, *rect, series, panel, style);
    xExtent.add(extentOf(series.x, panel.logX));
    yExtent.add(extentOf(series.y, panel.logY));
    if (!series.inLegend) continue;
    entries.push_back({QString::fromStdString(series.label),
                       curvePen(QColor(QString::fromStdString(series.colour)), series.pattern, style.curve)});
  }
  x->setRange(roomAround(xExtent, panel.logX, 0.02, 0.02));
  y->setRange(roomAround(yExtent, panel.logY, 0.05, 0.05));
  x->setTickLabels(!xExtent.empty());
  y->setTickLabels(!yExtent.empty());
  if (panel.legend) legend->arrange({}, entries, axes, static_cast<int>(box.width()) - room);

  painter.save();
  painter.translate(box.topLeft());
  plot.toPainter(&painter, static_cast<int>(box.width()), static_cast<int>(box.height()));
  painter.restore();
}

} // namespace latent::ui
