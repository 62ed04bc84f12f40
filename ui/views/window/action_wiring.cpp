#include "ui/views/window/action_wiring.h"

#include "ui/bridge/report_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/inspector/history_panel.h"
#include "ui/views/inspector/input_panel.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/pins_panel.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/pinning.h"
#include "ui/views/shared/time_player.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/stage.h"
#include "ui/views/window/time_panel.h"
#include "ui/widgets/picture_list.h"

namespace latent::ui {
namespace {

constexpr double keyZoom = 1.25;

void wirePoint(const Actions& actions, const Workbench& bench, Stage* stage) {
  Navigator* navigator = bench.navigator;
  const auto on = [&](const char* id, auto what) {
    QObject::connect(actions[id], &QAction::triggered, stage, what);
  };
  on("nextInput", [navigator] { navigator->nextInput(); });
  on("randomInput", [navigator] { navigator->randomInput(); });
  on("encodeInput", [navigator] { navigator->encodeInput(); });
  on("priorMean", [navigator] { navigator->priorMean(); });
  on("previousSnapshot", [navigator] { navigator->previousSnapshot(); });
  on("nextSnapshot", [navigator] { navigator->nextSnapshot(); });
  on("playTime", [stage] { stage->timePanel()->player()->toggle(); });
  on("live", [navigator] { navigator->goLive(); });
  on("zoomIn", [stage] { stage->zoomBy(keyZoom); });
  on("zoomOut", [stage] { stage->zoomBy(1 / keyZoom); });
  on("fit", [stage] { stage->zoomToFit(); });
  on("previousLatent", [stage] { stage->stepLatent(-1); });
  on("nextLatent", [stage] { stage->stepLatent(1); });
  for (int i = 0; i < 9; ++i) {
    on(QStringLiteral("run%1").arg(i + 1).toLatin1().constData(),
       [navigator, i] { navigator->activateRow(i); });
    on(QStringLiteral("eye%1").arg(i + 1).toLatin1().constData(),
       [navigator, i] { navigator->toggleShownRow(i); });
  }
}

void wireTraining(const Actions& actions, const Workbench& bench, Inspector* inspector) {
  TrainingBridge* training = bench.training;
  const auto on = [&](const char* id, auto what) {
    QObject::connect(actions[id], &QAction::triggered, inspector, what);
  };
  on("train", [training, inspector] {
    // A run of its own, the waiting queue, or what Setup says.
    if (training->current().empty() && training->queueLength() == 0)
      inspector->setup()->train();
    else
      training->trainOrPause();
  });
  on("step", [training] { training->step(); });
  on("stop", [training] { training->stop(); });
  on("skip", [training] { training->skip(); });
  on("pauseQueue", [training, &actions](bool paused) {
    training->setQueuePaused(paused);
    actions["pauseQueue"]->setChecked(training->queuePaused());
  });
  on("continueRun", [training, bench] { training->continueRun(bench.focus->focus().active); });
}

void wireInspector(const Actions& actions, const Workbench& bench, Inspector* inspector) {
  const auto on = [&](const char* id, auto what) {
    QObject::connect(actions[id], &QAction::triggered, inspector, what);
  };
  on("setup", [inspector] { inspector->setTab(Inspector::Tab::setup); });
  on("pointTab", [inspector] { inspector->setTab(Inspector::Tab::point); });
  on("pinsTab", [inspector] {
    inspector->setTab(Inspector::Tab::pins);
    inspector->pins()->list()->setFocus(Qt::ShortcutFocusReason);
  });
  on("historyTab", [inspector] {
    inspector->setTab(Inspector::Tab::history);
    inspector->history()->list()->setFocus(Qt::ShortcutFocusReason);
  });
  on("pin", [bench] { pinPoint(bench); });
  on("importPins", [inspector] { inspector->pins()->importPins(); });
  on("exportPins", [inspector] { inspector->pins()->exportPins(); });
  InputPanel* input = inspector->point()->input();
  on("openInput", [inspector, input] {
    inspector->setTab(Inspector::Tab::point);
    input->chooseFile();
  });
  on("drawInput", [inspector, input](bool drawing) {
    if (drawing) inspector->setTab(Inspector::Tab::point);
    input->setDrawing(drawing);
  });
  QObject::connect(input, &InputPanel::drawingChanged, actions["drawInput"], &QAction::setChecked);
  on("fork", [bench, inspector] {
    const RunItem* run = bench.navigator->activeRun();
    if (run) inspector->fork(*run, bench.focus->focus().step);
  });
}

} // namespace

void wireActions(const Actions& actions, const Workbench& bench, Stage* stage, Inspector* inspector) {
  wirePoint(actions, bench, stage);
  wireTraining(actions, bench, inspector);
  const auto on = [&](const char* id, auto what) {
    QObject::connect(actions[id], &QAction::triggered, stage, what);
  };
  on("redo", [bench, stage] {
    if (stage->workspace() == Stage::Workspace::report)
      bench.report->redo();
    else
      bench.focus->redo();
  });
  on("workspace1", [stage] { stage->setWorkspace(Stage::Workspace::train); });
  on("workspace2", [stage] { stage->setWorkspace(Stage::Workspace::explore); });
  const auto onPage = [&](const char* id, ExploreView::Page page) {
    on(id, [stage, page] {
      stage->setWorkspace(Stage::Workspace::explore);
      stage->exploreView()->setPage(page);
      stage->keyTarget()->setFocus(Qt::ShortcutFocusReason);
    });
  };
  onPage("pagePlane", ExploreView::Page::plane);
  onPage("pageTraverse", ExploreView::Page::traverse);
  onPage("pageCodes", ExploreView::Page::codes);
  on("workspace3", [stage] { stage->setWorkspace(Stage::Workspace::compare); });
  QObject::connect(stage->compareView(), &CompareView::twinRequested, inspector,
                   [bench, inspector](const RunConfig& config) {
                     inspector->setup()->copyFrom(config);
                     bench.navigator->askTraining();
                   });
  wireInspector(actions, bench, inspector);
}

void updateActions(const Actions& actions, const Workbench& bench, bool undoesDelete) {
  const Focus& focus = bench.focus->focus();
  const RunItem* active = bench.runs->find(focus.active);
  const bool current = !bench.training->current().empty();
  const bool idle = active && !active->queued && !active->training && !active->readOnly;
  const bool unfinished = idle && active->state != RunState::finished && active->state != RunState::failed;
  actions["undo"]->setEnabled(undoesDelete || bench.focus->canUndo());
  actions["undo"]->setText(undoesDelete ? QObject::tr("Undo delete") : QObject::tr("Undo"));
  actions["redo"]->setEnabled(bench.focus->canRedo());
  actions["step"]->setEnabled(current);
  actions["stop"]->setEnabled(current);
  actions["skip"]->setEnabled(current);
  actions["pauseQueue"]->setEnabled(bench.training->queueLength() > 0);
  actions["pauseQueue"]->setChecked(bench.training->queuePaused());
  actions["continueRun"]->setEnabled(unfinished && !current);
  actions["train"]->setText(bench.training->training() ? QObject::tr("Pause training")
                            : current                  ? QObject::tr("Resume training")
                                                       : QObject::tr("Start training"));
  actions["live"]->setEnabled(focus.step.has_value());
  actions["fork"]->setEnabled(active && !active->queued);
  for (const char* id : {"drawInput", "openInput"}) actions[id]->setEnabled(active != nullptr);
  actions["pin"]->setEnabled(active && !active->discrete);
}

} // namespace latent::ui
