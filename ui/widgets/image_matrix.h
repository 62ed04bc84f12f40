// Images over one or two latents: a strip, or a grid of them, with the place where the point stands.
#pragma once

#include <QImage>
#include <QPointF>
#include <QWidget>

#include <optional>
#include <vector>

namespace latent::ui {

/// Images at one integer scale. Row 0 is the lowest, as on a plane. A press, and a drag, picks images.
class ImageMatrix : public QWidget {
  Q_OBJECT
 public:
  explicit ImageMatrix(QWidget* parent = nullptr);

  /// How many images of which size; places without an image are drawn empty.
  void setShape(int rows, int columns, const QSize& image);
  int rows() const { return m_rows; }
  int columns() const { return m_columns; }
  void
  setImages(std::vector<QImage> images); ///< row by row from the lowest; fewer than places: the rest empty
  const std::vector<QImage>& images() const { return m_images; }
  /// In columns and rows, fractions allowed, (0, 0) = the lowest left image; beyond the edge the mark is
  /// hollow.
  void setPosition(std::optional<QPointF> place);
  void setError(const QString& text); ///< in place of the images; "" = none
  int scale() const;                  ///< device pixels to an image pixel
  QRectF cellRect(int row, int column) const;
  /// Widget pixels that rows x columns images take at `scale`, with the marks around them.
  static QSize sizeFor(int rows, int columns, const QSize& image, double scale);
  /// Images of this width that fit beside each other, at least 2.
  static int columnsFor(int width, double image);

 signals:
  void gestureStarted();
  void picked(int row, int column); ///< by the person
  void gestureFinished();

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;

 private:
  QSizeF cell() const;
  void pick(const QPointF& pixel);

  int m_rows = 0, m_columns = 0;
  QSize m_image;
  std::vector<QImage> m_images;
  std::optional<QPointF> m_place;
  QString m_error;
  int m_picked = -1; ///< while the button is held
  bool m_held = false;
};

} // namespace latent::ui
