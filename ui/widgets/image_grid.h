// Rows of images with labels: input above the reconstructions of each shown run.
#pragma once

#include "core/base/image.h"

#include <QColor>
#include <QImage>
#include <QString>
#include <QWidget>

#include <vector>

class QScrollBar;

namespace latent::ui {

struct ImageRow {
  QString label; ///< "Input x", "A VAE z2"
  QColor mark;   ///< run colour; invalid = none
  QString note;  ///< under the label, muted: "recon 148.2"
  std::vector<Image> images;
  QString error; ///< instead of images
};

/// One integer scale for all images: the largest at which every row fits the height, as high as the tallest
/// image. At the smallest scale, rows that do not fit scroll under the first one, and columns that do not fit
/// are left out (never scaled to fractions). A click picks a column.
class ImageGrid : public QWidget {
  Q_OBJECT
 public:
  explicit ImageGrid(QWidget* parent = nullptr);
  void setRows(const std::vector<ImageRow>& rows);
  void setCurrentColumn(int column); ///< outlined, -1 = none
  int columnsShown() const;
  bool isRowShown(int row) const;
  int columnAt(const QPointF& pixel) const; ///< -1 outside
  QSize sizeHint() const override;

 signals:
  void columnClicked(int column);
  void columnsShownChanged(int columns);
  void scrolled(); ///< other rows are shown

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void wheelEvent(QWheelEvent*) override;
  bool event(QEvent*) override;

 private:
  struct Layout;
  Layout layOut() const;
  void adapt();
  int sourceRow(int place) const; ///< of the place-th row that is painted
  std::vector<ImageRow> m_rows;
  std::vector<std::vector<QImage>> m_pixels;
  QScrollBar* m_scroll; ///< its value: rows above, after the first
  double m_wheel = 0;   ///< of a wheel that turns by less than a row
  int m_current = -1;
  int m_columnsShown = 0;
};

} // namespace latent::ui
