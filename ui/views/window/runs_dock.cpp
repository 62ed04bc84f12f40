#include "ui/views/window/runs_dock.h"

#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/runs_copy.h"
#include "ui/widgets/runs_panel.h"

#include <QDesktopServices>
#include <QEvent>
#include <QMenu>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <vector>

namespace latent::ui {
namespace {

constexpr int columnWidth = 208;
constexpr int railWidth = 48;
constexpr int overlayWidth = 232;

} // namespace

RunsDock::RunsDock(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_bench(bench), m_panel(makePanel(this)), m_overlay(makePanel(parent)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_panel);
  m_panel->setObjectName("runsPanel");
  m_overlay->setObjectName("runsOverlay");
  m_overlay->setPanelWidth(overlayWidth);
  m_overlay->setAutoFillBackground(true);
  m_overlay->hide();
  m_overlay->installEventFilter(this);
  arrange();
}

RunsPanel* RunsDock::makePanel(QWidget* parent) {
  auto* panel = new RunsPanel(parent);
  panel->setModel(m_bench.runs);
  connectPanel(panel);
  return panel;
}

void RunsDock::connectPanel(RunsPanel* panel) {
  TrainingBridge* training = m_bench.training;
  LibraryBridge* library = m_bench.library;
  connect(panel, &RunsPanel::activeRequested, m_bench.navigator, &Navigator::activate);
  connect(panel, &RunsPanel::shownToggled, m_bench.focus, &FocusStore::setShown);
  connect(panel, &RunsPanel::openRequested, this, &RunsDock::openRequested);
  connect(panel, &RunsPanel::trainRequested, this, &RunsDock::setupRequested);
  connect(panel, &RunsPanel::forkRequested, this, &RunsDock::forkRequested);
  connect(panel, &RunsPanel::exportCurvesRequested, this, &RunsDock::exportCurvesRequested);
  connect(panel, &RunsPanel::queuePauseRequested, training, &TrainingBridge::setQueuePaused);
  connect(panel, &RunsPanel::skipRequested, training, &TrainingBridge::skip);
  connect(panel, &RunsPanel::continueRequested, training, &TrainingBridge::continueRun);
  connect(panel, &RunsPanel::moveRequested, training, &TrainingBridge::moveInQueue);
  connect(panel, &RunsPanel::removeFromQueueRequested, training, &TrainingBridge::removeFromQueue);
  connect(panel, &RunsPanel::renameRequested, library, &LibraryBridge::renameRun);
  connect(panel, &RunsPanel::trashRequested, library, &LibraryBridge::trashRun);
  connect(panel, &RunsPanel::menuAsked, this, [this](QMenu* menu, const RunId& run) {
    // Of the shown runs where this is one of them, else of this run alone.
    std::vector<RunId> runs = shownRuns(m_bench);
    if (std::ranges::find(runs, run) == runs.end()) runs = {run};
    QMenu* copy = menu->addMenu(runs.size() > 1 ? tr("Copy table of the shown runs") : tr("Copy as table"));
    addCopyTable(copy, [this, runs](TableText text) { copyRuns(m_bench, runs, text); });
  });
  connect(panel, &RunsPanel::revealRequested, this, [](const RunId& run) {
    QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(run)));
  });
  connect(training, &TrainingBridge::stateChanged, panel,
          [panel, training] { panel->setQueuePaused(training->queuePaused()); });
}

void RunsDock::setNarrow(bool narrow) {
  if (narrow == m_narrow) return;
  m_narrow = narrow;
  m_hidden = false;
  arrange();
}

void RunsDock::arrange() {
  m_panel->setMode(m_narrow ? RunsPanel::Mode::rail : RunsPanel::Mode::panel);
  setFixedWidth(m_narrow ? railWidth : columnWidth);
  setVisible(!m_hidden);
  if (!m_narrow) closeOverlay();
}

void RunsDock::toggle() {
  if (!m_narrow) {
    m_hidden = !m_hidden;
    arrange();
    return;
  }
  m_overlayOpen = !m_overlayOpen;
  m_overlay->setVisible(m_overlayOpen);
  if (!m_overlayOpen) return;
  m_overlay->setGeometry(x(), y(), overlayWidth, height());
  m_overlay->raise();
  m_overlay->setFocus();
}

void RunsDock::closeOverlay() {
  m_overlayOpen = false;
  m_overlay->hide();
}

void RunsDock::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_overlay->setGeometry(x(), y(), overlayWidth, height());
}

bool RunsDock::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_overlay && event->type() == QEvent::Hide) m_overlayOpen = false;
  return QWidget::eventFilter(watched, event);
}

} // namespace latent::ui
