// What the parts of the window say to each other, and which part each action belongs to.
#include "ui/views/window/main_window.h"

#include "ui/bridge/figure_origin.h"
#include "ui/bridge/report_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/report/report_view.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/about_box.h"
#include "ui/views/window/action_wiring.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/deleted_run.h"
#include "ui/views/window/exporter.h"
#include "ui/views/window/figure_view.h"
#include "ui/views/window/file_choosers.h"
#include "ui/views/window/header_bar.h"
#include "ui/views/window/keys_dialog.h"
#include "ui/views/window/message_bar.h"
#include "ui/views/window/movie_exporter.h"
#include "ui/views/window/present_mode.h"
#include "ui/views/window/report_wiring.h"
#include "ui/views/window/run_keeper.h"
#include "ui/views/window/runs_dock.h"
#include "ui/views/window/services.h"
#include "ui/views/window/session_keeper.h"
#include "ui/views/window/stage.h"
#include "ui/views/window/status_feed.h"
#include "ui/views/window/view_menu.h"
#include "ui/views/window/view_states.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/status_strip.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>

namespace latent::ui {

void MainWindow::connectParts() {
  const Workbench& bench = m_services->bench();
  connect(bench.messages, &Messages::said, m_message, &MessageBar::say);
  connect(bench.messages, &Messages::choiceOffered, m_message, &MessageBar::offer);
  connect(bench.messages, &Messages::undoOffered, m_undo,
          [this](const QString& sentence, const QString& button, const std::function<void()>& action) {
            m_undo->say(sentence, false, button, action);
          });
  connect(bench.messages, &Messages::undoWithdrawn, m_undo, &MessageBar::dismiss);
  connect(m_header, &HeaderBar::workspaceRequested, m_stage, &Stage::setWorkspace);
  connect(m_stage, &Stage::workspaceChanged, this, [this](Stage::Workspace workspace) {
    m_header->setWorkspace(workspace);
    const QByteArray id = "workspace" + QByteArray::number(static_cast<int>(workspace) + 1);
    (*m_actions)[id.constData()]->setChecked(true);
    m_inspector->setVisible(workspace != Stage::Workspace::report); // which is of no run and no point
  });
  connect(m_inspector, &Inspector::tabAsked, m_inspector, &QWidget::show);
  connect(m_stage, &Stage::exportRequested, m_exporter, &Exporter::ask);
  connect(m_stage->trainView()->curvesPanel(), &CurvesPanel::trainCopyRequested, this, [this] {
    if (const RunItem* run = m_services->bench().runs->find(m_services->bench().focus->focus().active))
      m_inspector->setup()->copyFrom(run->config);
    m_inspector->setTab(Inspector::Tab::setup);
  });
  connect(bench.navigator, &Navigator::trainingAsked, this, [this] {
    m_stage->setWorkspace(Stage::Workspace::train);
    m_inspector->setTab(Inspector::Tab::setup);
  });
  connect(bench.navigator, &Navigator::codesAsked, this, [this] {
    m_stage->exploreView()->setPage(ExploreView::Page::codes);
    m_stage->setWorkspace(Stage::Workspace::explore);
  });
  connect(m_inspector->setup(), &SetupPanel::enqueued, this,
          [this] { m_services->keeper()->followNextRun(); });
  connect(m_inspector->setup(), &SetupPanel::planChanged, m_header, &HeaderBar::setPlan);
  m_header->setPlan(m_inspector->setup()->plan());
  connect(m_runs, &RunsDock::setupRequested, this, [this] { m_inspector->setTab(Inspector::Tab::setup); });
  connect(m_runs, &RunsDock::exportCurvesRequested, m_exporter, &Exporter::exportCurves);
  connect(m_runs, &RunsDock::forkRequested, this, [this](const RunId& id) {
    const Workbench& now = m_services->bench();
    const Focus& focus = now.focus->focus();
    if (const RunItem* run = now.runs->find(id))
      m_inspector->fork(*run, id == focus.active ? focus.step : std::nullopt);
  });
  feedStatus(m_status, bench);

  const auto update = [this] {
    const Workbench& now = m_services->bench();
    updateActions(*m_actions, now, m_services->keeper()->deleted()->undoIsNext());
    updateReportActions(*m_actions, now, *m_stage);
    QStringList titles;
    for (const RunItem& run : now.runs->items()) titles << run.title();
    m_actions->nameRuns(titles);
  };
  connect(bench.focus, &FocusStore::historyChanged, this, update);
  connect(m_services->keeper()->deleted(), &DeletedRun::undoIsNextChanged, this, update);
  connect(bench.training, &TrainingBridge::stateChanged, this, update);
  connect(bench.report, &ReportBridge::changed, this, update);
  connect(m_stage, &Stage::workspaceChanged, this, update);
  connect(bench.runs, &QAbstractItemModel::rowsInserted, this, update);
  connect(bench.runs, &QAbstractItemModel::rowsRemoved, this, update);
  connect(bench.focus, &FocusStore::changed, this, [update](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.step != now.step) update();
  });
  update();
}

void MainWindow::connectWindowActions() {
  const Actions& actions = *m_actions;
  wireActions(actions, m_services->bench(), m_stage, m_inspector);
  wireReport(actions, m_services->bench(), m_stage, m_exporter, m_figures);
  m_header->setActions(actions["train"], actions["step"], actions["stop"]);
  const auto on = [&](const char* id, auto what) { connect(actions[id], &QAction::triggered, this, what); };
  on("export", [this] {
    if (m_stage->workspace() == Stage::Workspace::report)
      m_stage->reportView()->exportAs(ReportFormat::pdf);
    else
      m_exporter->ask();
  });
  on("exportMovie", [this] { m_movies->ask(); });
  on("exportAgain", [this] { m_exporter->exportAgain(); });
  on("copy", [this] {
    if (m_stage->workspace() == Stage::Workspace::report)
      m_stage->reportView()->copyItem();
    else
      m_exporter->copyImage();
  });
  on("copyNumbers", [this] { m_exporter->copyNumbers(); });
  on("copyLatex", [this] { m_exporter->copyLatex(); });
  new ViewMenu(m_actions, m_exporter, m_stage, this);
  on("quit", [this] { close(); });
  on("undo", [this] { undo(); });
  on("runs", [this] { m_runs->toggle(); });
  on("palette", [this] { m_palette->open(); });
  on("help", [this] { m_help->toggle(); });
  on("keys", [this] { (new KeysDialog(this))->open(); });
  on("about", [this] { (new AboutBox(this))->open(); });
  on("cancel", [this] { cancel(); });
  on("themeSystem", [this] { setTheme(ThemeChoice::system); });
  on("themeLight", [this] { setTheme(ThemeChoice::light); });
  on("themeDark", [this] { setTheme(ThemeChoice::dark); });
}

void MainWindow::connectFiles() {
  const Actions& actions = *m_actions;
  RunKeeper* keeper = m_services->keeper();
  connect(actions["open"], &QAction::triggered, m_files, &FileChoosers::chooseRun);
  connect(m_runs, &RunsDock::openRequested, m_files, &FileChoosers::chooseRun);
  connect(actions["openModel"], &QAction::triggered, m_files, &FileChoosers::chooseModel);
  connect(actions["openDataFolder"], &QAction::triggered, m_files, &FileChoosers::chooseDataFolder);
  connect(actions["openDataFile"], &QAction::triggered, m_files, &FileChoosers::chooseDataFile);
  connect(m_files, &FileChoosers::runChosen, keeper, &RunKeeper::openFolder);
  connect(actions["openFigure"], &QAction::triggered, m_files, &FileChoosers::chooseFigure);
  connect(m_files, &FileChoosers::figureChosen, m_figures, &FigureOrigin::open);
  connect(m_figures, &FigureOrigin::foreign, this, &MainWindow::openImage);
  connect(m_figures, &FigureOrigin::failed, m_services->bench().messages, &Messages::error);
  connect(m_figures, &FigureOrigin::opened, this, [this](const FigureView& figure) {
    const QString shown = tr("This is what %1 shows.").arg(QFileInfo(figure.file).fileName());
    m_sessions->showView(figure.runs, figure.focus, figureParts(figure, windowParts(*m_stage, *m_inspector)),
                         figure.warning.isEmpty() ? shown : shown + QLatin1Char(' ') + figure.warning);
  });
  connect(m_files, &FileChoosers::dataReady, this, [this](const QString& id) {
    m_inspector->setTab(Inspector::Tab::setup);
    m_inspector->setup()->chooseData(id);
  });
  connect(keeper, &RunKeeper::opened, this, &MainWindow::noteRecent);
  connect(actions.recentMenu(), &QMenu::aboutToShow, this, [this] {
    QMenu* menu = m_actions->recentMenu();
    menu->clear();
    for (const QString& folder : m_recent)
      menu->addAction(folder, this, [this, folder] { m_services->keeper()->openFolder(folder); });
    if (m_recent.isEmpty()) menu->addAction(tr("No run was opened yet"))->setEnabled(false);
  });
  connect(actions["newSession"], &QAction::triggered, m_sessions, &SessionKeeper::create);
  connect(actions["openSession"], &QAction::triggered, m_sessions, &SessionKeeper::choose);
  connect(actions["saveSession"], &QAction::triggered, m_sessions, &SessionKeeper::save);
  connect(actions["saveSessionAs"], &QAction::triggered, m_sessions, &SessionKeeper::saveAs);
  connect(actions.recentSessionsMenu(), &QMenu::aboutToShow, m_sessions,
          [this] { m_sessions->fillRecent(m_actions->recentSessionsMenu()); });
  connect(m_sessions, &SessionKeeper::fileChanged, this, &MainWindow::showTitle);
}

void MainWindow::connectPresenting() {
  const Actions& actions = *m_actions;
  connect(actions["present"], &QAction::triggered, m_present, &PresentMode::toggle);
  connect(actions["blank"], &QAction::triggered, m_present, &PresentMode::toggleBlank);
  connect(m_present, &PresentMode::activeChanged, this, [this](bool active) {
    (*m_actions)["present"]->setChecked(active);
    (*m_actions)["blank"]->setEnabled(active);
  });
}

} // namespace latent::ui
