// A pad to draw an input on, with a pen whose strokes come out as those of a data set of digits.
#pragma once

#include "core/base/ink.h"

#include <QImage>
#include <QWidget>

#include <vector>

namespace latent::ui {

/// Left-drag draws; Ctrl+Z takes the last stroke away, Delete all of them, Esc and D leave. The corner shows
/// the picture that the strokes give. Strokes are of the person; what they give is renderInk().
class DrawPad : public QWidget {
  Q_OBJECT
 public:
  explicit DrawPad(QWidget* parent = nullptr);

  /// Of the images that the model reads.
  void setShape(const ImageShape& shape);
  const ImageShape& shape() const { return m_shape; }
  const std::vector<InkStroke>& strokes() const { return m_strokes; }
  /// Without a signal: what undo brings back.
  void setStrokes(std::vector<InkStroke> strokes);
  const Image& image() const { return m_image; } ///< black without strokes
  bool drawing() const { return m_drawing; }     ///< the pen is down
  QSize sizeHint() const override;

 public slots:
  void undoStroke();
  void clear();

 signals:
  void strokeStarted();
  void changed(const latent::Image& image); ///< at every move of the pen, and after undo and clear
  void strokeFinished();
  void edited(); ///< strokes were taken away by undo or clear: one step of its own
  void leaveRequested();

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent*) override;

 private:
  QRectF paper() const; ///< a square in the middle
  InkPoint pointAt(const QPointF& position) const;
  void redraw();
  void takeAway();

  ImageShape m_shape;
  std::vector<InkStroke> m_strokes;
  Image m_image;
  QImage m_preview;
  bool m_drawing = false;
};

} // namespace latent::ui
