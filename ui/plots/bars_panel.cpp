#include "ui/plots/figure_text.h"
#include "ui/plots/page.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

/// A place on the axis for each bar, and ticks where there is room for their labels.
void nameBars(QCPAxis& axis, const BarsPanel& panel, double width, const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  double widest = 0;
  for (const std::string& label : panel.labels)
    widest = std::max(widest, metrics.horizontalAdvance(figureText(label)));
  const double step = width / static_cast<double>(std::max<size_t>(1, panel.values.size()));
  auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  if (widest + 0.4 * style.em < step)
    for (size_t i = 0; i < panel.labels.size(); ++i)
      ticker->addTick(static_cast<double>(i), figureText(panel.labels[i]));
  axis.setTicker(ticker);
}

} // namespace

double preferredHeight(const BarsPanel& panel, double width, const PageStyle& style) {
  return titleHeight(panel.title, style) + 0.68 * width;
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const BarsPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  QCustomPlot plot;
  plot.setBackground(QBrush(Qt::NoBrush));
  plot.setAntialiasedElements(QCP::aeAll);
  plot.plotLayout()->setAutoMargins(QCP::msNone);
  plot.plotLayout()->setMargins({0, 0, 0, 0});
  QCPAxisRect* rect = plot.axisRect();
  QCPAxis* x = rect->axis(QCPAxis::atBottom);
  QCPAxis* y = rect->axis(QCPAxis::atLeft);
  setLogarithmic(*x, false);
  setLogarithmic(*y, false);
  AxisStyle axes = style.axes;
  axes.ticks = box.height() < 20 * style.em ? 4 : 5;
  styleAxes(*rect, axes);
  x->grid()->setVisible(false);
  nameBars(*x, panel, box.width() - 4 * style.em, style);
  x->setLabel(figureText(panel.xLabel));
  y->setLabel(figureText(panel.yLabel));
  const int room = static_cast<int>(style.em);
  rect->setMinimumMargins({0, room / 2, room / 2, 0});

  double most = 0;
  for (const double value : panel.values) most = std::max(most, value);
  const double bar = panel.values.size() > 64 ? 1 : 0.85; // thin bars stand without gaps
  for (size_t i = 0; i < panel.values.size(); ++i) {
    auto* bars = new QCPBars(x, y);
    bars->setWidth(bar);
    bars->setPen(Qt::NoPen);
    bars->setBrush(QColor(QString::fromStdString(panel.colours[i])));
    bars->addData(static_cast<double>(i), panel.values[i]);
    bars->setAntialiased(false);
  }
  x->setRange(-0.5 - (1 - bar) / 2, static_cast<double>(panel.values.size()) - 0.5 + (1 - bar) / 2);
  y->setRange(0, most > 0 ? 1.05 * most : 1);

  painter.save();
  painter.translate(box.topLeft());
  plot.toPainter(&painter, static_cast<int>(box.width()), static_cast<int>(box.height()));
  painter.restore();
}

} // namespace latent::ui
