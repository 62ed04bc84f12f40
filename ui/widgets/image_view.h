// One image at an integer scale, nearest neighbour (28 -> 280), with an error or an age painted on it.
#pragma once

#include "core/base/image.h"

#include <QImage>
#include <QString>
#include <QWidget>

namespace latent::ui {

/// RGB32 of the image's own size; values clamped to [0,1]. Null for an empty image, or one whose shape and
/// pixels do not agree.
QImage toQImage(const Image& image);

class ImageView : public QWidget {
  Q_OBJECT
 public:
  explicit ImageView(QWidget* parent = nullptr);

  void setImage(const Image& image); ///< takes away an error
  const Image& image() const { return m_image; }
  void setError(const QString& text);       ///< painted over the dimmed image, red; "" = none
  void setPlaceholder(const QString& text); ///< shown while there is no image
  void setCaption(const QString& text);     ///< accessible name and tooltip
  void setClickable(bool clickable);        ///< takes clicks, and Space and Enter with a focus ring
  QSize sizeHint() const override;
  int scale() const; ///< device pixels for each image pixel, a whole number

 signals:
  void clicked();

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;

 private:
  void describe();
  Image m_image;
  QImage m_pixels;
  QString m_error, m_placeholder;
  bool m_clickable = false;
};

} // namespace latent::ui
