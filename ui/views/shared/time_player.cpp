#include "ui/views/shared/time_player.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {

TimePlayer::TimePlayer(const Workbench& bench, QObject* parent) : QObject(parent), m_bench(bench) {
  setSpeed(m_speed);
  connect(&m_timer, &QTimer::timeout, this, &TimePlayer::advance);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (!m_moving && (before.step != now.step || before.active != now.active)) stop();
  });
}

void TimePlayer::setSpeed(double perSecond) {
  m_speed = std::isfinite(perSecond) ? std::clamp(perSecond, 0.1, 60.0) : 2;
  m_timer.setInterval(static_cast<int>(std::lround(1000 / m_speed)));
  emit speedChanged(m_speed);
}

void TimePlayer::toggle() {
  playing() ? stop() : start();
}

void TimePlayer::start() {
  const RunItem* run = m_bench.navigator->activeRun();
  if (!run || run->snapshots.size() < 2) return;
  m_bench.focus->beginGesture();
  m_timer.start();
  const auto& at = m_bench.focus->focus().step;
  if (!at || *at >= run->snapshots.back()) {
    const auto& damaged = m_bench.sources->damaged(run->id);
    const auto first =
        std::ranges::find_if(run->snapshots, [&](int64_t step) { return !damaged.contains(step); });
    m_moving = true;
    if (first != run->snapshots.end()) m_bench.focus->setStep(*first);
    m_moving = false;
  }
  emit playingChanged(true);
}

void TimePlayer::stop() {
  if (!playing()) return;
  m_timer.stop();
  m_bench.focus->endGesture();
  emit playingChanged(false);
}

void TimePlayer::advance() {
  const Focus& focus = m_bench.focus->focus();
  const auto seen = m_bench.sources->shown(focus.active);
  if (focus.step && (!seen || seen->step != *focus.step)) return; // still on its way
  m_moving = true;
  m_bench.navigator->nextSnapshot();
  m_moving = false;
  if (!m_bench.focus->focus().step) stop();
}

} // namespace latent::ui
