#include "ui/views/window/time_panel.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/time_player.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/shortcuts.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_strip.h"

#include <QActionGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace latent::ui {
namespace {

constexpr std::array<double, 5> speeds{0.5, 1, 2, 4, 8}; ///< snapshots a second

} // namespace

TimePanel::TimePanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_strip(new TimeStrip(this)),
      m_player(new TimePlayer(bench, this)),
      m_play(new QToolButton(this)),
      m_speed(new QToolButton(this)),
      m_unit(new QComboBox(this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(4, 0, 8, 0);
  row->setSpacing(0);
  row->addWidget(m_play);
  row->addWidget(m_speed);
  row->addWidget(m_strip, 1);
  row->addWidget(m_unit);
  m_strip->setObjectName("timeStrip");
  m_strip->setFocusPolicy(Qt::StrongFocus);
  setHelp(
      m_strip,
      {tr("Time"),
       tr("Weights of the shown runs that were kept while they trained. Drag to look at an earlier moment; "
          "training goes on meanwhile. The large marks are the active run's; each other run is seen as "
          "its newest snapshot at or before the same moment. The axis is stretched near its beginning. "
          "The last place is live."),
       tr("x = √(t / t_end)")});
  makeControls();
  connectBench();
  refresh();
}

void TimePanel::makeControls() {
  m_play->setObjectName("playTime");
  m_play->setFocusPolicy(Qt::TabFocus);
  setRole(m_play, "text");
  setHelp(m_play,
          {tr("Play"),
           tr("Shows the kept snapshots of the active run one after the other and ends live. What the "
              "hand does to time stops it."),
           {}});
  m_speed->setObjectName("playSpeed");
  m_speed->setFocusPolicy(Qt::TabFocus);
  m_speed->setPopupMode(QToolButton::InstantPopup);
  setRole(m_speed, "text");
  setHelp(m_speed, {tr("Speed"), tr("Snapshots a second, as far as their weights are read in time."), {}});
  auto* menu = new QMenu(m_speed);
  auto* group = new QActionGroup(menu);
  for (const double speed : speeds) {
    QAction* action = menu->addAction(tr("%1 snapshots a second").arg(speed), this,
                                      [this, speed] { m_player->setSpeed(speed); });
    action->setCheckable(true);
    action->setChecked(speed == m_player->speed());
    group->addAction(action);
  }
  m_speed->setMenu(menu);
  const auto showSpeed = [this, menu](double speed) {
    m_speed->setText(tr("%1/s").arg(speed));
    m_speed->setAccessibleName(tr("Speed: %1 snapshots a second").arg(speed));
    for (size_t i = 0; i < speeds.size(); ++i)
      menu->actions()[static_cast<qsizetype>(i)]->setChecked(speeds[i] == speed);
  };
  connect(m_player, &TimePlayer::speedChanged, this, showSpeed);
  showSpeed(m_player->speed());
  connect(m_play, &QToolButton::clicked, m_player, &TimePlayer::toggle);
  connect(m_player, &TimePlayer::playingChanged, this, &TimePanel::showPlaying);
  showPlaying();

  m_unit->setObjectName("timeUnit");
  m_unit->setFocusPolicy(Qt::StrongFocus);
  m_unit->setAccessibleName(tr("Unit of the time axis"));
  m_unit->addItem(tr("Epochs"), static_cast<int>(TimeUnit::epochs));
  m_unit->addItem(tr("Steps"), static_cast<int>(TimeUnit::steps));
  m_unit->addItem(tr("Images"), static_cast<int>(TimeUnit::images));
  m_unit->addItem(tr("Seconds"), static_cast<int>(TimeUnit::seconds));
  setHelp(m_unit,
          {tr("Unit of time"),
           tr("In what runs are compared: passes over the training images, updates, images seen, or seconds "
              "of training (at each run's mean speed). It decides which snapshot of another run belongs to "
              "the moment that is looked at."),
           {}});
  connect(m_unit, &QComboBox::activated, this,
          [this] { m_bench.sources->setTimeUnit(static_cast<TimeUnit>(m_unit->currentData().toInt())); });
}

void TimePanel::connectBench() {
  connect(m_strip, &TimeStrip::moved, m_bench.focus, &FocusStore::setStep);
  connect(m_strip, &TimeStrip::gestureStarted, m_player, &TimePlayer::stop);
  connect(m_strip, &TimeStrip::gestureStarted, m_bench.focus, &FocusStore::beginGesture);
  connect(m_strip, &TimeStrip::gestureFinished, m_bench.focus, &FocusStore::endGesture);
  connect(m_bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.shown != now.shown || before.step != now.step) refresh();
  });
  connect(m_bench.runs, &QAbstractItemModel::dataChanged, this,
          [this](const QModelIndex& first, const QModelIndex& last) {
            for (const RunId& run : m_bench.focus->focus().shown) {
              const int row = m_bench.runs->rowOf(run);
              if (row >= first.row() && row <= last.row()) return refresh();
            }
          });
  connect(m_bench.sources, &SourceKeeper::damagedChanged, this, &TimePanel::refresh);
  connect(m_bench.sources, &SourceKeeper::timeUnitChanged, this, &TimePanel::refresh);
}

void TimePanel::refresh() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* active = m_bench.runs->find(focus.active);
  const bool seen = active && active->snapshots.size() > 1;
  for (QWidget* part : std::initializer_list<QWidget*>{m_strip, m_play, m_speed, m_unit})
    part->setVisible(seen);
  m_unit->setCurrentIndex(m_unit->findData(static_cast<int>(m_bench.sources->timeUnit())));
  if (!active) return;
  // A run that does not tell its time in this unit is drawn by its steps, alone.
  const auto times = [&](const RunItem& run) {
    std::vector<double> all;
    for (const int64_t step : run.snapshots) {
      const auto time = m_bench.sources->timeOf(run, step);
      if (!time) return std::vector<double>();
      all.push_back(*time);
    }
    return all;
  };
  const std::vector<double> own = times(*active);
  m_strip->setSnapshots(active->snapshots, stepsPerEpoch(*active));
  m_strip->setTimes(own);
  m_strip->setDamaged(m_bench.sources->damaged(focus.active));
  m_strip->setLiveStep(active->step, active->training && active->state != RunState::paused);
  m_strip->setCurrent(focus.step);
  std::vector<TimeLane> lanes;
  for (const RunId& id : focus.shown) {
    const RunItem* run = m_bench.runs->find(id);
    if (id == focus.active || !run || run->snapshots.empty() || own.empty()) continue;
    TimeLane lane{run->letterText(), run->colour(), run->snapshots, times(*run),
                  m_bench.sources->stepFor(id)};
    if (!lane.times.empty()) lanes.push_back(std::move(lane));
  }
  m_strip->setLanes(lanes);
}

void TimePanel::showPlaying() {
  const bool playing = m_player->playing();
  m_play->setIcon(themedIcon(playing ? "pause" : "play"));
  const QString key = shortcutKeys("playTime").toString(QKeySequence::NativeText);
  m_play->setToolTip((playing ? tr("Stop (%1)") : tr("Play time (%1)")).arg(key));
  m_play->setAccessibleName(playing ? tr("Stop") : tr("Play time"));
}

Json TimePanel::viewState() const {
  return {{"unit", timeUnitName(m_bench.sources->timeUnit())}, {"speed", m_player->speed()}};
}

void TimePanel::setViewState(const Json& state) {
  if (!state.is_object()) return;
  if (state.contains("unit") && state["unit"].is_string())
    m_bench.sources->setTimeUnit(timeUnitFromName(state["unit"]));
  if (state.contains("speed") && state["speed"].is_number()) m_player->setSpeed(state["speed"]);
}

} // namespace latent::ui
