#include "ui/plots/curve_readout.h"

namespace latent::ui {
namespace {

constexpr const char* layerName = "pointer";
constexpr double distance = 10; // px from the sample to its words
constexpr int padX = 8, padY = 5;

} // namespace

CurveReadout::CurveReadout(QCustomPlot& plot) : m_plot(&plot) {
  plot.addLayer(layerName);
  plot.layer(layerName)->setMode(QCPLayer::lmBuffered);
  m_ring = new QCPItemTracer(m_plot);
  m_ring->setStyle(QCPItemTracer::tsCircle);
  m_ring->setSize(8);
  m_ring->position->setType(QCPItemPosition::ptAbsolute);
  m_bubble = new QCPItemText(m_plot);
  m_bubble->position->setType(QCPItemPosition::ptAbsolute);
  m_bubble->setPadding({padX, padY, padX, padY});
  m_bubble->setTextAlignment(Qt::AlignLeft);
  for (QCPAbstractItem* item : std::initializer_list<QCPAbstractItem*>{m_ring, m_bubble}) {
    item->setLayer(layerName);
    item->setClipToAxisRect(false);
    item->setSelectable(false);
    item->setVisible(false);
  }
}

void CurveReadout::restyle(const AxisStyle& style, const QColor& ground) {
  m_ring->setPen(QPen(style.colours.ground, 1.5));
  m_bubble->setFont(style.tickFont);
  m_bubble->setColor(style.colours.text);
  m_bubble->setPen(QPen(style.colours.line, 1));
  m_bubble->setBrush(ground);
}

void CurveReadout::show(const QPointF& sample, const QColor& colour, const QString& words) {
  m_ring->setBrush(colour);
  m_ring->position->setCoords(sample);
  m_bubble->setText(words);
  // Above and to the right of the sample, turned over where the plot ends.
  const QSize size = QFontMetrics(m_bubble->font()).size(0, words) + QSize(2 * padX + 2, 2 * padY + 2);
  const bool left = sample.x() + distance + size.width() > m_plot->width();
  const bool below = sample.y() - distance - size.height() < 0;
  m_bubble->setPositionAlignment((left ? Qt::AlignRight : Qt::AlignLeft) |
                                 (below ? Qt::AlignTop : Qt::AlignBottom));
  m_bubble->position->setCoords(sample + QPointF(left ? -distance : distance, below ? distance : -distance));
  m_ring->setVisible(true);
  m_bubble->setVisible(true);
  m_plot->layer(layerName)->replot();
}

void CurveReadout::hide() {
  if (!m_bubble->visible()) return;
  m_ring->setVisible(false);
  m_bubble->setVisible(false);
  m_plot->layer(layerName)->replot();
}

} // namespace latent::ui
