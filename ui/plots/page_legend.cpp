#include "ui/plots/page_legend.h"

#include "ui/plots/figure_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <set>
#include <tuple>

namespace latent::ui {
namespace {

// In ems.
constexpr double line = 1.8;    // length of a line's sample
constexpr double toText = 0.45; // from there to its words
constexpr double between = 1.1; // from one column to the next
constexpr double below = 0.4;

} // namespace

PageLegend::PageLegend(const Figure& figure, double width, const PageStyle& style) : m_style(style) {
  const QFontMetricsF metrics(style.font);
  m_rowHeight = 1.2 * metrics.height();
  std::set<std::tuple<std::string, std::string, int, int>> known;
  for (const FigurePanel& any : figure.panels) {
    const auto* panel = std::get_if<CurvesPanel>(&any);
    if (!panel || !panel->legend) continue;
    for (const FigureSeries& series : panel->series) {
      if (!series.inLegend || series.label.empty()) continue;
      if (!known.insert({series.label, series.colour, series.pattern, series.marker}).second) continue;
      const double room = std::max(0.0, width - (line + toText) * style.em);
      m_entries.push_back(
          {metrics.elidedText(figureText(series.label), Qt::ElideMiddle, room),
           curvePen(QColor(QString::fromStdString(series.colour)), series.pattern, style.curve),
           series.marker == 0 ? QCPScatterStyle() : sampleStyle(series, style),
           {}});
    }
  }
  if (!m_entries.empty()) arrange(width);
}

/// As many columns as fit, filled downwards; the last holds more than one entry.
void PageLegend::arrange(double width) {
  const QFontMetricsF metrics(m_style.font);
  const size_t count = m_entries.size();
  const auto widest = [&](size_t begin, size_t end) {
    double most = 0;
    for (size_t i = begin; i < std::min(end, count); ++i)
      most = std::max(most, metrics.horizontalAdvance(m_entries[i].text));
    return (line + toText) * m_style.em + most;
  };
  for (size_t rows = 1; rows <= count; ++rows) {
    double x = 0;
    for (size_t begin = 0; begin < count; begin += rows) {
      if (begin > 0) x += between * m_style.em;
      for (size_t i = begin; i < std::min(begin + rows, count); ++i)
        m_entries[i].at = QPointF(x, static_cast<double>(i - begin) * m_rowHeight);
      x += widest(begin, begin + rows);
    }
    m_rows = static_cast<int>(rows);
    const bool orphan = rows > 1 && count % rows == 1; // a last column of one entry
    if ((x > width || orphan) && rows < count) continue;
    // A single row ends where the axes end.
    for (Entry& entry : m_entries)
      if (rows == 1) entry.at.rx() += std::max(0.0, width - x - m_style.em);
    return;
  }
}

double PageLegend::height() const {
  return m_entries.empty() ? 0 : m_rows * m_rowHeight + below * m_style.em;
}

double PageLegend::extraHeight() const {
  return std::max(0, m_rows - 2) * m_rowHeight;
}

void PageLegend::draw(QCPPainter& painter, const QPointF& topLeft) const {
  const QFontMetricsF metrics(m_style.font);
  painter.setFont(m_style.font);
  for (const Entry& entry : m_entries) {
    const QPointF at = topLeft + entry.at;
    const double middle = at.y() + metrics.ascent() - metrics.xHeight() / 2;
    const double length = line * m_style.em;
    painter.setPen(entry.pen);
    painter.drawLine(QPointF(at.x(), middle), QPointF(at.x() + length, middle));
    if (!entry.sample.isNone()) {
      entry.sample.applyTo(&painter, entry.pen);
      entry.sample.drawShape(&painter, QPointF(at.x() + length / 2, middle));
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_style.axes.colours.text);
    painter.drawText(at + QPointF(length + toText * m_style.em, metrics.ascent()), entry.text);
  }
}

} // namespace latent::ui
