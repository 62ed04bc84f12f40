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
  double labelsLeft = 0;
  double left = 0;     ///< of the images
  double labelRow = 0; ///< height of the column labels
  double perPixel = 0; ///< units an image pixel
  int gap = 1;         ///< between images, in image pixels
  int rowGap = 1;      ///< between rows, where a label of several lines wants more
  double above = 0;    ///< the first row, where its label is higher than its images

  double pictureHeight(const ImagesPanel& panel) const {
    return perPixel * (panel.rows * panel.height + (panel.rows - 1) * rowGap);
  }
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

/// The labels of the rows in lines of at most this width; returns the width of the widest.
double breakLabels(const ImagesPanel& panel, double room, int most, const QFontMetricsF& metrics,
                   ImagesLayout& layout) {
  double widest = 0;
  layout.labels.clear();
  for (const std::string& label : panel.rowLabels) {
    layout.labels.push_back(wrapped(figureText(label), metrics, room, most));
    for (const QString& line : layout.labels.back())
      widest = std::max(widest, metrics.horizontalAdvance(line));
  }
  return widest;
}

double highest(const ImagesLayout& layout, const QFontMetricsF& metrics) {
  qsizetype lines = 0;
  for (const QStringList& label : layout.labels) lines = std::max(lines, label.size());
  return static_cast<double>(lines) * metrics.height();
}

/// With labels of at most so many lines. `height` 0 = as much as the width wants.
ImagesLayout layOut(const ImagesPanel& panel, double width, double height, int lines,
                    const PageStyle& style) {
  const QFontMetricsF metrics(style.font);
  ImagesLayout layout;
  const int columns = std::max(panel.columns, panel.places);
  layout.gap = std::max(1, std::min(panel.width, panel.height) / 14);
  if (anyText(panel.columnLabels)) layout.labelRow = metrics.height() + 0.25 * style.em;
  const double forHeight = height > 0 ? std::max(0.0, height - layout.labelRow) : 0;
  const double pixelsAcross = pictureSide(columns, panel.width, layout.gap);
  const double perPixelOfHeight = forHeight / pictureSide(panel.rows, panel.height, layout.gap);
  double labelColumn = 0;
  if (anyText(panel.rowLabels)) {
    // A page of given height may leave more beside the images than they share with their labels.
    const double beside = height > 0 ? width - perPixelOfHeight * pixelsAcross : 0;
    const double toImages = 0.7 * style.em;
    labelColumn = toImages +
                  breakLabels(panel, std::max(labelShare * width, beside) - toImages, lines, metrics, layout);
  }
  const double forWidth = std::max(0.0, width - labelColumn);
  // On a device of dots every image pixel gets the same whole number of them, if it gets one at all.
  const auto whole = [&](double perPixel) {
    const double dots = perPixel * style.dotsPerUnit;
    return dots >= 1 ? std::floor(dots + 1e-6) / style.dotsPerUnit : perPixel;
  };
  layout.perPixel = whole(forWidth / pixelsAcross);
  const bool limited = height > 0 && whole(perPixelOfHeight) < layout.perPixel * (1 - 1e-6);
  if (limited) layout.perPixel = whole(perPixelOfHeight);
  if (layout.perPixel * style.dotsPerUnit >= 1)
    layout.gap = widened(panel, columns, layout, forWidth, forHeight);
  // Images end where the panel ends; without labels, or where height leaves room, all of it stands in the
  // middle.
  const double rest = forWidth - layout.perPixel * pictureSide(columns, panel.width, layout.gap);
  const bool middle = limited || labelColumn <= 0;
  layout.labelsLeft = middle ? rest / 2 : 0;
  layout.left = labelColumn + (middle ? rest / 2 : rest);
  // Rows are as far apart as the highest label wants, in whole pixels of what is one picture.
  const double image = layout.perPixel * panel.height, label = highest(layout, metrics);
  layout.rowGap = layout.gap;
  if (layout.perPixel > 0)
    layout.rowGap =
        std::max(layout.gap, static_cast<int>(std::ceil((label - image) / layout.perPixel - 1e-6)));
  layout.above = std::max(0.0, (label - image) / 2);
  return layout;
}

/// As high as wanted at most: labels give way first, then they stand closer than they should.
ImagesLayout layOut(const ImagesPanel& panel, double width, double height, const PageStyle& style) {
  ImagesLayout layout = layOut(panel, width, height, mostLines, style);
  const auto tooHigh = [&] {
    return height > 0 && layout.labelRow + 2 * layout.above + layout.pictureHeight(panel) > height + 1;
  };
  for (int lines = mostLines - 1; lines > 0 && tooHigh(); --lines)
    layout = layOut(panel, width, height, lines, style);
  if (tooHigh()) layout.above = 0;
  while (tooHigh() && layout.rowGap > layout.gap) --layout.rowGap;
  return layout;
}

} // namespace

double preferredHeight(const ImagesPanel& panel, double width, const PageStyle& style) {
  const ImagesLayout layout = layOut(panel, width, 0, style);
  return titleHeight(panel.title, style) + layout.labelRow + 2 * layout.above + layout.pictureHeight(panel);
}

void drawPanel(QCPPainter& painter, const QRectF& cell, const ImagesPanel& panel, const PageStyle& style) {
  const QRectF box = drawTitle(painter, cell, panel.title, style);
  const ImagesLayout layout = layOut(panel, box.width(), box.height(), style);
  const double scale = layout.perPixel;
  const auto onDots = [&](double units) {
    return style.dotsPerUnit > 0 ? std::round(units * style.dotsPerUnit) / style.dotsPerUnit : units;
  };
  const double left = onDots(box.left() + layout.left);
  const double top = onDots(box.top() + layout.labelRow + layout.above);
  const int across = pictureSide(panel.columns, panel.width, layout.gap);
  const int down = pictureSide(panel.rows, panel.height, layout.rowGap);
  painter.setRenderHint(QPainter::Antialiasing, false);
  // One picture: one object in a file.
  const QImage image =
      composeTiles(panel.pixels,
                   {panel.rows, panel.columns, panel.channels, panel.height, panel.width, layout.gap, false,
                    layout.rowGap, enlargement(scale, std::max(across, down), style)},
                   1);
  painter.drawImage(QRectF(left, top, across * scale, down * scale), image);

  const QFontMetricsF metrics(style.font);
  painter.setFont(style.font);
  painter.setPen(style.axes.colours.text);
  for (int row = 0; row < panel.rows && static_cast<size_t>(row) < layout.labels.size(); ++row) {
    const QStringList& lines = layout.labels[static_cast<size_t>(row)];
    const double middle = top + scale * (row * (panel.height + layout.rowGap) + panel.height / 2.0);
    const double span = static_cast<double>(lines.size() - 1) * metrics.height() + metrics.capHeight();
    for (qsizetype i = 0; i < lines.size(); ++i)
      painter.drawText(QPointF(box.left() + layout.labelsLeft, middle - span / 2 + metrics.capHeight() +
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
