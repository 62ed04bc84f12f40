// A slider of one latent: the histogram of the encoded data stands in its track.
#pragma once

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace latent::ui {

/// Drag, click or arrow keys move the value: an arrow by 0.05 spread, with Shift ten times as far, with Ctrl
/// a tenth. A drag, and a key from press to release, is one gesture; Esc takes a drag back. A value beyond
/// the range stays what it is and is marked at the edge.
class HistogramSlider : public QWidget {
  Q_OBJECT
 public:
  explicit HistogramSlider(QWidget* parent = nullptr);

  void setRange(double low, double high); ///< low < high
  double low() const { return m_low; }
  double high() const { return m_high; }
  void setValue(double value); ///< does not emit
  double value() const { return m_value; }
  void setSpread(double spread);                         ///< unit of the keys; 1 if it is not positive
  void setHistogram(const std::vector<int64_t>& counts); ///< equal bins of the range; empty = none
  void setMark(std::optional<double> value);             ///< where the input's code lies
  void letGo();                                          ///< ends a gesture of the keys
  bool isMoving() const { return m_gesture != Gesture::none; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 signals:
  void gestureStarted();
  void valueMoved(double value); ///< by the person
  void gestureFinished();

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void focusOutEvent(QFocusEvent*) override;
  void changeEvent(QEvent*) override;

 private:
  enum class Gesture { none, mouse, keys };
  double xOf(double value) const;
  double valueAt(double x) const;
  void moveTo(double value);
  void end(bool keep);
  void describe();

  double m_low = -3, m_high = 3, m_value = 0, m_spread = 1;
  double m_before = 0; ///< when the gesture began
  std::optional<double> m_mark;
  std::vector<int64_t> m_counts;
  Gesture m_gesture = Gesture::none;
};

} // namespace latent::ui
