// Plays the kept snapshots of the active run, one after the other.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <optional>

namespace latent::ui {

/// From where time stands, or from the first snapshot when it stands at the end or is live; after the last
/// one it is live again and stops. A snapshot is left only after its weights were seen. What the person does
/// to time meanwhile stops it. All of it is one step of the history.
class TimePlayer : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, sources and navigator of the workbench.
  explicit TimePlayer(const Workbench& bench, QObject* parent = nullptr);

  bool playing() const { return m_timer.isActive(); }
  double speed() const { return m_speed; }
  void setSpeed(double perSecond); ///< snapshots a second, 0.1 .. 60

 public slots:
  void toggle();
  void stop();

 signals:
  void playingChanged(bool playing);
  void speedChanged(double perSecond);

 private:
  void start();
  void advance();

  Workbench m_bench;
  QTimer m_timer;
  double m_speed = 2;
  bool m_moving = false; ///< the change of time is its own
};

} // namespace latent::ui
