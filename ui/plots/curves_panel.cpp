#include "ui/plots/figure_text.h"
#include "ui/plots/page.h"
#include "ui/plots/plotted_curve.h"

#include "ui/plots/curve_facet.h"

#include <QFontMetricsF>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace latent::ui {
namespace {

constexpr size_t markedSamples = 30; // at most so many: each sample is marked
constexpr size_t fewMarks = 12;      // on longer curves, where a mark tells one run from another

constexpr int bandAlpha = 45; // of 255: two bands over each other are still told apart

/// The band of a series, drawn before all curves so that none is hidden.
void addBand(QCustomPlot& plot, QCPAxisRect& rect, const FigureSeries& series, const CurvesPanel& panel) {
  if (series.lower.empty()) return;
  QVector<QCPGraphData> lower, upper;
  for (size_t i = 0; i < series.x.size(); ++i) {
    const double x = series.x[i];
    const bool drawable = std::isfinite(x) && std::isfinite(series.lower[i]) &&
                          std::isfinite(series.upper[i]) && (!panel.logX || x > 0) &&
                          (!panel.logY || series.upper[i] > 0);
    if (!drawable) continue;
    // On a logarithmic axis a band that reaches 0 goes on to the bottom of the panel.
    lower.append(
        {x, panel.logY ? std::max(series.lower[i], std::numeric_limits<double>::min()) : series.lower[i]});
    upper.append({x, series.upper[i]});
  }
  const auto addEdge = [&](const QVector<QCPGraphData>& data) {
    QCPGraph* edge = plot.addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    edge->setPen(Qt::NoPen);
    edge->data()->set(data);
    return edge;
  };
  QCPGraph* bottom = addEdge(lower);
  QCPGraph* top = addEdge(upper);
  QColor fill(QString::fromStdString(series.colour));
  fill.setAlpha(bandAlpha);
  top->setBrush(fill);
  top->setChannelFillGraph(bottom);
}

void addSeries(QCustomPlot& plot, QCPAxisRect& rect, const FigureSeries& series, const CurvesPanel& panel,
               const PageStyle& style) {
  QCPGraph* graph = plot.addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
  const QColor colour(QString::fromStdString(series.colour));
  constexpr double paleShare = 0.6; // of the page
  graph->setPen(series.faint ? QPen(mixed(colour, style.axes.colours.ground, paleShare), style.hair)
                             : curvePen(colour, series.pattern, style.curve));
  QVector<QCPGraphData> data;
  for (size_t i = 0; i < series.x.size(); ++i) {
    const double x = series.x[i], y = series.y[i];
    if (!std::isfinite(x) || (panel.logX && x <= 0)) continue;
    const bool drawable = std::isfinite(y) && (!panel.logY || y > 0);
    data.append({x, drawable ? y : std::numeric_limits<double>::quiet_NaN()});
  }
  graph->data()->set(data);
  if (series.faint) return;
  const bool all = series.x.size() <= markedSamples;
  if (all || series.marker != 0) graph->setScatterStyle(sampleStyle(series, style));
  if (!all) graph->setScatterSkip(static_cast<int>(series.x.size() / fewMarks));
}

/// Words beside their lines, on lines of text of their own where they would meet.
void drawChanges(QCPPainter& painter, QCPAxisRect& rect, const CurvesPanel& panel, const PageStyle& style) {
  QFont font = style.font;
  font.setPixelSize(std::max(1, static_cast<int>(0.85 * style.em)));
  const QFontMetricsF metrics(font);
  const QRectF area = rect.rect();
  QRectF before;
  for (const CurveMark& mark : panel.marks) {
    if (!rect.axis(QCPAxis::atBottom)->range().contains(mark.x)) continue;
    const double x = rect.axis(QCPAxis::atBottom)->coordToPixel(mark.x);
    painter.setPen(QPen(style.axes.colours.muted, style.hair, Qt::DotLine));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    const QString words = figureText(mark.text);
    const double gap = 0.3 * style.em, width = metrics.horizontalAdvance(words);
    const bool left = x + gap + width > area.right(); // of the line
    QRectF place(left ? x - gap - width : x + gap, area.top(), width, metrics.height());
    if (place.intersects(before)) place.moveTop(before.bottom());
    painter.setFont(font);
    painter.setPen(style.axes.colours.text);
    painter.drawText(QPointF(place.left(), place.top() + metrics.ascent()), words);
    before = place;
  }
}

} // namespace

QCPScatterStyle sampleStyle(const FigureSeries& series, const PageStyle& style) {
  constexpr std::array shapes{QCPScatterStyle::ssCircle, QCPScatterStyle::ssSquare,
                              QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond};
  const QPen halo(style.axes.colours.ground, style.hair);
  return {shapes.at(static_cast<size_t>(series.marker)), halo, QColor(QString::fromStdString(series.colour)),
          (series.marker == 0 ? 0.4 : 0.55) * style.em};
}

double preferredHeight(const CurvesPanel& panel, double width, const PageStyle& style) {
  return titleHeight(panel.title, style) + 0.68 * width;
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const CurvesPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  QCustomPlot plot;
  plot.setBackground(QBrush(Qt::NoBrush));
  plot.setAntialiasedElements(QCP::aeAll);
  plot.plotLayout()->clear();
  plot.plotLayout()->setAutoMargins(QCP::msNone);
  plot.plotLayout()->setMargins({0, 0, 0, 0});
  auto* rect = new QCPAxisRect(&plot);
  plot.plotLayout()->addElement(0, 0, rect);

  QCPAxis* x = rect->axis(QCPAxis::atBottom);
  QCPAxis* y = rect->axis(QCPAxis::atLeft);
  setLogarithmic(*x, panel.logX);
  setLogarithmic(*y, panel.logY);
  AxisStyle axes = style.axes;
  axes.ticks = box.height() < 20 * style.em ? 4 : 5;
  if (panel.wholeX) setWholeTicks(*x);
  styleAxes(*rect, axes);
  x->setLabel(figureText(panel.xLabel));
  y->setLabel(figureText(panel.yLabel));
  // Half of the last tick label reaches past the axes.
  const int room = static_cast<int>(style.em);
  rect->setMinimumMargins({0, room / 2, room, 0});

  Extent xExtent, yExtent;
  for (const FigureSeries& series : panel.series) {
    addBand(plot, *rect, series, panel);
    yExtent.add(extentOf(series.lower, panel.logY));
    yExtent.add(extentOf(series.upper, panel.logY));
  }
  for (const FigureSeries& series : panel.series) {
    addSeries(plot, *rect, series, panel, style);
    xExtent.add(extentOf(series.x, panel.logX));
    yExtent.add(extentOf(series.y, panel.logY));
  }
  for (const CurveMark& mark : panel.marks) xExtent.add(mark.x);
  x->setRange(
      rangeOf(panel.xRange ? *panel.xRange : roomAround(xExtent, panel.logX, kCurveRoomX, kCurveRoomX)));
  y->setRange(
      rangeOf(panel.yRange ? *panel.yRange : roomAround(yExtent, panel.logY, kCurveRoomY, kCurveRoomY)));
  x->setTickLabels(!xExtent.empty());
  y->setTickLabels(!yExtent.empty());

  painter.save();
  painter.translate(box.topLeft());
  plot.toPainter(&painter, static_cast<int>(box.width()), static_cast<int>(box.height()));
  drawChanges(painter, *rect, panel, style);
  painter.restore();
}

} // namespace latent::ui
