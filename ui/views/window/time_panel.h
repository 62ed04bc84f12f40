// The time strip of the shown runs with its controls: play, speed and the unit of the axis.
#pragma once

#include "core/base/json.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace latent::ui {

class TimePlayer;
class TimeStrip;

/// Its height is always kept free, so that the second snapshot moves nothing when it brings the strip.
class TimePanel : public QWidget {
  Q_OBJECT
 public:
  explicit TimePanel(const Workbench& bench, QWidget* parent = nullptr);
  TimeStrip* strip() const { return m_strip; }
  TimePlayer* player() const { return m_player; }

  Json viewState() const; ///< unit and speed
  void setViewState(const Json& state);

 private:
  void makeControls();
  void connectBench();
  void refresh();
  void showPlaying();
  Workbench m_bench;
  TimeStrip* m_strip;
  TimePlayer* m_player;
  QToolButton* m_play;
  QToolButton* m_speed;
  QComboBox* m_unit;
};

} // namespace latent::ui
