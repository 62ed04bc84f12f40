#include "ui/views/window/header_bar.h"

#include "ui/bridge/training_bridge.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace latent::ui {
namespace {

constexpr int headerHeight = 44;
constexpr int startWidth = 96; // wide enough for "Resume": pressing it moves nothing

} // namespace

HeaderBar::HeaderBar(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_train(new QToolButton(this)),
      m_explore(new QToolButton(this)),
      m_compare(new QToolButton(this)),
      m_report(new QToolButton(this)),
      m_eta(new QLabel(this)),
      m_start(new QPushButton(this)),
      m_step(new QToolButton(this)),
      m_stop(new QToolButton(this)) {
  setFixedHeight(headerHeight);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 16, 0);
  row->setSpacing(0);
  auto* group = new QButtonGroup(this);
  m_train->setText(tr("Train"));
  m_explore->setText(tr("Explore"));
  m_compare->setText(tr("Compare"));
  m_report->setText(tr("Report"));
  m_train->setObjectName("workspaceTrain");
  m_explore->setObjectName("workspaceExplore");
  m_compare->setObjectName("workspaceCompare");
  m_report->setObjectName("workspaceReport");
  m_train->setToolTip(tr("Training seen live (Alt+1)"));
  m_explore->setToolTip(tr("One run in depth (Alt+2)"));
  m_compare->setToolTip(tr("Runs, or moments of one run, side by side (Alt+3)"));
  m_report->setToolTip(tr("The collected figures (Alt+5)"));
  for (QToolButton* button : {m_train, m_explore, m_compare, m_report}) {
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    setRole(button, "segment");
    group->addButton(button);
    row->addWidget(button);
  }
  connect(m_train, &QToolButton::clicked, this, [this] { emit workspaceRequested(Stage::Workspace::train); });
  connect(m_explore, &QToolButton::clicked, this,
          [this] { emit workspaceRequested(Stage::Workspace::explore); });
  connect(m_compare, &QToolButton::clicked, this,
          [this] { emit workspaceRequested(Stage::Workspace::compare); });
  connect(m_report, &QToolButton::clicked, this,
          [this] { emit workspaceRequested(Stage::Workspace::report); });

  row->addStretch(1);
  m_eta->setObjectName("eta");
  m_eta->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  setRole(m_eta, "muted");
  row->addWidget(m_eta);
  row->addSpacing(8);
  m_start->setObjectName("startButton");
  m_start->setFixedSize(startWidth, controlHeight);
  setRole(m_start, "primary");
  row->addWidget(m_start);
  row->addSpacing(4);
  for (QToolButton* button : {m_step, m_stop}) {
    button->setFixedSize(controlHeight, controlHeight);
    row->addWidget(button);
  }
  for (QAbstractButton* button : std::initializer_list<QAbstractButton*>{m_start, m_step, m_stop})
    button->setFocusPolicy(Qt::TabFocus);
  m_step->setIcon(themedIcon("step"));
  m_stop->setIcon(themedIcon("stop"));
  setHelp(m_start, {tr("Start"), tr("Trains a new run as set up in the inspector. While a run trains it "
                                    "pauses and resumes it; nothing is ever overwritten.")});
  connect(bench.training, &TrainingBridge::stateChanged, this, &HeaderBar::refresh);
  connect(bench.training, &TrainingBridge::runChanged, this, &HeaderBar::refresh);
  refresh();
}

void HeaderBar::setActions(QAction* train, QAction* step, QAction* stop) {
  const auto follow = [](QAbstractButton* button, QAction* action) {
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    const auto copy = [button, action] {
      button->setEnabled(action->isEnabled());
      button->setToolTip(QStringLiteral("%1 (%2)").arg(
          action->text().remove(QLatin1Char('&')), action->shortcut().toString(QKeySequence::NativeText)));
      button->setAccessibleName(action->text().remove(QLatin1Char('&')));
    };
    connect(action, &QAction::changed, button, copy);
    copy();
  };
  follow(m_start, train);
  follow(m_step, step);
  follow(m_stop, stop);
  refresh();
}

void HeaderBar::setWorkspace(Stage::Workspace workspace) {
  QToolButton* button = workspace == Stage::Workspace::explore   ? m_explore
                        : workspace == Stage::Workspace::compare ? m_compare
                        : workspace == Stage::Workspace::report  ? m_report
                                                                 : m_train;
  button->setChecked(true);
}

void HeaderBar::setPlan(const QString& plan) {
  m_plan = plan;
  refresh();
}

void HeaderBar::refresh() {
  const bool training = m_bench.training->training();
  const bool paused = !training && !m_bench.training->current().empty();
  const QString word = training ? tr("Pause") : paused ? tr("Resume") : tr("Start");
  if (m_start->text() != word) { // asked at 30 Hz while a run trains
    m_start->setText(word);
    tint();
  }
  const int waiting = m_bench.training->queueLength();
  const bool idle = !training && !paused;
  m_eta->setText(!idle         ? m_bench.training->progressText()
                 : waiting > 1 ? tr("%1 runs wait in the queue").arg(waiting)
                 : waiting > 0 ? tr("1 run waits in the queue")
                               : m_plan);
}

// The icon lies on the accent colour, which is another in each theme.
void HeaderBar::tint() {
  m_start->setIcon(themedIcon(m_bench.training->training() ? "pause" : "play", colours(this).onAccent));
}

void HeaderBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) tint();
}

} // namespace latent::ui
