#include "ui/plots/legend_strip.h"

#include <QFontMetricsF>

#include <cmath>

namespace latent::ui {

void LegendStrip::arrange(const QString& heading, const std::vector<LegendEntry>& entries,
                          const AxisStyle& style, int width) {
  m_style = style;
  const QFontMetricsF metrics(style.tickFont);
  const double em = metrics.height();
  m_sample = 1.2 * em;
  m_row = 1.35 * em;
  m_heading = metrics.elidedText(heading, Qt::ElideRight, width);
  m_placed.clear();

  const auto advanceOf = [&](const QString& text) {
    return m_sample + 0.35 * em + metrics.horizontalAdvance(text) + 0.8 * em;
  };
  double all = -0.8 * em;
  for (const LegendEntry& entry : entries) all += advanceOf(entry.text);
  const double headingWidth = m_heading.isEmpty() ? 0 : metrics.horizontalAdvance(m_heading) + 1.2 * em;

  // One row where it fits, else the heading has a row to itself. Rows fill from the left and are then pushed
  // to the right end together.
  int row = headingWidth > 0 && headingWidth + all > width ? 1 : 0;
  double x = row == 0 ? headingWidth : 0;
  size_t rowBegin = 0;
  const auto closeRow = [&] {
    const double shift = m_placed.size() > rowBegin ? width - x + 0.8 * em : 0;
    for (size_t i = rowBegin; i < m_placed.size(); ++i) m_placed[i].at.rx() += shift;
    rowBegin = m_placed.size();
  };
  for (const LegendEntry& entry : entries) {
    LegendEntry shown = entry;
    shown.text = metrics.elidedText(entry.text, Qt::ElideRight, std::max(0.0, width - m_sample - 0.35 * em));
    const double advance = advanceOf(shown.text);
    if (x + advance - 0.8 * em > width && x > 0) {
      closeRow();
      ++row;
      x = 0;
    }
    m_placed.push_back({shown, QPointF(x, row * m_row)});
    x += advance;
  }
  closeRow();
  const bool empty = m_heading.isEmpty() && entries.empty();
  const int height = empty ? 0 : static_cast<int>(std::ceil((row + 1) * m_row));
  setMinimumSize(0, height);
  setMaximumSize(QWIDGETSIZE_MAX, height);
}

void LegendStrip::draw(QCPPainter* painter) {
  const QFontMetricsF metrics(m_style.tickFont);
  painter->setFont(m_style.tickFont);
  const QPointF origin = rect().topLeft();
  painter->setPen(m_style.colours.muted);
  if (!m_heading.isEmpty()) painter->drawText(origin + QPointF(0, metrics.ascent()), m_heading);
  for (const Placed& placed : m_placed) {
    const QPointF at = origin + placed.at;
    const double middle = at.y() + metrics.ascent() - metrics.xHeight() / 2;
    painter->setAntialiasing(true);
    painter->setPen(placed.entry.pen);
    painter->drawLine(QPointF(at.x(), middle), QPointF(at.x() + m_sample, middle));
    painter->setPen(m_style.colours.text);
    painter->drawText(at + QPointF(m_sample + 0.35 * metrics.height(), metrics.ascent()), placed.entry.text);
  }
}

std::pair<LegendStrip*, QCPLayoutGrid*> layOutPlot(QCustomPlot& plot, int margin, int rowSpacing,
                                                   int columnSpacing) {
  QCPLayoutGrid& layout = *plot.plotLayout();
  layout.clear();
  layout.setRowSpacing(4);
  layout.setMargins({margin, margin, margin, margin});
  layout.setAutoMargins(QCP::msNone);
  auto* legend = new LegendStrip(&plot);
  auto* grid = new QCPLayoutGrid;
  grid->setRowSpacing(rowSpacing);
  grid->setColumnSpacing(columnSpacing);
  layout.addElement(0, 0, legend);
  layout.addElement(1, 0, grid);
  return {legend, grid};
}

} // namespace latent::ui
