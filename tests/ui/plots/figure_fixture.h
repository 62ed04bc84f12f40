// Small figures, and what painting them leaves.
#pragma once

#include "core/figure/figure.h"
#include "ui/plots/figure_painter.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <utility>

namespace latent::test {

inline CurvesPanel curves() {
  CurvesPanel panel;
  panel.title = "Test loss";
  panel.xLabel = "epoch";
  panel.yLabel = "nats";
  panel.series = {{"A VAE", "#0072B2", 0, {0, 1, 2, 3}, {200, 150, 120, 110}},
                  {"B AE", "#D55E00", 1, {0, 1, 2, 3}, {180, 140, 100, 90}}};
  return panel;
}

/// A plane without tiles, points or rings.
inline PlanePanel emptyPlane() {
  PlanePanel panel;
  panel.rect = {-2, 2, -1, 1};
  return panel;
}

/// Three classes, each about a place of its own.
inline PlanePanel classes() {
  PlanePanel panel = emptyPlane();
  panel.classes = {"shirt", "boot", "bag"};
  for (int i = 0; i < 60; ++i) {
    panel.pointX.push_back(static_cast<float>(i % 3) - 1 + 0.01F * static_cast<float>(i));
    panel.pointY.push_back(0.01F * static_cast<float>(i) - 0.5F);
    panel.pointLabel.push_back(i % 3);
  }
  return panel;
}

inline ImagesPanel images(int rows, int columns) {
  ImagesPanel panel;
  panel.rows = rows;
  panel.columns = columns;
  panel.height = panel.width = 2;
  for (int i = 0; i < rows * columns; ++i) {
    for (uint8_t value : {uint8_t{0}, uint8_t{80}, uint8_t{160}, uint8_t{250}}) panel.pixels.push_back(value);
  }
  return panel;
}

inline Figure figureOf(FigurePanel panel) {
  Figure figure;
  figure.title = "A figure & more";
  figure.panels = {std::move(panel)};
  figure.provenance = {{"seed", 7}, {"note", "<é & \"ü\">"}};
  return figure;
}

inline QByteArray contents(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QRect inkOf(const QImage& image, const QColor& colour) {
  QRect box;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (image.pixelColor(x, y) == colour) box |= QRect(x, y, 1, 1);
    }
  }
  return box;
}

class FigureTest : public QObject {
 protected:
  QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

  QImage png(const Figure& figure, double dpi) {
    const Status status = ui::paintFigure(figure, file("a.png"), dpi);
    return status.ok() ? QImage(file("a.png")) : QImage();
  }

  QTemporaryDir m_folder;
};

} // namespace latent::test
