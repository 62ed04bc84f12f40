// Rows of images with labels: input above the reconstructions of each shown run.
#pragma once

#include "core/base/image.h"

#include <QColor>
#include <QImage>
#include <QString>
#include <QWidget>

#include <vector>

namespace latent::ui {

struct ImageRow {
  QString label; ///< "Input x", "A VAE z2"
  QColor mark;   ///< run colour; invalid = none
  QString note;  ///< under the label, muted: "recon 148.2"
  std::vector<Image> images;
  QString error; ///< instead of images
};

/// One integer scale for all images: the largest at which every row fits the height, as high as the tallest
/// image. At the smallest scale, rows and columns that do not fit are left out (never scaled to fractions). A
/// click picks a column.
class ImageGrid : public QWidget {
  Q_OBJECT
 public:
  explicit ImageGrid(QWidget* parent = nullptr);
  void setRows(const std::vector<ImageRow>& rows);
  void setCurrentColumn(int column); ///< outlined, -1 = none
  int columnsShown() const;
  int columnAt(const QPointF& pixel) const; ///< -1 outside
  QSize sizeHint() const override;

 signals:
  void columnClicked(int column);
  void columnsShownChanged(int columns);

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent*) override;

 private:
  struct Layout;
  Layout layOut() const;
  void adapt();
  std::vector<ImageRow> m_rows;
  std::vector<std::vector<QImage>> m_pixels;
  int m_current = -1;
  int m_columnsShown = 0;
};

} // namespace latent::ui
