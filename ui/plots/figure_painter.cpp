#include "ui/plots/figure_painter.h"

#include "ui/plots/figure_files.h"
#include "ui/plots/figure_text.h"
#include "ui/plots/page.h"
#include "ui/plots/page_painting.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImageWriter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace latent::ui {

namespace {

Error cannotWrite(const QString& file, const QString& reason) {
  return workError(QStringLiteral("The figure %1 cannot be written: %2.").arg(file, reason).toStdString());
}

Result<QByteArray> paintPng(const Figure& figure, const QString& file, double dpi) {
  if (!(dpi >= 10 && dpi <= 4800)) return usageError("The resolution must be from 10 to 4800 dots an inch.");
  const double dotsPerUnit = dpi / 72 / unitsPerPoint;
  const PagePainting page(figure, dotsPerUnit);
  const QSizeF dots = page.size() * dotsPerUnit;
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
    painter.scale(dotsPerUnit, dotsPerUnit);
    page.draw(painter);
  }
  if (figure.greyscale) image = image.convertToFormat(QImage::Format_Grayscale8);
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
  const PagePainting page(figure);
  const QSizeF points = page.size() / unitsPerPoint;
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
    page.draw(painter);
  }
  const std::optional<QByteArray> exact = withPageSize(bytes, points);
  if (!exact) return cannotWrite(file, QStringLiteral("this version of Qt writes pages of another form"));
  return *exact;
}

Result<QByteArray> paintSvg(const Figure& figure) {
  const PagePainting page(figure);
  QByteArray bytes;
  {
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(static_cast<int>(72 * unitsPerPoint));
    generator.setSize(page.size().toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), page.size()));
    generator.setTitle(documentTitle(figure).toHtmlEscaped()); // Qt 6.4 writes it as it is
    generator.setDescription(programName());
    QCPPainter painter(&generator);
    painter.fillRect(QRectF(QPointF(0, 0), page.size()), Qt::white); // browsers may show it on a dark page
    page.draw(painter);
  }
  return finishedSvg(bytes, figure, page.size() / unitsPerMm);
}

} // namespace

Status paintFigure(const Figure& figure, const QString& file, double dpi) {
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
