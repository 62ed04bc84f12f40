// The point of PlanePanel's plane: the Focus' own, or the one that belongs to it by the link.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/linked_point.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/navigator.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr double axisTolerance = 1e-4;

bool nearlyEqual(const LatentPoint& a, const LatentPoint& b) {
  return std::ranges::equal(a, b, [](float x, float y) { return std::abs(x - y) < axisTolerance; });
}

bool nearlyEqual(const PlaneAxes& a, const PlaneAxes& b) {
  return nearlyEqual(a.origin, b.origin) && nearlyEqual(a.axis1, b.axis1) && nearlyEqual(a.axis2, b.axis2);
}

} // namespace

LatentPoint PlanePanel::point() const {
  const RunItem* run = item();
  if (!run) return {};
  const LatentPoint& z = isActive() ? m_bench.focus->focus().cursor : m_linked;
  return static_cast<int>(z.size()) == run->latentSize() ? z : LatentPoint{};
}

LatentPoint PlanePanel::held() const {
  LatentPoint z = point();
  if (!z.empty() || !item()) return z;
  const auto known = codes();
  if (!item()->hasPrior && known &&
      static_cast<int>(known->codes.summary().mean.size()) == item()->latentSize())
    return known->codes.summary().mean;
  return LatentPoint(static_cast<size_t>(item()->latentSize()), 0.0F);
}

// Where the point stands now, found anew in a run that follows another one.
void PlanePanel::link() {
  findLinked();
  showCursor();
  // Left the plane: a latent that is held has moved.
  if (item() && !nearlyEqual(axes(), m_tileAxes)) askTiles();
}

void PlanePanel::findLinked() {
  m_plane->setLinked(!isActive());
  const QString before = std::exchange(m_noLink, QString());
  m_linked.clear();
  if (!isActive() && item()) {
    const Result<LatentPoint> linked = m_link->of(m_run);
    if (linked)
      m_linked = *linked;
    else
      m_noLink = QString::fromStdString(linked.error().message);
  }
  if (m_noLink != before) showNotes();
}

void PlanePanel::showCursor() {
  const LatentPoint z = point();
  m_plane->setCursor(z.empty() ? std::nullopt : std::optional(m_map.project(z)));
}

bool PlanePanel::activate() {
  if (!item()) return false;
  if (!isActive()) m_bench.navigator->activate(RunId(m_run));
  return isActive();
}

// Dragging on the plane of another run takes its point in hand: from where the link had put it.
void PlanePanel::moveTo(const PlanePoint& at) {
  const LatentPoint from = held();
  if (from.empty() || !activate()) return;
  m_bench.focus->setCursor(m_map.placed(from, at));
}

} // namespace latent::ui
