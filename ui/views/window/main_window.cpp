#include "ui/views/window/main_window.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/setup_panel.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/action_wiring.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/deleted_run.h"
#include "ui/views/window/exporter.h"
#include "ui/views/window/header_bar.h"
#include "ui/views/window/import_dialog.h"
#include "ui/views/window/keys_dialog.h"
#include "ui/views/window/message_bar.h"
#include "ui/views/window/run_keeper.h"
#include "ui/views/window/runs_dock.h"
#include "ui/views/window/services.h"
#include "ui/views/window/stage.h"
#include "ui/views/window/status_feed.h"
#include "ui/views/window/window_memory.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/status_strip.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
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

/// The run folder that a dropped file stands for: the folder itself, or that of its run.json.
QString runFolderOf(const QUrl& url) {
  const QFileInfo info(url.toLocalFile());
  if (info.isDir()) return info.absoluteFilePath();
  return info.fileName() == QLatin1String("run.json") ? info.absolutePath() : QString();
}

} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent),
      m_services(std::make_unique<Services>()),
      m_stage(new Stage(m_services->bench(), this)),
      m_inspector(new Inspector(m_services->bench(), this)),
      m_runs(nullptr),
      m_header(new HeaderBar(m_services->bench(), this)),
      m_status(new StatusStrip(this)),
      m_undo(nullptr),
      m_message(nullptr),
      m_actions(new Actions(this, m_stage)),
      m_exporter(new Exporter(m_services->bench(), m_stage, this)),
      m_palette(nullptr),
      m_help(nullptr) {
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
  connectParts();
  connectWindowActions();
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
  auto* centre = new QWidget(this);
  setCentralWidget(centre);
  m_runs = new RunsDock(m_services->bench(), centre);
  auto* body = new QHBoxLayout;
  body->setContentsMargins(0, 0, 0, 0);
  body->setSpacing(0);
  body->addWidget(m_runs);
  body->addWidget(m_stage, 1);
  body->addWidget(m_inspector);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_header);
  column->addLayout(body, 1);
  column->addWidget(m_status);
}

void MainWindow::connectParts() {
  const Workbench& bench = m_services->bench();
  connect(bench.messages, &Messages::said, m_message, &MessageBar::say);
  connect(bench.messages, &Messages::undoOffered, m_undo,
          [this](const QString& sentence, const QString& button, const std::function<void()>& action) {
            m_undo->say(sentence, false, button, action);
          });
  connect(bench.messages, &Messages::undoWithdrawn, m_undo, &MessageBar::dismiss);
  connect(m_header, &HeaderBar::workspaceRequested, m_stage, &Stage::setWorkspace);
  connect(m_stage, &Stage::workspaceChanged, this, [this](Stage::Workspace workspace) {
    m_header->setWorkspace(workspace);
    (*m_actions)[workspace == Stage::Workspace::train ? "workspace1" : "workspace2"]->setChecked(true);
  });
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
  connect(m_inspector->setup(), &SetupPanel::enqueued, this,
          [this] { m_services->keeper()->followNextRun(); });
  connect(m_inspector->setup(), &SetupPanel::planChanged, m_header, &HeaderBar::setPlan);
  m_header->setPlan(m_inspector->setup()->plan());
  connect(bench.library, &LibraryBridge::datasetAdded, this, [this](const std::string& id) {
    if (id != m_wantedData) return; // the data of a run that was opened
    m_wantedData.clear();
    m_inspector->setTab(Inspector::Tab::setup);
    m_inspector->setup()->chooseData(QString::fromStdString(id));
  });
  connect(m_runs, &RunsDock::openRequested, this, &MainWindow::chooseRun);
  connect(m_runs, &RunsDock::setupRequested, this, [this] { m_inspector->setTab(Inspector::Tab::setup); });
  connect(m_runs, &RunsDock::exportCurvesRequested, m_exporter, &Exporter::exportCurves);
  connect(m_services->keeper(), &RunKeeper::opened, this, &MainWindow::noteRecent);
  feedStatus(m_status, bench);

  const auto update = [this] {
    const Workbench& now = m_services->bench();
    updateActions(*m_actions, now, m_services->keeper()->deleted()->undoIsNext());
    QStringList titles;
    for (const RunItem& run : now.runs->items()) titles << run.title();
    m_actions->nameRuns(titles);
  };
  connect(bench.focus, &FocusStore::historyChanged, this, update);
  connect(m_services->keeper()->deleted(), &DeletedRun::undoIsNextChanged, this, update);
  connect(bench.training, &TrainingBridge::stateChanged, this, update);
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
  m_header->setActions(actions["train"], actions["step"], actions["stop"]);
  const auto on = [&](const char* id, auto what) { connect(actions[id], &QAction::triggered, this, what); };
  on("open", [this] { chooseRun(); });
  on("openModel", [this] { chooseModel(); });
  on("openDataFolder", [this] { chooseData(true); });
  on("openDataFile", [this] { chooseData(false); });
  on("export", [this] { m_exporter->exportAgain(); });
  on("exportAs", [this] { m_exporter->ask(); });
  on("quit", [this] { close(); });
  on("undo", [this] { undo(); });
  on("runs", [this] { m_runs->toggle(); });
  on("palette", [this] { m_palette->open(); });
  on("help", [this] { m_help->toggle(); });
  on("keys", [this] { (new KeysDialog(this))->open(); });
  on("about", [this] { about(); });
  on("cancel", [this] { cancel(); });
  on("themeSystem", [this] { setTheme(ThemeChoice::system); });
  on("themeLight", [this] { setTheme(ThemeChoice::light); });
  on("themeDark", [this] { setTheme(ThemeChoice::dark); });
  connect(actions.recentMenu(), &QMenu::aboutToShow, this, [this] {
    QMenu* menu = m_actions->recentMenu();
    menu->clear();
    for (const QString& folder : m_recent)
      menu->addAction(folder, this, [this, folder] { m_services->keeper()->openFolder(folder); });
    if (m_recent.isEmpty()) menu->addAction(tr("No run was opened yet"))->setEnabled(false);
  });
}

void MainWindow::start(const QStringList& folders) {
  const WindowMemory known = readWindowMemory();
  restore(known);
  m_services->keeper()->open(known.runs, known.focus, folders);
}

void MainWindow::restore(const WindowMemory& memory) {
  if (!memory.geometry.isEmpty()) restoreGeometry(memory.geometry);
  m_stage->trainView()->restoreSplitters(memory.splitters);
  m_stage->trainView()->curvesPanel()->setChoice(memory.curves);
  m_stage->setWorkspace(static_cast<Stage::Workspace>(memory.workspace));
  m_inspector->setTab(memory.setupTab ? Inspector::Tab::setup : Inspector::Tab::point);
  m_inspector->setup()->restore(memory.setup);
  m_lastFolder = memory.lastFolder;
  m_lastData = memory.lastData;
  m_recent = memory.recent;
  ExportSettings exporting = memory.exporting;
  if (exporting.folder.isEmpty()) exporting.folder = m_exporter->settings().folder;
  m_exporter->setSettings(exporting);
  setTheme(memory.theme);
}

WindowMemory MainWindow::memory() const {
  WindowMemory memory;
  memory.geometry = saveGeometry();
  memory.splitters = m_stage->trainView()->splitterState();
  memory.theme = m_theme;
  memory.workspace = static_cast<int>(m_stage->workspace());
  memory.setupTab = m_inspector->tab() == Inspector::Tab::setup;
  memory.runs = m_services->keeper()->sessionRuns();
  memory.focus = m_services->bench().focus->focus();
  memory.setup = m_inspector->setup()->memory();
  memory.lastFolder = m_lastFolder;
  memory.lastData = m_lastData;
  memory.recent = m_recent;
  memory.curves = m_stage->trainView()->curvesPanel()->choice();
  memory.exporting = m_exporter->settings();
  return memory;
}

void MainWindow::chooseRun() {
  auto* dialog = new QFileDialog(this, tr("Open run folder"), m_lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
    m_lastFolder = QFileInfo(folder).absolutePath();
    m_services->keeper()->openFolder(folder);
  });
  dialog->open();
}

void MainWindow::chooseModel() {
  auto* dialog = new QFileDialog(this, tr("Open model"), m_lastFolder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters(
      {tr("Weights and TorchScript (*.safetensors *.pt *.pth *.ts)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    m_lastFolder = QFileInfo(file).absolutePath();
    openModel(QFileInfo(file).absoluteFilePath());
  });
  dialog->open();
}

void MainWindow::openModel(const QString& file) {
  auto* dialog = new ImportDialog(m_services->bench(), file, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ImportDialog::opened, m_services->keeper(), &RunKeeper::openFolder);
  dialog->open();
}

void MainWindow::chooseData(bool folder) {
  auto* dialog = new QFileDialog(this, folder ? tr("Open data folder") : tr("Open data file"), m_lastData);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
  dialog->setOption(QFileDialog::ShowDirsOnly, folder);
  if (!folder) dialog->setNameFilters({tr("Arrays (*.npz)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
    m_lastData = QFileInfo(path).absolutePath();
    const QString file = QFileInfo(path).absoluteFilePath();
    m_wantedData = file.toStdString();
    m_services->bench().library->addDataset(file);
  });
  dialog->open();
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
  if (deleted->undoIsNext())
    deleted->restore();
  else
    m_services->bench().focus->undo();
}

void MainWindow::cancel() {
  (m_message->isHidden() ? m_undo : m_message)->dismiss();
  m_runs->closeOverlay();
  m_stage->setFocus();
}

void MainWindow::about() {
  auto* box = new QMessageBox(
      QMessageBox::NoIcon, tr("About Latent Explorer"),
      tr("Latent Explorer %1\n\nTrains autoencoders and variational autoencoders on images and lets you drag "
         "across "
         "what they learnt.\n\nFree software under the GNU General Public License, version 3 or later.")
          .arg(QCoreApplication::applicationVersion()),
      QMessageBox::Ok, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  writeWindowMemory(memory());
  event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  const bool narrow = width() < wideFrom;
  m_runs->setNarrow(narrow);
  m_inspector->setFixedWidth(narrow ? narrowInspector : wideInspector);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    if (!runFolderOf(url).isEmpty()) event->acceptProposedAction();
  }
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    const QString folder = runFolderOf(url);
    if (!folder.isEmpty()) m_services->keeper()->openFolder(folder);
  }
  event->acceptProposedAction();
}

} // namespace latent::ui
