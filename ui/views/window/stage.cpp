#include "ui/views/window/stage.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/plots/curves_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/shared/view_header.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/time_panel.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/latent_plane.h"

#include <QApplication>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int tallStrip = 44;
constexpr int lowStrip = 40;
constexpr int tallFrom = 700; // px of the whole stage

} // namespace

Stage::Stage(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_header(new ViewHeader(bench, this)),
      m_stack(new QStackedWidget(this)),
      m_train(new TrainView(bench, m_stack)),
      m_explore(new ExploreView(bench, m_stack)),
      m_time(new TimePanel(bench, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_header);
  column->addWidget(m_stack, 1);
  column->addWidget(m_time);
  m_stack->addWidget(m_train);
  m_stack->addWidget(m_explore);
  m_header->addTools(m_train->planePanel()->tools());
  m_header->addTools(m_explore->tools());
  connect(m_header, &ViewHeader::exportRequested, this, &Stage::exportRequested);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active) sayProblem();
  });
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, &Stage::sayProblem);
  setWorkspace(Workspace::train);
}

// A run without readable weights has no tiles and no points: the plane says why.
void Stage::sayProblem() {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  if (!run || run->problem.isEmpty()) return;
  for (const PlanePanel* panel : {m_train->planePanel(), m_explore->planePanel()})
    panel->plane()->setNotice(run->problem);
}

Stage::Workspace Stage::workspace() const {
  return m_stack->currentWidget() == m_explore ? Workspace::explore : Workspace::train;
}

void Stage::setWorkspace(Workspace workspace) {
  m_stack->setCurrentWidget(workspace == Workspace::explore ? static_cast<QWidget*>(m_explore) : m_train);
  m_header->showTools(workspace == Workspace::explore ? m_explore->tools() : m_train->planePanel()->tools());
  keyTarget()->setFocus(Qt::OtherFocusReason);
  sayProblem();
  emit workspaceChanged(workspace);
}

PlanePanel* Stage::planePanel() const {
  return workspace() == Workspace::explore ? m_explore->planePanel() : m_train->planePanel();
}

QWidget* Stage::keyTarget() const {
  return workspace() == Workspace::explore ? m_explore->keyTarget() : planePanel()->plane();
}

void Stage::stepLatent(int direction) {
  if (workspace() == Workspace::explore)
    m_explore->stepLatent(direction);
  else
    planePanel()->stepAxis(direction);
}

QPixmap Stage::frontPicture() const {
  const QWidget* focus = QApplication::focusWidget();
  for (QWidget* panel : std::initializer_list<QWidget*>{m_train->curvesPanel()->view(),
                                                        m_train->reconstructionsPanel()->grid()}) {
    if (focus && panel->isVisible() && (panel == focus || panel->isAncestorOf(focus))) return panel->grab();
  }
  if (workspace() == Workspace::explore && m_explore->page() != ExploreView::Page::plane)
    return m_explore->pageInFront()->grab();
  return planePanel()->plane()->grab();
}

void Stage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_time->setFixedHeight(height() >= tallFrom ? tallStrip : lowStrip);
}

} // namespace latent::ui
