#include "core/base/plane_frame.h"
#include "core/base/plane_geometry.h"
#include "ui/plots/class_points.h"
#include "ui/plots/colour_scale.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/image_tiles.h"
#include "ui/plots/page.h"
#include "ui/plots/plane_overlays.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace latent::ui {
namespace {

QPointF toPoint(PlanePoint point) {
  return {point.x, point.y};
}

/// Axes without data, drawn by the plot class that draws all axes; the content is painted by the frame.
class PlaneAxesBox {
 public:
  PlaneAxesBox(const PlanePanel& panel, const PageStyle& style) : m_rect(m_plot.axisRect()), m_em(style.em) {
    m_plot.setBackground(QBrush(Qt::NoBrush));
    m_plot.setAntialiasedElements(QCP::aeAll);
    m_plot.plotLayout()->setAutoMargins(QCP::msNone);
    m_plot.plotLayout()->setMargins({0, 0, 0, 0});
    AxisStyle axes = style.axes;
    axes.gridWidth = 0; // the tiles are the ground
    axes.tickLength = 0.3 * style.em;
    axes.leftLine = true;
    setLogarithmic(*m_plot.xAxis, false);
    setLogarithmic(*m_plot.yAxis, false);
    styleAxes(*m_rect, axes);
    m_plot.xAxis->setLabel(figureText(panel.xLabel));
    m_plot.yAxis->setLabel(figureText(panel.yLabel));
    m_plot.xAxis->setRange(panel.rect.left, panel.rect.right);
    m_plot.yAxis->setRange(panel.rect.lower, panel.rect.upper);
    const int room = static_cast<int>(style.em);
    m_rect->setMinimumMargins({0, (3 * room) / 4, room, 0}); // half of the last tick labels
    m_quantiles = panel.quantiles;
  }

  /// Space around the content for tick labels and labels, when the whole is so large.
  QMargins margins(double width, double height) {
    // So many labels that they stand apart, of the room beside tick labels and the axis' own.
    constexpr double beside = 4, labelWidth = 3.6; // in ems
    const int ticks = static_cast<int>((width / m_em - beside) / labelWidth);
    m_plot.xAxis->ticker()->setTickCount(std::clamp(ticks, 2, m_plot.yAxis->ticker()->tickCount()));
    if (m_quantiles) setQuantiles(std::max(1.0, width - beside * m_em));
    m_plot.setViewport(QRect(0, 0, static_cast<int>(width), static_cast<int>(height)));
    m_rect->setAutoMargins(QCP::msAll);
    for (auto phase :
         {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout}) {
      m_plot.plotLayout()->update(phase);
    }
    return m_rect->margins();
  }

  void draw(QCPPainter& painter, const QSize& size, const QMargins& margins) {
    m_rect->setAutoMargins(QCP::msNone);
    m_rect->setMargins(margins);
    // The plot class puts its lowest value on the last row of pixels, the frame on that row's lower edge.
    painter.translate(0, 1);
    m_plot.toPainter(&painter, size.width(), size.height());
  }

 private:
  /// Ticks where the quantiles of the prior truly lie, apart from each other on a plane so wide.
  void setQuantiles(double width) {
    constexpr double labelWidth = 3.2; // in ems
    const double spacing = labelWidth * m_em * m_plot.xAxis->range().size() / width;
    for (const auto& [axis, mean] :
         {std::pair(m_plot.xAxis, m_quantiles->x), {m_plot.yAxis, m_quantiles->y}}) {
      auto ticker = QSharedPointer<QCPAxisTickerText>::create();
      const QCPRange& range = axis->range();
      for (const auto& [at, text] : quantileTicks(range.lower, range.upper, spacing, mean))
        ticker->addTick(at, QString::fromStdString(text));
      axis->setTicker(ticker);
    }
  }

  QCustomPlot m_plot;
  QCPAxisRect* m_rect;
  double m_em;
  std::optional<PlanePoint> m_quantiles;
};

void drawTiles(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style) {
  if (panel.pixels.empty()) return;
  TileLayout layout{
      panel.grid.rows, panel.grid.columns, panel.channels, panel.tileHeight, panel.tileWidth, 0, true};
  const int across = layout.columns * layout.width, down = layout.rows * layout.height;
  layout.enlarge =
      enlargement(frame.toPixels(panel.grid.rect.width()) / across, std::max(across, down), style);
  const QImage image = composeTiles(panel.pixels, layout, panel.tileOpacity);
  const PlaneRect& rect = panel.grid.rect;
  painter.drawImage(QRectF(toPoint(frame.toPixel({rect.left, rect.upper})),
                           toPoint(frame.toPixel({rect.right, rect.lower}))),
                    image);
}

} // namespace

double preferredHeight(const PlanePanel& panel, double width, const PageStyle& style) {
  const QMargins margins = PlaneAxesBox(panel, style).margins(width, width);
  const double inner = std::max(1.0, width - margins.left() - margins.right());
  const double height = inner * panel.rect.height() / panel.rect.width() + margins.top() + margins.bottom();
  return titleHeight(panel.title, style) + std::ceil(height) + scalesHeight(scalesOf(panel), inner, style);
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const PlanePanel& panel, const PageStyle& style) {
  QRectF box = drawTitle(painter, cell, panel.title, style);
  PlaneAxesBox axes(panel, style);
  QMargins margins = axes.margins(box.width(), box.height());
  const std::vector<ColourScale> scales = scalesOf(panel);
  box.setHeight(box.height() - scalesHeight(scales, box.width() - margins.left() - margins.right(), style));
  const QSize size(static_cast<int>(box.width()), static_cast<int>(box.height()));
  const QSize free(size.width() - margins.left() - margins.right(),
                   size.height() - margins.top() - margins.bottom());
  if (free.width() < 1 || free.height() < 1) return; // no room for anything
  // One scale for both axes; what the content does not need stays empty on the right and below.
  const double unitsPerPixel =
      std::max(panel.rect.width() / free.width(), panel.rect.height() / free.height());
  const QSize content(std::max(1, static_cast<int>(std::lround(panel.rect.width() / unitsPerPixel))),
                      std::max(1, static_cast<int>(std::lround(panel.rect.height() / unitsPerPixel))));
  const int below = margins.bottom(); // tick labels and the axis' own
  margins.setRight(size.width() - margins.left() - content.width());
  margins.setBottom(size.height() - margins.top() - content.height());
  const PlanePoint centre{(panel.rect.left + panel.rect.right) / 2,
                          (panel.rect.lower + panel.rect.upper) / 2};
  const PlaneFrame frame(centre, unitsPerPixel, content.width(), content.height());

  painter.save();
  painter.translate(box.topLeft() + QPointF(margins.left(), margins.top()));
  painter.save();
  painter.setClipRect(QRectF(0, 0, content.width(), content.height()));
  painter.setRenderHint(QPainter::Antialiasing);
  drawTiles(painter, frame, panel, style);
  drawFields(painter, frame, panel, style);
  drawRings(painter, frame, panel, style);
  drawPoints(painter, frame, panel, style);
  drawEllipses(painter, frame, panel, style);
  drawNames(painter, frame, panel, style);
  drawPlaces(painter, frame, panel, style);
  painter.restore();
  const QRectF scaleBox(0, content.height() + below, content.width(), 0);
  drawScales(painter, scaleBox, scales, style);
  painter.translate(-margins.left(), -margins.top());
  axes.draw(painter, size, margins);
  painter.restore();
}

} // namespace latent::ui
