#include "ui/plots/set_text.h"

#include "core/figure/report.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/fonts.h"
#include "ui/plots/page.h"

#include <QPainter>
#include <QTextOption>

#include <algorithm>
#include <cmath>

namespace latent::ui {

TextStyle::TextStyle(double points, bool medium)
    : colour(PlotColours::light().text), size(points * unitsPerPoint) {
  font.setFamily(bundledFontFamily());
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(size))));
  font.setHintingPreference(QFont::PreferNoHinting);
  if (medium) font.setWeight(QFont::Medium);
}

SetText::SetText(const std::string& text, double width, const TextStyle& style, const QString& lead)
    : m_colour(style.colour), m_lineHeight(style.lineHeight * style.size) {
  QString plain = lead.isEmpty() ? QString() : lead + u' ';
  QList<QTextLayout::FormatRange> formats;
  if (!lead.isEmpty()) {
    QTextCharFormat medium;
    medium.setFontWeight(QFont::Medium);
    formats << QTextLayout::FormatRange{0, static_cast<int>(lead.size()), medium};
  }
  for (const TextSpan& span : spansOf(text)) {
    const QString words = figureText(span.text);
    if (span.lowered) {
      QTextCharFormat lowered;
      lowered.setVerticalAlignment(QTextCharFormat::AlignSubScript);
      formats << QTextLayout::FormatRange{static_cast<int>(plain.size()), static_cast<int>(words.size()),
                                          lowered};
    }
    plain += words;
  }
  m_layout = std::make_unique<QTextLayout>(plain, style.font);
  QTextOption option;
  option.setUseDesignMetrics(true);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  m_layout->setTextOption(option);
  m_layout->setFormats(formats);
  m_layout->beginLayout();
  for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine())
    line.setLineWidth(width);
  m_layout->endLayout();
}

double SetText::width() const {
  double width = 0;
  for (int i = 0; i < lines(); ++i) width = std::max(width, m_layout->lineAt(i).naturalTextWidth());
  return width;
}

void SetText::draw(QPainter& painter, const QPointF& at, int first, int count) const {
  painter.setPen(m_colour);
  for (int i = first; i < first + count; ++i) {
    // A lowered letter must not move its line: baselines stand at equal distances.
    const QTextLine line = m_layout->lineAt(i);
    const double baseline = at.y() + (i - first) * m_lineHeight + 0.77 * m_lineHeight;
    line.draw(&painter, QPointF(at.x(), baseline - line.ascent()) - QPointF(0, line.y()));
  }
}

} // namespace latent::ui
