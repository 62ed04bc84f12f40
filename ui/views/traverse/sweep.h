// Plays one latent back and forth through its range.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace latent::ui {

/// Four seconds from one end to the other and back, from wherever it begins. Undo and Esc, pressed anywhere
/// in the program, end it first.
class Sweep : public QObject {
  Q_OBJECT
 public:
  explicit Sweep(QObject* parent = nullptr);

  void start(double low, double high, double from);
  void stop();
  bool running() const { return m_tick.isActive(); }
  double value() const { return m_value; } ///< the last one that moved() told

 signals:
  void started();
  void moved(double value);
  void stopped();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void step();
  double m_low = -3, m_high = 3, m_value = 0;
  double m_phase = 0; ///< at the start: 0 = low and rising, 1 = high, 2 = low again
  QTimer m_tick;
  QElapsedTimer m_clock;
};

} // namespace latent::ui
