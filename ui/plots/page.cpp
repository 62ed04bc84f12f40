#include "ui/plots/page.h"

#include "ui/plots/figure_text.h"
#include "ui/plots/fonts.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace latent::ui {

PageStyle::PageStyle(const Figure& figure, double dots)
    : em(figure.fontPoints * unitsPerPoint),
      curve(figure.curvePoints * unitsPerPoint),
      hair(0.55 * curve),
      greyscale(figure.greyscale),
      smooth(figure.smooth),
      dotsPerUnit(dots) {
  font.setFamily(bundledFontFamily());
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(em))));
  font.setHintingPreference(QFont::PreferNoHinting); // the same outlines at every size
  headingFont = font;
  headingFont.setWeight(QFont::Medium);
  axes.colours = PlotColours::light();
  if (greyscale) {
    for (QColor* colour :
         {&axes.colours.text, &axes.colours.muted, &axes.colours.line, &axes.colours.accent}) {
      const int level = qGray(colour->rgb());
      *colour = QColor(level, level, level);
    }
  }
  axes.tickFont = axes.labelFont = font;
  axes.lineWidth = hair;
  axes.gridWidth = 0.4 * curve;
  axes.labelGap = 0.35 * em;
}

int enlargement(double unitsPerPixel, int side, const PageStyle& style) {
  if (!style.smooth) return 1;
  constexpr double vectorDots = 300 / 72.0 / unitsPerPoint; // a unit, where the device has none of its own
  constexpr int mostDots = 16, largestSide = 8192;
  const double dots = unitsPerPixel * (style.dotsPerUnit > 0 ? style.dotsPerUnit : vectorDots);
  const int most = style.dotsPerUnit > 0 ? largestSide : mostDots;
  return std::clamp(static_cast<int>(std::lround(dots)), 1,
                    std::max(1, std::min(most, largestSide / std::max(1, side))));
}

double titleHeight(const std::string& title, const PageStyle& style) {
  return title.empty() ? 0 : std::ceil(QFontMetricsF(style.headingFont).height() + 0.5 * style.em);
}

QRectF drawTitle(QPainter& painter, const QRectF& cell, const std::string& title, const PageStyle& style) {
  if (title.empty()) return cell;
  const QFontMetricsF metrics(style.headingFont);
  painter.setFont(style.headingFont);
  painter.setPen(style.axes.colours.text);
  const QString shown = metrics.elidedText(figureText(title), Qt::ElideMiddle, cell.width());
  painter.drawText(cell.topLeft() + QPointF(0, metrics.ascent()), shown);
  return cell.adjusted(0, titleHeight(title, style), 0, 0);
}

} // namespace latent::ui
