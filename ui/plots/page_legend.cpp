#include "ui/plots/page_legend.h"

#include "ui/plots/class_points.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/page_ink.h"

#include <QFontMetricsF>

#include <algorithm>
#include <set>

namespace latent::ui {
namespace {

// In ems.
constexpr double lineLength = 1.8;
constexpr double markWidth = 0.6;
constexpr double toText = 0.45; // from the sample to its words
constexpr double between = 1.1; // from one column to the next

} // namespace

PageLegend::PageLegend(const Figure& figure, const PageStyle& style) : m_style(style) {
  m_rowHeight = 1.2 * QFontMetricsF(style.font).height();
  if (figure.legend == LegendPlace::none) return;
  for (const FigurePanel& any : figure.panels) {
    if (const auto* panel = std::get_if<CurvesPanel>(&any)) addCurves(*panel);
    if (const auto* panel = std::get_if<PlanePanel>(&any)) addClasses(*panel);
  }
}

bool PageLegend::isKnown(const Entry& entry) const {
  return std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& other) {
    return other.text == entry.text && other.line == entry.line && other.shape == entry.shape &&
           other.ink == entry.ink && other.sample.shape() == entry.sample.shape();
  });
}

void PageLegend::addCurves(const CurvesPanel& panel) {
  if (!panel.legend) return;
  for (const FigureSeries& series : panel.series) {
    if (!series.inLegend || series.label.empty()) continue;
    Entry entry;
    entry.text = figureText(series.label);
    entry.line = curvePen(QColor(QString::fromStdString(series.colour)), series.pattern, m_style.curve);
    if (series.marker != 0) entry.sample = sampleStyle(series, m_style);
    if (!isKnown(entry)) m_entries.push_back(std::move(entry));
  }
}

void PageLegend::addClasses(const PlanePanel& panel) {
  const bool named = panel.classNames && !m_style.greyscale;
  if (named || !panel.pointValue.empty()) return;
  const std::set<int64_t> present(panel.pointLabel.begin(), panel.pointLabel.end());
  for (const int64_t label : present) {
    if (label < 0 || static_cast<size_t>(label) >= panel.classes.size()) continue;
    Entry entry;
    entry.text = figureText(panel.classes[static_cast<size_t>(label)]);
    entry.shape = m_style.greyscale ? classShape(label) : PointShape::disc;
    entry.ink = classInk(label, m_style);
    if (!isKnown(entry)) m_entries.push_back(std::move(entry));
  }
}

double PageLegend::sampleWidth() const {
  const bool lines =
      std::any_of(m_entries.begin(), m_entries.end(), [](const Entry& e) { return e.line.has_value(); });
  return ((lines ? lineLength : markWidth) + toText) * m_style.em;
}

void PageLegend::arrangeAcross(double width) {
  if (isEmpty()) return;
  const QFontMetricsF metrics(m_style.font);
  const size_t count = m_entries.size();
  const double sample = sampleWidth();
  for (Entry& entry : m_entries)
    entry.shown = {metrics.elidedText(entry.text, Qt::ElideMiddle, std::max(0.0, width - sample))};
  const auto widest = [&](size_t begin, size_t end) {
    double most = 0;
    for (size_t i = begin; i < std::min(end, count); ++i)
      most = std::max(most, metrics.horizontalAdvance(m_entries[i].shown.front()));
    return sample + most;
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
    for (Entry& entry : m_entries)
      if (rows == 1) entry.at.rx() += std::max(0.0, width - x - m_style.em);
    break;
  }
  m_size = QSizeF(width, m_rows * m_rowHeight);
}

void PageLegend::arrangeDown(double width) {
  if (isEmpty()) return;
  constexpr int mostLines = 3; // of an entry
  const QFontMetricsF metrics(m_style.font);
  const double sample = sampleWidth();
  double top = 0, widest = 0;
  for (Entry& entry : m_entries) {
    entry.shown = wrapped(entry.text, metrics, std::max(m_style.em, width - sample), mostLines);
    entry.at = QPointF(0, top);
    for (const QString& line : entry.shown) widest = std::max(widest, metrics.horizontalAdvance(line));
    top +=
        m_rowHeight + static_cast<double>(std::max<qsizetype>(0, entry.shown.size() - 1)) * metrics.height();
  }
  m_rows = static_cast<int>(m_entries.size());
  m_size = QSizeF(sample + widest, top);
}

void PageLegend::draw(QCPPainter& painter, const QPointF& topLeft) const {
  const QFontMetricsF metrics(m_style.font);
  const double sample = sampleWidth() - toText * m_style.em;
  painter.setFont(m_style.font);
  for (const Entry& entry : m_entries) {
    const QPointF at = topLeft + entry.at;
    const QPointF middle = at + QPointF(sample / 2, metrics.ascent() - metrics.xHeight() / 2);
    if (entry.line) {
      painter.setPen(*entry.line);
      painter.drawLine(middle - QPointF(sample / 2, 0), middle + QPointF(sample / 2, 0));
    }
    if (!entry.sample.isNone()) {
      entry.sample.applyTo(&painter, entry.line.value_or(QPen()));
      entry.sample.drawShape(&painter, middle);
    }
    if (entry.shape) drawMarks(painter, *entry.shape, entry.ink, markWidth * m_style.em, {middle});
    painter.setBrush(Qt::NoBrush);
    painter.setPen(m_style.axes.colours.text);
    for (qsizetype i = 0; i < entry.shown.size(); ++i)
      painter.drawText(at + QPointF(sample + toText * m_style.em,
                                    metrics.ascent() + static_cast<double>(i) * metrics.height()),
                       entry.shown[i]);
  }
}

} // namespace latent::ui
