#include "core/figure/colours.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/page.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double smallestFont = 4 * unitsPerPoint; // of a number

double sideOf(const CellsPanel& panel, double width, double height) {
  const double across = width / std::max(1, panel.columns);
  return height > 0 ? std::min(across, height / std::max(1, panel.rows)) : across;
}

QColor inkOn(const QColor& ground) {
  const auto channel = [](int value) { return static_cast<uint8_t>(value); };
  const bool dark = wantsDarkInk({channel(ground.red()), channel(ground.green()), channel(ground.blue())});
  return dark ? QColor(0x1D, 0x1F, 0x22) : QColor(Qt::white);
}

/// The largest size, at most the page's own, at which each number fits into its cell; 0 = none does.
int fittingSize(const CellsPanel& panel, double side, const QFont& font) {
  const QFontMetricsF metrics(font);
  double widest = 0;
  for (const int64_t number : panel.numbers)
    if (number >= 0) widest = std::max(widest, metrics.horizontalAdvance(QString::number(number)));
  if (widest <= 0) return 0;
  const double share = std::min({1.0, 0.85 * side / widest, 0.9 * side / metrics.height()});
  const double size = share * font.pixelSize();
  return size >= smallestFont ? static_cast<int>(size) : 0;
}

} // namespace

double preferredHeight(const CellsPanel& panel, double width, const PageStyle& style) {
  return titleHeight(panel.title, style) + sideOf(panel, width, 0) * panel.rows;
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const CellsPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  const double side = sideOf(panel, box.width(), box.height());
  const double left = box.left() + (box.width() - side * panel.columns) / 2;
  const double gap = std::min(style.hair, 0.04 * side);
  QFont font = style.font;
  const int size = fittingSize(panel, side, font);
  if (size > 0) font.setPixelSize(size);
  const QFontMetricsF metrics(font);
  painter.setFont(font);
  painter.setRenderHint(QPainter::Antialiasing);
  for (size_t i = 0; i < panel.numbers.size(); ++i) {
    if (panel.numbers[i] < 0) continue;
    const auto index = static_cast<int>(i);
    const int row = index / panel.columns, column = index % panel.columns;
    const QRectF place(left + column * side, box.top() + row * side, side, side);
    const QColor fill(QString::fromStdString(panel.colours[i]));
    painter.fillRect(place.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2), fill);
    if (size == 0) continue;
    const QString number = QString::number(panel.numbers[i]);
    painter.setPen(inkOn(fill));
    painter.drawText(
        place.center() + QPointF(-metrics.horizontalAdvance(number) / 2, metrics.capHeight() / 2), number);
  }
}

} // namespace latent::ui
