#include "ui/views/explore/plane_view.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/layers_panel.h"
#include "ui/views/explore/nearest_panel.h"
#include "ui/views/explore/plane_group.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_state.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/explore/selected_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/menu_button.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace latent::ui {
namespace {

constexpr int gap = 8;
constexpr int narrowSide = 188;
constexpr int wideSide = 380;
constexpr int nearestRows = 4;

} // namespace

PlaneView::PlaneView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_planes(new PlaneGroup(bench, this)),
      m_side(new QWidget(this)),
      m_layers(new LayersPanel(m_side)),
      m_nearest(new NearestPanel(bench, nearestRows, m_side)),
      m_selected(new SelectedPanel(bench, m_side)),
      m_tools(new QWidget(this)),
      m_count(new QToolButton(m_tools)) {
  auto* column = new QVBoxLayout(m_side);
  column->setContentsMargins(0, 0, 4, 0);
  column->setSpacing(8);
  column->addWidget(m_layers);
  column->addWidget(m_selected, 1);
  column->addWidget(m_nearest, 2);
  makeTools();
  connect(m_layers, &LayersPanel::layersChanged, m_planes, &PlaneGroup::setLayers);
  connect(m_layers, &LayersPanel::alignedChanged, m_planes, &PlaneGroup::setAligned);
  connect(m_layers, &LayersPanel::colouringChanged, m_planes, &PlaneGroup::setColouring);
  connect(m_planes, &PlaneGroup::layersChanged, m_layers, &LayersPanel::setLayers);
  connect(m_planes, &PlaneGroup::activeChanged, this, &PlaneView::showActive);
  connect(m_planes, &PlaneGroup::countChanged, this, &PlaneView::arrange);
  showActive();
}

PlanePanel* PlaneView::planePanel() const {
  return m_planes->active();
}

void PlaneView::makeTools() {
  auto* row = new QHBoxLayout(m_tools);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  for (PlanePanel* panel : m_planes->panels()) {
    panel->tools()->hideLayers();
    row->addWidget(panel->tools());
  }
  m_count->setObjectName("planeCount");
  setHelp(m_count, {tr("Planes side by side"),
                    tr("Up to three planes of shown runs. The point belongs to the active run; on the others "
                       "a broken ring marks the point that belongs to it by the link in the header."),
                    {}});
  auto* menu = new QMenu(m_count);
  auto* choice = new QActionGroup(menu);
  for (int count = 1; count <= PlaneGroup::most; ++count) {
    QAction* action = menu->addAction(count == 1 ? tr("1 plane") : tr("%1 planes").arg(count), this,
                                      [this, count] { m_planes->setCount(count); });
    action->setCheckable(true);
    choice->addAction(action);
  }
  makeMenuButton(m_count, menu);
  row->addWidget(m_count);
  const auto name = [this](int count) {
    m_count->setText(count == 1 ? tr("1 plane") : tr("%1 planes").arg(count));
    m_count->setAccessibleName(tr("Planes side by side: %1").arg(count));
    m_count->menu()->actions()[count - 1]->setChecked(true);
  };
  connect(m_planes, &PlaneGroup::countChanged, this, name);
  name(m_planes->count());
  m_tools->hide();
}

void PlaneView::showActive() {
  const PlanePanel* active = planePanel();
  for (PlanePanel* panel : m_planes->panels()) panel->tools()->setVisible(panel == active);
  m_layers->setReasons({active->noRings(), active->noEllipse(), active->noRings(), active->noAlignment()});
  m_layers->setColumns(active->columns());
}

// The planes are square where there is room; the side is at least 188 wide and at most 380, and narrow beside
// more than one plane.
void PlaneView::arrange() {
  const int widest = m_planes->count() > 1 ? narrowSide : wideSide;
  const int side = std::clamp(width() - gap - height(), narrowSide, widest);
  const int planes = std::max(0, width() - gap - side);
  m_planes->setGeometry(0, 0, planes, height());
  m_side->setGeometry(planes + gap, 0, side, height());
}

void PlaneView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

Json PlaneView::viewState() const {
  Json isolated = Json::object();
  for (const PlanePanel* panel : m_planes->panels())
    if (const auto label = panel->plane()->isolatedClass()) isolated[panel->run()] = *label;
  return {{"isolated", std::move(isolated)},
          {"selected",
           {{"run", m_bench.focus->focus().active}, {"images", m_bench.navigator->selection()}}},
          {"layers", layersToJson(planePanel()->layers())},
          {"aligned", m_layers->aligned()},
          {"points", colouringToJson(m_layers->colouring())},
          {"planes", m_planes->count()},
          {"runs", m_planes->runs()}};
}

void PlaneView::setViewState(const Json& state) {
  if (!state.is_object()) return;
  if (state.contains("layers")) m_planes->setLayers(layersFromJson(state["layers"], planePanel()->layers()));
  if (state.contains("points")) m_layers->setColouring(colouringFromJson(state["points"]));
  if (state.contains("isolated") && state["isolated"].is_object()) setIsolated(state["isolated"]);
  if (state.contains("selected")) setSelected(state["selected"]);
  if (state.contains("aligned") && state["aligned"].is_boolean()) m_layers->setAligned(state["aligned"]);
  if (state.contains("runs") && state["runs"].is_array()) {
    std::vector<RunId> runs;
    for (const Json& run : state["runs"]) runs.push_back(run.is_string() ? run.get<RunId>() : RunId());
    m_planes->setRuns(runs);
  }
  if (state.contains("areas") && state["areas"].is_object())
    for (const auto& [run, area] : state["areas"].items()) showArea(run, area);
  if (state.contains("planes") && state["planes"].is_number_integer()) m_planes->setCount(state["planes"]);
}

// {"RUN": class}
void PlaneView::setIsolated(const Json& classes) {
  std::map<RunId, int64_t> known;
  for (const auto& [run, label] : classes.items())
    if (label.is_number_integer()) known[run] = label.get<int64_t>();
  for (PlanePanel* panel : m_planes->panels()) panel->setIsolated(known);
}

// {"run": RUN, "images": [0, 1, ..]}
void PlaneView::setSelected(const Json& selected) {
  try {
    auto images = selected.at("images").get<std::vector<int64_t>>();
    const auto beyond = [](int64_t image) { return image < 0 || image > std::numeric_limits<int>::max(); };
    if (std::ranges::any_of(images, beyond)) return;
    m_bench.navigator->selectLater(selected.at("run").get<RunId>(), std::move(images));
  } catch (const Json::exception&) {
    return; // of another program
  }
}

// {"rect": [left, right, lower, upper], "axes": [first, second]}
void PlaneView::showArea(const RunId& run, const Json& area) {
  try {
    const auto rect = area.at("rect").get<std::array<double, 4>>();
    const auto axes = area.at("axes").get<std::array<int, 2>>();
    if (!(rect[0] < rect[1]) || !(rect[2] < rect[3])) return;
    for (PlanePanel* panel : m_planes->panels())
      panel->showArea(run, {rect[0], rect[1], rect[2], rect[3]}, {axes[0], axes[1]});
  } catch (const Json::exception&) {
    return; // an area of another program
  }
}

} // namespace latent::ui
