#include "ui/views/traverse/sweep.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int tickMs = 33;
constexpr double secondsAcross = 2;

} // namespace

Sweep::Sweep(QObject* parent) : QObject(parent) {
  m_tick.setInterval(tickMs);
  connect(&m_tick, &QTimer::timeout, this, &Sweep::step);
}

void Sweep::start(double low, double high, double from) {
  if (running() || !(low < high)) return;
  m_low = low;
  m_high = high;
  m_value = from;
  m_phase = std::clamp((from - low) / (high - low), 0.0, 1.0);
  m_clock.start();
  m_tick.start();
  QCoreApplication::instance()->installEventFilter(this);
  emit started();
}

void Sweep::stop() {
  if (!running()) return;
  m_tick.stop();
  QCoreApplication::instance()->removeEventFilter(this);
  emit stopped();
}

void Sweep::step() {
  const double seconds = static_cast<double>(m_clock.nsecsElapsed()) / 1e9;
  const double phase = std::fmod(m_phase + seconds / secondsAcross, 2.0);
  m_value = m_low + (m_high - m_low) * (phase <= 1 ? phase : 2 - phase);
  emit moved(m_value);
}

// The history is closed while the sweep is one gesture of it.
bool Sweep::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) || key->key() == Qt::Key_Escape)
      stop();
  }
  return QObject::eventFilter(watched, event);
}

} // namespace latent::ui
