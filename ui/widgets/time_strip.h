// The time scrubber: kept snapshots of the shown runs on one axis, the last place is LIVE.
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

class QPainter;

namespace latent::ui {

/// The kept snapshots of another shown run.
struct TimeLane {
  QString name; ///< "B"
  QColor colour;
  std::vector<int64_t> steps;     ///< ascending
  std::vector<double> times;      ///< of each, on the axis
  std::optional<int64_t> current; ///< what is seen of it; nothing = live
  bool operator==(const TimeLane&) const = default;
};

/// Snapshots stand at the square root of their time: those of the first epoch, where most happens, would
/// crowd on a linear axis. The numbers under it are times in the axis's unit; the read-out names step and
/// epoch. Below the active run's marks each other run has a row of its own. Drag, click, wheel and the arrow
/// keys move over the active run's snapshots; L returns to live.
class TimeStrip : public QWidget {
  Q_OBJECT
 public:
  explicit TimeStrip(QWidget* parent = nullptr);

  /// Ascending kept steps; `stepsPerEpoch` > 0 lets the read-out say epochs. The current place is kept if it
  /// is still there.
  void setSnapshots(const std::vector<int64_t>& steps, int64_t stepsPerEpoch);
  /// Times of the snapshots in the axis's unit, as many; without them the axis counts steps.
  void setTimes(const std::vector<double>& times);
  void setLanes(const std::vector<TimeLane>& lanes);
  /// Steps whose files could not be read: crossed out; keys, wheel and a drag pass over them, a click on one
  /// tries it again.
  void setDamaged(const std::set<int64_t>& steps);
  void setLiveStep(int64_t step, bool training);
  void setCurrent(std::optional<int64_t> step); ///< nothing = live; does not emit
  std::optional<int64_t> current() const { return m_current; }
  /// For tests: where a kept snapshot stands, in widget pixels; their number = LIVE.
  QPointF placeOf(int place) const;
  QSize sizeHint() const override;

 public slots:
  void previous();
  void next();
  void goLive();

 signals:
  void moved(std::optional<int64_t> step); ///< by the person
  void gestureStarted();
  void gestureFinished();

 protected:
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void wheelEvent(QWheelEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  bool event(QEvent*) override;

 private:
  // Places: 0 .. n-1 are the kept snapshots, n is live.
  void moveTo(std::optional<int64_t> step);
  void moveToPlace(int place);
  bool isDamaged(int place) const;
  int currentPlace() const;
  QString placeText(int64_t step) const; ///< "Epoch 3 of 12 · step 1,800"
  QString readout() const;
  QString liveWords() const; ///< "Live, training"
  QString livePlace() const; ///< "epoch 1.9 · step 1,140"
  QRectF track() const;
  QRectF liveRect() const;
  QRectF returnRect() const; ///< of the words "Return to live (L)", null while live
  double xOf(int place) const;
  double xOfTime(double time) const;
  double lastTime() const;
  double timeAt(int place) const;
  void drawLanes(QPainter& painter) const;
  void drawNumbers(QPainter& painter) const;
  void drawReadout(QPainter& painter) const;
  QString laneText(double time) const; ///< what the other runs show of this time
  int placeAt(double x) const;
  void describe();

  std::vector<int64_t> m_steps;
  std::vector<double> m_times; ///< one a step, or none: steps
  std::vector<TimeLane> m_lanes;
  std::set<int64_t> m_damaged;
  int64_t m_stepsPerEpoch = 0;
  int64_t m_liveStep = 0;
  bool m_training = false;
  bool m_dragging = false;
  std::optional<int64_t> m_current;
  std::optional<int64_t> m_before; ///< where a drag began: Esc returns there
};

} // namespace latent::ui
