#include "ui/views/explore/plane_group.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_caption.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/shared/navigator.h"

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int gap = 8;

} // namespace

PlaneGroup::PlaneGroup(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_runs(most), m_wished(most) {
  for (int i = 0; i < most; ++i) {
    m_captions.push_back(new PlaneCaption(bench, this));
    m_panels.push_back(new PlanePanel(bench, this));
    PlanePanel* panel = m_panels.back();
    connect(m_captions.back(), &PlaneCaption::chosen, this, [this, i](const RunId& run) {
      const int other = placeOf(run);
      const auto at = static_cast<size_t>(i);
      if (other >= 0) std::swap(m_runs[at], m_runs[static_cast<size_t>(other)]); // they change places
      m_runs[at] = run;
      m_wished = m_runs;
      // What the person looks at in place of the active run becomes active.
      if (i == m_active && other < 0) m_bench.navigator->activate(run);
      fill();
    });
    connect(panel, &PlanePanel::layersChanged, this, [this, panel](const PlaneLayers& layers) {
      for (PlanePanel* each : m_panels)
        if (each != panel && !(each->layers() == layers)) each->setLayers(layers);
      emit layersChanged(layers);
    });
    connect(panel, &PlanePanel::runChanged, this, [this, i] {
      if (i == m_active) emit activeChanged();
    });
  }
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.shown != now.shown) fill();
  });
  connect(bench.runs, &QAbstractItemModel::rowsInserted, this, &PlaneGroup::fill);
  connect(bench.runs, &QAbstractItemModel::rowsRemoved, this, &PlaneGroup::fill);
  fill();
}

PlanePanel* PlaneGroup::active() const {
  return m_panels[static_cast<size_t>(m_active)];
}

int PlaneGroup::placeOf(const RunId& run) const {
  const auto end = m_runs.begin() + m_count;
  const auto found = std::find(m_runs.begin(), end, run);
  return found == end || run.empty() ? -1 : static_cast<int>(found - m_runs.begin());
}

std::vector<RunId> PlaneGroup::runs() const {
  return m_runs;
}

void PlaneGroup::setRuns(const std::vector<RunId>& runs) {
  for (size_t i = 0; i < m_wished.size(); ++i) m_wished[i] = i < runs.size() ? runs[i] : RunId();
  fill();
}

void PlaneGroup::setCount(int count) {
  count = std::clamp(count, 1, most);
  if (count == m_count) return;
  m_count = count;
  if (m_active >= count) { // the active run's plane is the last to go
    std::swap(m_runs[0], m_runs[static_cast<size_t>(m_active)]);
    std::swap(m_wished[0], m_wished[static_cast<size_t>(m_active)]);
    m_active = 0;
  }
  // Side by side there is no room for as many legends; one click unfolds them.
  for (PlanePanel* panel : m_panels) panel->plane()->setLegendFolded(count > 1);
  fill();
  arrange();
  emit countChanged(m_count);
}

void PlaneGroup::fill() {
  const Focus& focus = m_bench.focus->focus();
  const PlanePanel* before = active();
  const RunId was = before->run();
  if (placeOf(focus.active) < 0) m_runs[static_cast<size_t>(m_active)] = focus.active;
  m_active = std::max(0, placeOf(focus.active));
  const auto isShown = [&](const RunId& run) {
    const RunItem* item = m_bench.runs->find(run);
    return item && !item->queued && std::ranges::find(focus.shown, run) != focus.shown.end();
  };
  for (int i = 0; i < m_count; ++i) {
    RunId& run = m_runs[static_cast<size_t>(i)];
    if (i == m_active) continue;
    const RunId& wished = m_wished[static_cast<size_t>(i)];
    if (isShown(wished) && placeOf(wished) < 0) run = wished;
    const bool doubled = std::count(m_runs.begin(), m_runs.begin() + m_count, run) > 1;
    if (isShown(run) && !doubled) continue;
    run.clear();
    const auto next = std::ranges::find_if(focus.shown, [&](const RunId& each) {
      return isShown(each) && placeOf(each) < 0 && !m_bench.runs->find(each)->discrete;
    });
    if (next != focus.shown.end()) run = *next;
  }
  for (size_t i = 0; i < m_panels.size(); ++i) {
    const RunId run = static_cast<int>(i) < m_count ? m_runs[i] : RunId();
    m_captions[i]->setRun(run);
    m_panels[i]->setRun(run);
  }
  if (active() != before || active()->run() != was) emit activeChanged();
}

void PlaneGroup::setLayers(const PlaneLayers& layers) {
  active()->setLayers(layers);
}

void PlaneGroup::setAligned(bool aligned) {
  for (PlanePanel* panel : m_panels) panel->setAligned(aligned);
}

void PlaneGroup::setColouring(const PointColouring& colouring) {
  for (PlanePanel* panel : m_panels) panel->setColouring(colouring);
}

// In the number of columns that makes the planes largest.
void PlaneGroup::arrange() {
  const auto sideOf = [&](int columns) {
    const int rows = (m_count + columns - 1) / columns;
    return std::min((width() - (columns - 1) * gap) / columns, (height() - (rows - 1) * gap) / rows);
  };
  int columns = m_count;
  for (int fewer = m_count - 1; fewer >= 1; --fewer)
    if (sideOf(fewer) > sideOf(columns)) columns = fewer;
  const int rows = (m_count + columns - 1) / columns;
  for (int i = 0; i < most; ++i) {
    const auto at = static_cast<size_t>(i);
    const bool seen = i < m_count;
    if (seen) {
      const int column = i % columns, row = i / columns;
      const int left = column * (width() + gap) / columns,
                right = (column + 1) * (width() + gap) / columns - gap;
      const int top = row * (height() + gap) / rows, bottom = (row + 1) * (height() + gap) / rows - gap;
      const int caption = m_count > 1 ? m_captions[at]->height() : 0;
      m_captions[at]->setGeometry(left, top, right - left, m_captions[at]->height());
      m_panels[at]->setGeometry(left, top + caption, right - left, bottom - top - caption);
    }
    m_captions[at]->setVisible(seen && m_count > 1);
    m_panels[at]->setVisible(seen);
  }
}

void PlaneGroup::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

} // namespace latent::ui
