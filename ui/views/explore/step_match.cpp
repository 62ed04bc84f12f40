#include "ui/views/explore/step_match.h"

namespace latent::ui {
namespace {

constexpr int scrubbingMs = 300; // as for a spinner: shorter waits need no word
constexpr int trainingMs = 2000; // an ordinary pass over a test set with its pause ends before

} // namespace

StepMatch::StepMatch(QObject* parent) : QObject(parent) {
  m_patience.setSingleShot(true);
  connect(&m_patience, &QTimer::timeout, this, [this] {
    m_faded = true;
    emit changed();
  });
}

void StepMatch::setMoving(bool moving) {
  if (moving == m_moving) return;
  m_moving = moving;
  if (m_patience.isActive()) restart();
  emit changed();
}

void StepMatch::restart() {
  m_faded = false;
  m_patience.start(m_moving ? trainingMs : scrubbingMs);
}

void StepMatch::set(std::optional<int64_t> tiles, std::optional<int64_t> points, int64_t wanted) {
  if (tiles == m_tiles && points == m_points && wanted == m_wanted) return;
  const bool newPoints = points != m_points, before = differ();
  m_tiles = tiles;
  m_points = points;
  m_wanted = wanted;
  if (!differ()) {
    m_patience.stop();
    m_faded = false;
  } else if (!before || newPoints) {
    restart();
  }
  emit changed();
}

QString StepMatch::note() const {
  if (!differ() || !(m_moving || m_faded)) return {};
  return pointsBehind() ? tr("points of step %L1").arg(*m_points) : tr("tiles of step %L1").arg(*m_tiles);
}

} // namespace latent::ui
