#include "ui/views/window/stage.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/plots/curves_view.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/report/page_view.h"
#include "ui/views/report/report_view.h"
#include "ui/views/shared/view_header.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/time_panel.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/latent_plane.h"

#include <QApplication>
#include <QContextMenuEvent>
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
      m_compare(new CompareView(bench, m_stack)),
      m_report(new ReportView(bench, m_stack)),
      m_time(new TimePanel(bench, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_header);
  column->addWidget(m_stack, 1);
  column->addWidget(m_time);
  m_stack->addWidget(m_train);
  m_stack->addWidget(m_explore);
  m_stack->addWidget(m_compare);
  m_stack->addWidget(m_report);
  m_header->addTools(m_train->planePanel()->tools());
  m_header->addTools(m_explore->tools());
  m_header->addTools(m_compare->tools());
  connect(m_header, &ViewHeader::exportRequested, this, &Stage::exportRequested);
  connect(m_compare, &CompareView::exploreRequested, this, [this] { setWorkspace(Workspace::explore); });
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
  const QWidget* front = m_stack->currentWidget();
  return front == m_explore   ? Workspace::explore
         : front == m_compare ? Workspace::compare
         : front == m_report  ? Workspace::report
                              : Workspace::train;
}

void Stage::setWorkspace(Workspace workspace) {
  QWidget* view = m_train; // also for a number that this version does not know
  QWidget* tools = m_train->planePanel()->tools();
  if (workspace == Workspace::explore) {
    view = m_explore;
    tools = m_explore->tools();
  } else if (workspace == Workspace::compare) {
    view = m_compare;
    tools = m_compare->tools();
  } else if (workspace == Workspace::report) {
    view = m_report;
  }
  // A report is of no run and no moment.
  for (QWidget* part : std::initializer_list<QWidget*>{m_header, m_time}) part->setVisible(view != m_report);
  m_stack->setCurrentWidget(view);
  m_header->showTools(tools);
  keyTarget()->setFocus(Qt::OtherFocusReason);
  sayProblem();
  emit workspaceChanged(this->workspace());
}

PlanePanel* Stage::planePanel() const {
  return workspace() == Workspace::train ? m_train->planePanel() : m_explore->planePanel();
}

QWidget* Stage::keyTarget() const {
  if (workspace() == Workspace::compare) return m_compare->keyTarget();
  if (workspace() == Workspace::report) return m_report->keyTarget();
  return workspace() == Workspace::explore ? m_explore->keyTarget() : planePanel()->plane();
}

void Stage::stepLatent(int direction) {
  if (workspace() == Workspace::explore)
    m_explore->stepLatent(direction);
  else if (workspace() == Workspace::compare)
    m_compare->stepLatent(direction);
  else
    planePanel()->stepAxis(direction);
}

void Stage::zoomBy(double factor) {
  if (workspace() == Workspace::compare)
    m_compare->zoomBy(factor > 1 ? 1 : -1);
  else
    planePanel()->plane()->zoomBy(factor);
}

void Stage::zoomToFit() {
  if (workspace() == Workspace::compare)
    m_compare->zoomBy(0);
  else
    planePanel()->plane()->zoomToHome();
}

QPixmap Stage::frontPicture() const {
  const QWidget* focus = QApplication::focusWidget();
  for (QWidget* panel : std::initializer_list<QWidget*>{m_train->curvesPanel()->view(),
                                                        m_train->reconstructionsPanel()->grid()}) {
    if (focus && panel->isVisible() && (panel == focus || panel->isAncestorOf(focus))) return panel->grab();
  }
  if (workspace() == Workspace::explore && m_explore->page() != ExploreView::Page::plane)
    return m_explore->pageInFront()->grab();
  if (workspace() == Workspace::compare) return m_compare->picture();
  if (workspace() == Workspace::report) return m_report->page()->grab();
  return planePanel()->plane()->grab();
}

// What a view has no menu of its own for comes up to here.
void Stage::contextMenuEvent(QContextMenuEvent* event) {
  QWidget* under =
      event->reason() == QContextMenuEvent::Keyboard ? QApplication::focusWidget() : childAt(event->pos());
  if (!under || !m_stack->isAncestorOf(under)) return event->ignore();
  emit menuRequested(under, event->globalPos());
}

void Stage::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_time->setFixedHeight(height() >= tallFrom ? tallStrip : lowStrip);
}

} // namespace latent::ui
