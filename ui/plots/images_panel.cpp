#include "ui/plots/image_tiles.h"
#include "ui/plots/page.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

/// Where the composed picture and its labels lie inside a panel.
struct ImagesLayout {
  TileLayout tiles;
  double labelColumn = 0;                  ///< width of the row labels and the gap after them
  double labelRow = 0;                     ///< height of the column labels
  double perPixel = 0;                     ///< units an image pixel
  int pictureWidth = 0, pictureHeight = 0; ///< in image pixels
};

bool anyText(const std::vector<std::string>& labels) {
  return std::any_of(labels.begin(), labels.end(), [](const std::string& label) { return !label.empty(); });
}

ImagesLayout layOut(const ImagesPanel& panel, double width, double height, const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  ImagesLayout layout;
  const int gap = std::max(1, std::min(panel.width, panel.height) / 14);
  layout.tiles = {panel.rows, panel.columns, panel.channels, panel.height, panel.width, gap, false};
  layout.pictureWidth = panel.columns * panel.width + (panel.columns - 1) * gap;
  layout.pictureHeight = panel.rows * panel.height + (panel.rows - 1) * gap;
  if (anyText(panel.rowLabels)) {
    for (const std::string& label : panel.rowLabels) {
      layout.labelColumn =
          std::max(layout.labelColumn, metrics.horizontalAdvance(QString::fromStdString(label)));
    }
    layout.labelColumn = std::min(layout.labelColumn, 0.35 * width) + 0.7 * style.em;
  }
  if (anyText(panel.columnLabels)) layout.labelRow = metrics.height() + 0.25 * style.em;
  layout.perPixel = std::max(0.0, (width - layout.labelColumn) / layout.pictureWidth);
  if (height > 0) {
    layout.perPixel =
        std::min(layout.perPixel, std::max(0.0, (height - layout.labelRow) / layout.pictureHeight));
  }
  // On a device of dots every image pixel gets the same whole number of them, if it gets one at all.
  const double dots = layout.perPixel * style.dotsPerUnit;
  if (dots >= 1) layout.perPixel = std::floor(dots + 1e-6) / style.dotsPerUnit;
  return layout;
}

} // namespace

double preferredHeight(const ImagesPanel& panel, double width, const PageStyle& style) {
  const ImagesLayout layout = layOut(panel, width, 0, style);
  return titleHeight(panel.title, style) + layout.labelRow + layout.perPixel * layout.pictureHeight;
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const ImagesPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  const ImagesLayout layout = layOut(panel, box.width(), box.height(), style);
  const QImage image = composeTiles(panel.pixels, layout.tiles, 1);
  QPointF corner = box.topLeft() + QPointF(layout.labelColumn, layout.labelRow);
  if (style.dotsPerUnit > 0) {
    corner = QPointF(std::round(corner.x() * style.dotsPerUnit), std::round(corner.y() * style.dotsPerUnit)) /
             style.dotsPerUnit;
  }
  const double scale = layout.perPixel;
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.drawImage(QRectF(corner, QSizeF(image.size()) * scale), image);

  const QFontMetricsF metrics(style.font);
  painter.setFont(style.font);
  painter.setPen(style.axes.colours.text);
  const auto text = [](const std::vector<std::string>& labels, int i) {
    return static_cast<size_t>(i) < labels.size() ? QString::fromStdString(labels[static_cast<size_t>(i)])
                                                  : QString();
  };
  const double stepX = scale * (panel.width + layout.tiles.gap),
               stepY = scale * (panel.height + layout.tiles.gap);
  for (int row = 0; row < panel.rows && layout.labelColumn > 0; ++row) {
    const double room = layout.labelColumn - 0.7 * style.em;
    const QString label = metrics.elidedText(text(panel.rowLabels, row), Qt::ElideRight, room + 1);
    const double middle = corner.y() + row * stepY + scale * panel.height / 2;
    const double x = corner.x() - 0.7 * style.em - metrics.horizontalAdvance(label);
    if (!label.isEmpty()) painter.drawText(QPointF(x, middle + metrics.capHeight() / 2), label);
  }
  for (int column = 0; column < panel.columns && layout.labelRow > 0; ++column) {
    const QString label = metrics.elidedText(text(panel.columnLabels, column), Qt::ElideRight, stepX);
    const double middle = corner.x() + column * stepX + scale * panel.width / 2;
    const QPointF at(middle - metrics.horizontalAdvance(label) / 2,
                     corner.y() - 0.25 * style.em - metrics.descent());
    if (!label.isEmpty()) painter.drawText(at, label);
  }
}

} // namespace latent::ui
