#include "ui/plots/colour_scale.h"

#include "ui/plots/figure_text.h"
#include "ui/plots/page_ink.h"

#include <QFontMetricsF>
#include <QLinearGradient>

#include <algorithm>

namespace latent::ui {
namespace {

// In ems.
constexpr double above = 0.7; // of the first
constexpr double gap = 0.5;   // between words and bar
constexpr double shortestBar = 6, longestBar = 14;

struct ScaleWords {
  QString low, high;
  double bar = 0; ///< width with both numbers, of the shortest bar
};

ScaleWords wordsOf(const ColourScale& scale, const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  constexpr double nothing = 1e-3; // of the highest value: no difference that a colour shows
  const bool zero = scale.low >= 0 && scale.low < nothing * scale.high;
  ScaleWords words{numberText(zero ? 0 : scale.low, 3), numberText(scale.high, 3), 0};
  words.bar = metrics.horizontalAdvance(words.low) + metrics.horizontalAdvance(words.high) +
              (2 * gap + shortestBar) * style.em;
  return words;
}

/// All alike: name beside bar, or above it.
bool areOneLine(const std::vector<ColourScale>& scales, double width, const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  return std::ranges::all_of(scales, [&](const ColourScale& scale) {
    return metrics.horizontalAdvance(scale.name) + gap * style.em + wordsOf(scale, style).bar <= width;
  });
}

} // namespace

std::vector<ColourScale> scalesOf(const PlanePanel& panel) {
  std::vector<ColourScale> scales;
  for (const PlaneField& field : panel.fields)
    scales.push_back({figureText(field.name), field.low, field.high});
  if (!panel.pointValue.empty())
    scales.push_back({figureText(panel.valueName), panel.valueLow, panel.valueHigh});
  return scales;
}

double scalesHeight(const std::vector<ColourScale>& scales, double width, const PageStyle& style) {
  const double line = 1.15 * QFontMetricsF(style.font).height();
  double height = scales.empty() ? 0 : above * style.em;
  height += static_cast<double>(scales.size()) * (areOneLine(scales, width, style) ? line : 2 * line);
  return height;
}

void drawScales(QPainter& painter, const QRectF& box, const std::vector<ColourScale>& scales,
                const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  const double line = 1.15 * metrics.height();
  double top = box.top() + above * style.em;
  const bool one = areOneLine(scales, box.width(), style);
  painter.setFont(style.font);
  for (const ColourScale& scale : scales) {
    const ScaleWords words = wordsOf(scale, style);
    const QString name = metrics.elidedText(scale.name, Qt::ElideRight, box.width());
    painter.setPen(style.axes.colours.text);
    painter.drawText(QPointF(box.left(), top + metrics.ascent()), name);
    if (!one) top += line;
    const double room = one ? box.width() - metrics.horizontalAdvance(name) - gap * style.em : box.width();
    const double bar = std::min(longestBar * style.em, room - words.bar + shortestBar * style.em);
    const double whole = bar + words.bar - shortestBar * style.em;
    double x = one ? box.right() - whole : box.left();
    painter.drawText(QPointF(x, top + metrics.ascent()), words.low);
    x += metrics.horizontalAdvance(words.low) + gap * style.em;
    const QRectF place(x, top + metrics.ascent() - metrics.capHeight(), bar, metrics.capHeight());
    QLinearGradient colours(place.topLeft(), place.topRight());
    for (int i = 0; i <= 8; ++i) colours.setColorAt(i / 8.0, fieldInk(i / 8.0, style));
    painter.fillRect(place, colours);
    painter.drawText(QPointF(place.right() + gap * style.em, top + metrics.ascent()), words.high);
    top += line;
  }
}

} // namespace latent::ui
