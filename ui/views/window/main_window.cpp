#include "ui/views/window/main_window.h"

#include "ui/bridge/figure_origin.h"
#include "ui/bridge/report_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/views/inspector/input_panel.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/deleted_run.h"
#include "ui/views/window/drops.h"
#include "ui/views/window/exporter.h"
#include "ui/views/window/file_choosers.h"
#include "ui/views/window/header_bar.h"
#include "ui/views/window/message_bar.h"
#include "ui/views/window/movie_exporter.h"
#include "ui/views/window/present_mode.h"
#include "ui/views/window/run_keeper.h"
#include "ui/views/window/runs_dock.h"
#include "ui/views/window/services.h"
#include "ui/views/window/session_keeper.h"
#include "ui/views/window/stage.h"
#include "ui/views/window/view_states.h"
#include "ui/views/window/window_memory.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/status_strip.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QVBoxLayout>

namespace latent::ui {
namespace {

constexpr int menuHeight = 28;
constexpr int wideFrom = 1360; // px of window width: below, Runs is a rail
constexpr int wideInspector = 312;
constexpr int narrowInspector = 296;
constexpr int messageMs = 12'000;
constexpr int undoMs = 60'000;

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      m_services(std::make_unique<Services>()),
      m_centre(new QWidget(this)),
      m_header(new HeaderBar(m_services->bench(), m_centre)),
      m_runs(new RunsDock(m_services->bench(), m_centre)),
      m_stage(new Stage(m_services->bench(), m_centre)),
      m_inspector(new Inspector(m_services->bench(), m_centre)),
      m_status(new StatusStrip(m_centre)),
      m_undo(nullptr),
      m_message(nullptr),
      m_actions(new Actions(this, m_stage)),
      m_exporter(new Exporter(m_services->bench(), m_stage, this)),
      m_movies(new MovieExporter(m_services->bench(), m_stage, this)),
      m_palette(nullptr),
      m_help(nullptr),
      m_files(new FileChoosers(m_services->bench(), this)),
      m_figures(new FigureOrigin(m_services->bench().jobs, this)) {
  setWindowTitle(tr("Latent Explorer"));
  setWindowIcon(applicationIcon());
  setAcceptDrops(true);
  setMinimumSize(1120, 640);
  // As designed, or what the screen leaves beside the window's frame.
  const QSize room = QGuiApplication::primaryScreen()->availableSize() - QSize(0, 32);
  resize(QSize(1440, 900).boundedTo(room).expandedTo(minimumSize()));
  layOut();
  m_undo = new MessageBar(m_stage, undoMs);
  m_message = new MessageBar(m_stage, messageMs, m_undo);
  m_palette = new CommandPalette(this);
  m_help = new HelpPopover(this);
  m_sessions = new SessionKeeper(
      m_services->bench(), m_services->keeper(), this, [this] { return windowParts(*m_stage, *m_inspector); },
      [this](const SessionParts& parts) { setWindowParts(*m_stage, *m_inspector, parts); });
  m_present = new PresentMode(this, {menuBar(), m_header, m_runs, m_inspector, m_status},
                              [this] { setTheme(m_theme); });
  connectParts();
  connectWindowActions();
  connectFiles();
  connectPresenting();
  m_stage->setWorkspace(Stage::Workspace::train);
}

MainWindow::~MainWindow() {
  delete takeCentralWidget(); // views first: they point to the services
  m_services.reset();
}

const Workbench& MainWindow::bench() const {
  return m_services->bench();
}

void MainWindow::layOut() {
  menuBar()->setNativeMenuBar(false);
  menuBar()->setFixedHeight(menuHeight);
  m_actions->fillMenus(menuBar());
  setCentralWidget(m_centre);
  auto* body = new QHBoxLayout;
  body->setContentsMargins(0, 0, 0, 0);
  body->setSpacing(0);
  body->addWidget(m_runs);
  body->addWidget(m_stage, 1);
  body->addWidget(m_inspector);
  auto* column = new QVBoxLayout(m_centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_header);
  column->addLayout(body, 1);
  column->addWidget(m_status);
}

void MainWindow::start(const QStringList& paths) {
  const WindowMemory known = readWindowMemory();
  restore(known);
  const Session session = m_sessions->begin(known.session);
  QStringList folders;
  std::vector<RunId> runs;
  for (const SessionRun& run : session.runs)
    if (run.shipped.empty()) runs.push_back(run.id);
  for (const QString& path : paths) {
    const Drop drop = dropOf(path);
    const bool other = drop.kind == Drop::Kind::session || drop.kind == Drop::Kind::figure ||
                       drop.kind == Drop::Kind::report;
    other ? open(drop) : folders.push_back(path);
  }
  m_services->keeper()->open(runs, session.focus.active.empty() ? std::nullopt : std::optional(session.focus),
                             folders);
  m_sessions->keep();
}

void MainWindow::restore(const WindowMemory& memory) {
  if (!memory.geometry.isEmpty()) restoreGeometry(memory.geometry);
  m_stage->trainView()->curvesPanel()->setChoice(memory.curves);
  m_inspector->setup()->restore(memory.setup);
  m_files->lastFolder = memory.lastFolder;
  m_files->lastData = memory.lastData;
  m_recent = memory.recent;
  m_sessions->setRecent(memory.recentSessions);
  m_sessions->setFile(memory.sessionFile);
  ExportSettings exporting = memory.exporting;
  if (exporting.folder.isEmpty()) exporting.folder = m_exporter->settings().folder;
  m_exporter->setSettings(exporting);
  m_movies->setSettings(memory.movie);
  setTheme(memory.theme);
}

WindowMemory MainWindow::memory() const {
  WindowMemory memory;
  memory.geometry = saveGeometry();
  memory.theme = m_theme;
  memory.session = m_sessions->current();
  memory.sessionFile = m_sessions->file();
  memory.recentSessions = m_sessions->recent();
  memory.setup = m_inspector->setup()->memory();
  memory.lastFolder = m_files->lastFolder;
  memory.lastData = m_files->lastData;
  memory.recent = m_recent;
  memory.curves = m_stage->trainView()->curvesPanel()->choice();
  memory.exporting = m_exporter->settings();
  memory.movie = m_movies->settings();
  return memory;
}

void MainWindow::openModel(const QString& file) {
  m_files->openModel(file);
}

void MainWindow::open(const Drop& drop) {
  switch (drop.kind) {
  case Drop::Kind::run:
    m_services->keeper()->openFolder(drop.path);
    break;
  case Drop::Kind::session:
    m_sessions->open(drop.path);
    break;
  case Drop::Kind::image:
    openImage(drop.path);
    break;
  case Drop::Kind::figure:
    m_figures->open(drop.path);
    break;
  case Drop::Kind::report:
    m_stage->setWorkspace(Stage::Workspace::report);
    m_services->bench().report->open(drop.path);
    break;
  case Drop::Kind::nothing:
    break;
  }
}

void MainWindow::openImage(const QString& file) {
  m_inspector->setTab(Inspector::Tab::point);
  m_inspector->point()->input()->openFile(file);
}

void MainWindow::showTitle() {
  const QString file = QFileInfo(m_sessions->file()).completeBaseName();
  setWindowTitle(file.isEmpty() ? tr("Latent Explorer") : tr("%1 — Latent Explorer").arg(file));
}

void MainWindow::noteRecent(const QString& folder) {
  m_recent.removeAll(folder);
  m_recent.prepend(folder);
}

void MainWindow::setTheme(ThemeChoice theme) {
  m_theme = theme;
  const char* id = theme == ThemeChoice::light  ? "themeLight"
                   : theme == ThemeChoice::dark ? "themeDark"
                                                : "themeSystem";
  (*m_actions)[id]->setChecked(true);
  applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), theme);
}

// Right after a deletion undo means the run; its last view is in the Focus that returns with it.
void MainWindow::undo() {
  DeletedRun* deleted = m_services->keeper()->deleted();
  if (m_stage->workspace() == Stage::Workspace::report)
    m_services->bench().report->undo();
  else if (deleted->undoIsNext())
    deleted->restore();
  else
    m_services->bench().focus->undo();
}

void MainWindow::cancel() {
  if (m_present->active()) return m_present->blank() ? m_present->toggleBlank() : m_present->leave();
  (m_message->isHidden() ? m_undo : m_message)->dismiss();
  m_runs->closeOverlay();
  m_stage->setFocus();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  m_present->leave(); // what is remembered is the window itself
  writeWindowMemory(memory());
  m_sessions->end();
  event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  const bool narrow = width() < wideFrom;
  m_runs->setNarrow(narrow);
  m_inspector->setFixedWidth(narrow ? narrowInspector : wideInspector);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (dropOf(*event->mimeData()).kind != Drop::Kind::nothing) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  open(dropOf(*event->mimeData()));
  event->acceptProposedAction();
}

} // namespace latent::ui
