#include "ui/plots/figure_text.h"
#include "ui/plots/image_tiles.h"
#include "ui/plots/page.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int mostLines = 3;           // of a row's label
constexpr double labelShare = 1 / 3.0; // of the width at most

/// Where the images and their labels lie inside a panel, in units.
struct ImagesLayout {
  std::vector<QStringList> labels; ///< of the rows, broken into lines
  double left = 0;                 ///< of the images
  double labelRow = 0;             ///< height of the column labels
  double perPixel = 0;             ///< units an image pixel
  int gap = 1;                     ///< between images, in image pixels
  double rowHeight = 0;            ///< of image or label, whichever is higher
  double rowStep = 0;
};

bool anyText(const std::vector<std::string>& labels) {
  return std::any_of(labels.begin(), labels.end(), [](const std::string& label) { return !label.empty(); });
}

int pictureSide(int count, int side, int gap) {
  return count * side + (count - 1) * gap;
}

/// Widens the gaps by whole image pixels with what whole dots a pixel leave of the width.
int widened(const ImagesPanel& panel, int columns, const ImagesLayout& layout, double width, double height) {
  const int widest = std::max(layout.gap, std::min(panel.width, panel.height) / 4);
  int gap = layout.gap;
  while (gap < widest && pictureSide(columns, panel.width, gap + 1) * layout.perPixel <= width &&
         (height <= 0 || pictureSide(panel.rows, panel.height, gap + 1) * layout.perPixel <= height))
    ++gap;
  return gap;
}

ImagesLayout layOut(const ImagesPanel& panel, double width, double height, const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  ImagesLayout layout;
  const int columns = std::max(panel.columns, panel.places);
  layout.gap = std::max(1, std::min(panel.width, panel.height) / 14);
  double labelColumn = 0;
  qsizetype lines = 0;
  if (anyText(panel.rowLabels)) {
    const double room = labelShare * width - 0.7 * style.em;
    for (const std::string& label : panel.rowLabels) {
      layout.labels.push_back(wrapped(figureText(label), metrics, room, mostLines));
      lines = std::max(lines, layout.labels.back().size());
      for (const QString& line : layout.labels.back())
        labelColumn = std::max(labelColumn, metrics.horizontalAdvance(line));
    }
    labelColumn += 0.7 * style.em;
  }
  if (anyText(panel.columnLabels)) layout.labelRow = metrics.height() + 0.25 * style.em;
  const double forWidth = std::max(0.0, width - labelColumn);
  const double forHeight = height > 0 ? std::max(0.0, height - layout.labelRow) : 0;
  layout.perPixel = forWidth / pictureSide(columns, panel.width, layout.gap);
  if (height > 0)
    layout.perPixel =
        std::min(layout.perPixel, forHeight / pictureSide(panel.rows, panel.height, layout.gap));
  // On a device of dots every image pixel gets the same whole number of them, if it gets one at all.
  const double dots = layout.perPixel * style.dotsPerUnit;
  if (dots >= 1) {
    layout.perPixel = std::floor(dots + 1e-6) / style.dotsPerUnit;
    layout.gap = widened(panel, columns, layout, forWidth, forHeight);
  }
  // Images end where the panel ends; without labels they stand in the middle.
  const double rest = forWidth - layout.perPixel * pictureSide(columns, panel.width, layout.gap);
  layout.left = labelColumn > 0 ? labelColumn + rest : rest / 2;
  layout.rowHeight = std::max(layout.perPixel * panel.height, static_cast<double>(lines) * metrics.height());
  layout.rowStep = layout.rowHeight + layout.perPixel * layout.gap;
  if (height > 0 && panel.rows > 1)
    layout.rowStep = std::min(layout.rowStep, std::max(layout.perPixel * (panel.height + layout.gap),
                                                       (forHeight - layout.rowHeight) / (panel.rows - 1)));
  return layout;
}

/// The images of `rows` rows from `first` on, as one picture.
QImage pictureOf(const ImagesPanel& panel, const ImagesLayout& layout, int first, int rows) {
  const TileLayout tiles{rows, panel.columns, panel.channels, panel.height, panel.width, layout.gap, false};
  if (rows == panel.rows) return composeTiles(panel.pixels, tiles, 1);
  const auto size = static_cast<ptrdiff_t>(panel.columns) * panel.channels * panel.height * panel.width;
  return composeTiles({panel.pixels.begin() + first * size, panel.pixels.begin() + (first + rows) * size},
                      tiles, 1);
}

} // namespace

double preferredHeight(const ImagesPanel& panel, double width, const PageStyle& style) {
  const ImagesLayout layout = layOut(panel, width, 0, style);
  return titleHeight(panel.title, style) + layout.labelRow + (panel.rows - 1) * layout.rowStep +
         layout.rowHeight;
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const ImagesPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  const ImagesLayout layout = layOut(panel, box.width(), box.height(), style);
  const double scale = layout.perPixel;
  const auto onDots = [&](double units) {
    return style.dotsPerUnit > 0 ? std::round(units * style.dotsPerUnit) / style.dotsPerUnit : units;
  };
  const double left = onDots(box.left() + layout.left);
  const double top = box.top() + layout.labelRow;
  const double above =
      (layout.rowHeight - scale * panel.height) / 2; // where a label is higher than its images
  // One picture where the rows follow each other closely: one object in a file.
  const bool close = std::abs(layout.rowStep - scale * (panel.height + layout.gap)) < 1e-6;
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (int row = 0; row < panel.rows; row += close ? panel.rows : 1) {
    const QImage image = pictureOf(panel, layout, row, close ? panel.rows : 1);
    const QPointF corner(left, onDots(top + row * layout.rowStep + above));
    painter.drawImage(QRectF(corner, QSizeF(image.size()) * scale), image);
  }

  const QFontMetricsF metrics(style.font);
  painter.setFont(style.font);
  painter.setPen(style.axes.colours.text);
  for (int row = 0; row < panel.rows && static_cast<size_t>(row) < layout.labels.size(); ++row) {
    const QStringList& lines = layout.labels[static_cast<size_t>(row)];
    const double middle = top + row * layout.rowStep + layout.rowHeight / 2;
    const double span = static_cast<double>(lines.size() - 1) * metrics.height() + metrics.capHeight();
    for (qsizetype i = 0; i < lines.size(); ++i)
      painter.drawText(QPointF(box.left(), middle - span / 2 + metrics.capHeight() +
                                               static_cast<double>(i) * metrics.height()),
                       lines[i]);
  }
  const double stepX = scale * (panel.width + layout.gap);
  for (int column = 0; column < panel.columns && layout.labelRow > 0; ++column) {
    if (static_cast<size_t>(column) >= panel.columnLabels.size()) break;
    const QString label = metrics.elidedText(figureText(panel.columnLabels[static_cast<size_t>(column)]),
                                             Qt::ElideRight, stepX);
    const double middle = left + column * stepX + scale * panel.width / 2;
    painter.drawText(QPointF(middle - metrics.horizontalAdvance(label) / 2,
                             box.top() + layout.labelRow - 0.25 * style.em - metrics.descent()),
                     label);
  }
}

} // namespace latent::ui
