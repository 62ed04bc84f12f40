#include "ui/plots/figure_painter.h"

#include "ui/plots/figure_files.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/fonts.h"
#include "ui/plots/page.h"
#include "ui/plots/page_legend.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QImageWriter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace latent::ui {

PageStyle::PageStyle(double fontPoints) : em(fontPoints * unitsPerPoint) {
  font.setFamily(bundledFontFamily());
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(em))));
  font.setHintingPreference(QFont::PreferNoHinting); // the same outlines at every size
  headingFont = font;
  headingFont.setWeight(QFont::Medium);
  curve = 0.9 * unitsPerPoint;
  hair = 0.5 * unitsPerPoint;
  axes.colours = PlotColours::light();
  axes.tickFont = axes.labelFont = font;
  axes.lineWidth = hair;
  axes.gridWidth = 0.35 * unitsPerPoint;
  axes.labelGap = 0.35 * em;
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

namespace {

/// The legend and the cells of the panels on a page, and the page's size in units.
struct PageLayout {
  PageLegend legend;
  QPointF legendAt;
  std::vector<QRectF> cells;
  QSizeF size;
};

PageLayout layOut(const Figure& figure, const PageStyle& style) {
  const double gap = 1.5 * style.em;
  const double edge = 0.25 * style.em; // ink at the very edge is lost in print
  const double width = figure.widthMm * unitsPerMm;
  PageLayout layout{PageLegend(figure, std::max(1.0, width - 2 * edge), style), {}, {}, {}};
  const int count = static_cast<int>(figure.panels.size());
  const int columns = std::clamp(figure.panelColumns, 1, std::max(1, count));
  const int rows = (count + columns - 1) / columns;
  const double cellWidth = std::max(1.0, (width - 2 * edge - (columns - 1) * gap) / columns);

  std::vector<double> heights(static_cast<size_t>(rows), 1);
  for (int i = 0; i < count; ++i) {
    const auto wanted = [&](const auto& panel) { return preferredHeight(panel, cellWidth, style); };
    double& row = heights[static_cast<size_t>(i / columns)];
    row = std::max(row, std::visit(wanted, figure.panels[static_cast<size_t>(i)]));
  }
  double panels = 0;
  for (double height : heights) panels += height;
  const double title = titleHeight(figure.title, style);
  const double around = 2 * edge + title + layout.legend.height() + gap * std::max(0, rows - 1);
  const double height =
      figure.heightMm > 0 ? figure.heightMm * unitsPerMm + layout.legend.extraHeight() : around + panels;
  const double scale = figure.heightMm > 0 ? std::max(1.0, height - around) / std::max(1.0, panels) : 1;

  layout.legendAt = QPointF(edge, edge + title);
  double top = edge + title + layout.legend.height();
  for (int i = 0; i < count; ++i) {
    const double rowHeight = heights[static_cast<size_t>(i / columns)] * scale;
    layout.cells.emplace_back(edge + (i % columns) * (cellWidth + gap), top, cellWidth, rowHeight);
    if (i % columns == columns - 1) top += rowHeight + gap;
  }
  layout.size = QSizeF(width, height);
  return layout;
}

void paintPage(QCPPainter& painter, const Figure& figure, const PageLayout& layout, const PageStyle& style) {
  painter.setModes(QCPPainter::pmVectorized | QCPPainter::pmNoCaching | QCPPainter::pmNonCosmetic);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing |
                         QPainter::LosslessImageRendering);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  const double edge = 0.25 * style.em;
  drawTitle(painter, QRectF(QPointF(0, 0), layout.size).adjusted(edge, edge, -edge, -edge), figure.title,
            style);
  layout.legend.draw(painter, layout.legendAt);
  for (size_t i = 0; i < figure.panels.size(); ++i) {
    std::visit([&](const auto& panel) { drawPanel(painter, layout.cells[i], panel, style); },
               figure.panels[i]);
  }
}

Error cannotWrite(const QString& file, const QString& reason) {
  return workError(QStringLiteral("The figure %1 cannot be written: %2.").arg(file, reason).toStdString());
}

Result<QByteArray> paintPng(const Figure& figure, const QString& file, double dpi) {
  if (!(dpi >= 10 && dpi <= 4800)) return usageError("The resolution must be from 10 to 4800 dots an inch.");
  PageStyle style(figure.fontPoints);
  style.dotsPerUnit = dpi / 72 / unitsPerPoint;
  const PageLayout layout = layOut(figure, style);
  const QSizeF dots = layout.size * style.dotsPerUnit;
  constexpr double maximumDots = 4e8;
  if (dots.width() > 32767 || dots.height() > 32767 || dots.width() * dots.height() > maximumDots) {
    return usageError(
        QStringLiteral("A figure of %1 x %2 dots is too large for a png; choose a lower resolution.")
            .arg(std::lround(dots.width()))
            .arg(std::lround(dots.height()))
            .toStdString());
  }
  QImage image(std::max(1, static_cast<int>(std::lround(dots.width()))),
               std::max(1, static_cast<int>(std::lround(dots.height()))), QImage::Format_RGB32);
  if (image.isNull()) return cannotWrite(file, QStringLiteral("there is not enough memory for it"));
  image.fill(Qt::white);
  {
    QCPPainter painter(&image);
    painter.scale(style.dotsPerUnit, style.dotsPerUnit);
    paintPage(painter, figure, layout, style);
  }
  image.setDotsPerMeterX(static_cast<int>(std::lround(dpi / 0.0254)));
  image.setDotsPerMeterY(static_cast<int>(std::lround(dpi / 0.0254)));
  image.setText(QStringLiteral("Title"), documentTitle(figure));
  image.setText(QStringLiteral("Software"), programName());
  image.setText(QStringLiteral("provenance"), QString::fromLatin1(provenanceText(figure)));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  QImageWriter writer(&buffer, "png");
  if (!writer.write(image)) return cannotWrite(file, writer.errorString());
  return bytes;
}

Result<QByteArray> paintPdf(const Figure& figure, const QString& file) {
  const PageStyle style(figure.fontPoints);
  const PageLayout layout = layOut(figure, style);
  const QSizeF points = layout.size / unitsPerPoint;
  // The writer's pages are whole points; the drawing stands in the lower left corner of the next larger one.
  const QSize whole(static_cast<int>(std::ceil(points.width())),
                    static_cast<int>(std::ceil(points.height())));
  QByteArray bytes;
  {
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QSizeF(whole), QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins(QMarginsF());
    writer.setResolution(static_cast<int>(72 * unitsPerPoint));
    writer.setTitle(documentTitle(figure));
    writer.setCreator(programName());
    writer.setDocumentXmpMetadata(xmpPacket(figure));
    QCPPainter painter(&writer);
    painter.translate(0, (whole.height() - points.height()) * unitsPerPoint);
    paintPage(painter, figure, layout, style);
  }
  const std::optional<QByteArray> exact = withPageSize(bytes, points);
  if (!exact) return cannotWrite(file, QStringLiteral("this version of Qt writes pages of another form"));
  return *exact;
}

Result<QByteArray> paintSvg(const Figure& figure) {
  const PageStyle style(figure.fontPoints);
  const PageLayout layout = layOut(figure, style);
  QByteArray bytes;
  {
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(72 * unitsPerPoint));
    generator.setSize(layout.size.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), layout.size));
    generator.setTitle(documentTitle(figure).toHtmlEscaped()); // Qt 6.4 writes it as it is
    generator.setDescription(programName());
    QCPPainter painter(&generator);
    painter.fillRect(QRectF(QPointF(0, 0), layout.size), Qt::white); // browsers may show it on a dark page
    paintPage(painter, figure, layout, style);
  }
  return finishedSvg(bytes, figure, layout.size / unitsPerMm);
}

} // namespace

Status paintFigure(const Figure& figure, const QString& file, double dpi) {
  loadBundledFonts();
  const QString extension = QFileInfo(file).suffix().toLower();
  Result<QByteArray> bytes = [&]() -> Result<QByteArray> {
    if (extension == QLatin1String("png")) return paintPng(figure, file, dpi);
    if (extension == QLatin1String("pdf")) return paintPdf(figure, file);
    if (extension == QLatin1String("svg")) return paintSvg(figure);
    return usageError(
        QStringLiteral("A figure can be written as png, pdf or svg, not as %1.").arg(file).toStdString());
  }();
  if (!bytes) return bytes.error();
  QSaveFile output(file);
  const bool written =
      output.open(QIODevice::WriteOnly) && output.write(*bytes) == bytes->size() && output.commit();
  if (!written) return cannotWrite(file, output.errorString());
  return done();
}

} // namespace latent::ui
