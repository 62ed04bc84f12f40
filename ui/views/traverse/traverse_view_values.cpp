// Which latents the page Traverse shows in which order, where they start and how far they go.
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/traverse/grid_panel.h"
#include "ui/views/traverse/latent_facts.h"
#include "ui/views/traverse/traverse_rows.h"
#include "ui/views/traverse/traverse_view.h"

#include <QStackedWidget>

#include <algorithm>

namespace latent::ui {

std::vector<bool> TraverseView::dead() const {
  const RunItem* item = run();
  const auto facts = m_facts->facts();
  const auto size = static_cast<size_t>(item ? item->latentSize() : 0);
  return facts && facts->use.dead.size() == size ? facts->use.dead : std::vector<bool>(size, false);
}

std::vector<int> TraverseView::wantedOrder() const {
  const RunItem* item = run();
  std::vector<int> order;
  if (!item) return order;
  const auto facts = m_facts->facts();
  const std::vector<bool> unused = dead();
  const bool byUse = m_choice.sort == TraverseChoice::Sort::byUse && facts &&
                     facts->use.order.size() == static_cast<size_t>(item->latentSize());
  for (int i = 0; i < item->latentSize(); ++i) {
    const int latent = byUse ? facts->use.order[static_cast<size_t>(i)] : i;
    if (m_choice.unfolded || !unused[static_cast<size_t>(latent)]) order.push_back(latent);
  }
  return order;
}

void TraverseView::takeOrder() {
  m_ordered = m_facts->facts() != nullptr;
  std::vector<int> order = wantedOrder();
  // A model that has learnt nothing yet still has latents to move.
  if (order.empty() && run())
    for (int i = 0; i < run()->latentSize(); ++i) order.push_back(i);
  m_rows->setOrder(order);
  m_grid->setLatents(order);
  if (order.empty()) return;
  if (std::ranges::find(order, m_choice.latent) == order.end()) m_choice.latent = order.front();
  m_rows->setCurrent(m_choice.latent);
}

// While a run trains, rows are added and never taken away.
void TraverseView::appendAlive() {
  std::vector<int> order = m_rows->order();
  for (const int latent : wantedOrder())
    if (std::ranges::find(order, latent) == order.end()) order.push_back(latent);
  m_rows->setOrder(order);
  m_grid->setLatents(order);
}

int TraverseView::secondLatent() const {
  const std::vector<int>& order = m_rows->order();
  if (m_choice.second != m_choice.latent && std::ranges::find(order, m_choice.second) != order.end())
    return m_choice.second;
  const auto other = std::ranges::find_if(order, [this](int latent) { return latent != m_choice.latent; });
  if (other != order.end()) return *other;
  return m_choice.latent == 0 ? 1 : 0; // folded away: still a latent
}

LatentPoint TraverseView::start() const {
  const LatentPoint& point = m_bench.focus->focus().cursor;
  if (m_choice.from == TraverseChoice::From::input) {
    const LatentPoint code = m_bench.navigator->inputCode();
    return code.size() == point.size() ? code : point;
  }
  if (m_choice.from == TraverseChoice::From::point) return point;
  return mean();
}

LatentPoint TraverseView::mean() const {
  const size_t size = m_bench.focus->focus().cursor.size();
  const RunItem* item = run();
  const auto facts = m_facts->facts();
  if (item && !item->hasPrior && facts && facts->codes->codes.summary().mean.size() == size)
    return facts->codes->codes.summary().mean;
  return LatentPoint(size, 0.0F);
}

Interval TraverseView::interval(int latent) const {
  const RunItem* item = run();
  const auto facts = m_facts->facts();
  const auto j = static_cast<size_t>(latent);
  const TraversalRange range = rangeFor(m_choice, item && item->hasPrior, facts != nullptr);
  const Result<Interval> found =
      traversalInterval(range, facts && j < facts->sorted.size() ? facts->sorted[j] : std::vector<float>());
  return found ? *found : Interval{-3, 3};
}

} // namespace latent::ui
