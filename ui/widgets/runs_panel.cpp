#include "ui/widgets/runs_panel.h"

#include "ui/widgets/empty_state.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/runs_delegate.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int railWidth = 48;

RunId idOf(const QModelIndex& index) {
  return index.data(RunsModel::IdRole).toString().toStdString();
}

QToolButton* iconButton(const QString& icon, const QString& name, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setIcon(themedIcon(icon));
  button->setToolTip(name);
  button->setAccessibleName(name);
  return button;
}

} // namespace

RunsPanel::RunsPanel(QWidget* parent)
    : QWidget(parent),
      m_delegate(new RunsDelegate(this)),
      m_header(new QWidget(this)),
      m_title(new QLabel(tr("Runs"), m_header)),
      m_open(iconButton(QStringLiteral("plus"), tr("Open a run folder"), m_header)),
      m_list(new QListView(this)),
      m_empty(new EmptyState(this)),
      m_queueBar(new QWidget(this)),
      m_queueText(new QLabel(m_queueBar)),
      m_pause(iconButton(QStringLiteral("pause"), tr("Pause the queue"), m_queueBar)),
      m_skip(iconButton(QStringLiteral("skip"), tr("Skip to the next run"), m_queueBar)) {
  setRole(m_title, "heading");
  setRole(m_queueText, "caption");
  m_open->setText(tr("Open run\u2026"));
  m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  auto* header = new QHBoxLayout(m_header);
  header->setContentsMargins(12, 4, 4, 4);
  header->setSpacing(0);
  header->addWidget(m_title);
  header->addStretch();
  header->addWidget(m_open);

  m_list->setItemDelegate(m_delegate);
  m_list->setSelectionMode(QAbstractItemView::SingleSelection);
  m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_list->setContextMenuPolicy(Qt::CustomContextMenu);
  m_list->setMouseTracking(true);
  m_list->setAccessibleName(tr("Runs"));
  m_list->installEventFilter(this);
  m_list->viewport()->installEventFilter(this);

  m_empty->setContent(tr("Nothing has been trained yet."), tr("Train"));
  auto* queue = new QHBoxLayout(m_queueBar);
  queue->setContentsMargins(12, 4, 4, 4);
  queue->setSpacing(0);
  queue->addWidget(m_queueText, 1);
  queue->addWidget(m_pause);
  queue->addWidget(m_skip);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_header);
  layout->addWidget(m_list, 1);
  layout->addWidget(m_empty, 1);
  layout->addWidget(m_queueBar);

  connect(m_open, &QToolButton::clicked, this, &RunsPanel::openRequested);
  connect(m_empty, &EmptyState::clicked, this, &RunsPanel::trainRequested);
  connect(m_pause, &QToolButton::clicked, this, [this] { emit queuePauseRequested(!m_queuePaused); });
  connect(m_skip, &QToolButton::clicked, this, &RunsPanel::skipRequested);
  connect(m_list, &QListView::clicked, this, &RunsPanel::activate);
  connect(m_list, &QListView::customContextMenuRequested, this, [this](const QPoint& place) {
    const QModelIndex index = m_list->indexAt(place);
    if (index.isValid()) showMenu(index, m_list->viewport()->mapToGlobal(place));
  });
  setMode(Mode::panel);
  refresh();
}

void RunsPanel::setModel(RunsModel* model) {
  if (m_model) m_model->disconnect(this);
  m_model = model;
  m_list->setModel(model);
  connect(model, &QAbstractItemModel::rowsInserted, this, &RunsPanel::refresh);
  connect(model, &QAbstractItemModel::rowsRemoved, this, &RunsPanel::refresh);
  connect(model, &QAbstractItemModel::rowsMoved, this, &RunsPanel::refresh);
  connect(model, &QAbstractItemModel::dataChanged, this, &RunsPanel::refresh);
  refresh();
}

void RunsPanel::setMode(Mode mode) {
  m_mode = mode;
  const bool rail = mode == Mode::rail;
  m_delegate->setRail(rail);
  m_title->setVisible(!rail);
  setRole(m_open, rail ? "icon" : "text");
  m_open->setToolButtonStyle(rail ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
  m_header->layout()->setContentsMargins(rail ? 9 : 12, 4, rail ? 9 : 4, 4);
  m_queueText->setVisible(!rail);
  m_queueBar->layout()->setContentsMargins(rail ? 9 : 12, 4, rail ? 9 : 4, 4);
  m_list->setVerticalScrollBarPolicy(rail ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
  setFixedWidth(rail ? railWidth : m_panelWidth);
  m_delegate->setWidth(rail ? railWidth : m_panelWidth);
  m_list->doItemsLayout();
  refresh();
}

void RunsPanel::setPanelWidth(int pixels) {
  m_panelWidth = pixels;
  setMode(m_mode);
}

void RunsPanel::setQueuePaused(bool paused) {
  m_queuePaused = paused;
  refresh();
}

void RunsPanel::refresh() {
  const bool rail = m_mode == Mode::rail;
  const bool any = m_model && m_model->rowCount() > 0;
  m_list->setVisible(any || rail);
  m_empty->setVisible(!any && !rail);

  int queued = 0;
  bool training = false;
  std::vector<int> heights;
  if (m_model) {
    for (int row = 0; row < m_model->rowCount(); ++row)
      heights.push_back(m_delegate->sizeHint({}, m_model->index(row)).height());
    for (const RunItem& item : m_model->items()) {
      queued += item.queued ? 1 : 0;
      training = training || item.training;
    }
  }
  m_queueBar->setVisible(queued > 0);
  m_queueText->setText(m_queuePaused ? tr("%n waiting, queue paused", nullptr, queued)
                                     : tr("%n waiting", nullptr, queued));
  m_pause->setIcon(themedIcon(m_queuePaused ? QStringLiteral("play") : QStringLiteral("pause")));
  const QString pause = m_queuePaused ? tr("Continue the queue") : tr("Pause the queue");
  m_pause->setToolTip(pause);
  m_pause->setAccessibleName(pause);
  m_skip->setVisible(training && !rail);

  if (heights != m_heights) { // views lay out again only when told
    m_heights = heights;
    m_list->doItemsLayout();
  }
  followActive();
}

void RunsPanel::followActive() {
  if (!m_model || m_list->hasFocus()) return; // the keyboard's place is the person's
  for (int row = 0; row < m_model->rowCount(); ++row) {
    const QModelIndex index = m_model->index(row);
    if (index.data(RunsModel::ActiveRole).toBool() && m_list->currentIndex() != index)
      m_list->setCurrentIndex(index);
  }
}

void RunsPanel::activate(const QModelIndex& index) {
  // A waiting run has no weights to look at.
  if (index.isValid() && !index.data(RunsModel::QueuedRole).toBool()) emit activeRequested(idOf(index));
}

void RunsPanel::toggleEye(const QModelIndex& index) {
  if (index.isValid() && !index.data(RunsModel::QueuedRole).toBool())
    emit shownToggled(idOf(index), !index.data(RunsModel::ShownRole).toBool());
}

void RunsPanel::discard(const QModelIndex& index) {
  if (!index.isValid()) return;
  if (index.data(RunsModel::QueuedRole).toBool())
    emit removeFromQueueRequested(idOf(index));
  else if (!index.data(RunsModel::ReadOnlyRole).toBool() && !index.data(RunsModel::TrainingRole).toBool())
    emit trashRequested(idOf(index));
}

void RunsPanel::rename(const QModelIndex& index) {
  if (!index.isValid() || m_mode == Mode::rail || index.data(RunsModel::QueuedRole).toBool() ||
      index.data(RunsModel::ReadOnlyRole).toBool())
    return;
  auto* field = new QLineEdit(index.data().toString(), m_list->viewport());
  field->setObjectName(QStringLiteral("rename"));
  field->setAccessibleName(tr("Name of the run"));
  field->setGeometry(
      m_delegate->nameRect(m_list->visualRect(index), index.data(RunsModel::DepthRole).toInt()));
  field->selectAll();
  field->installEventFilter(this); // Esc
  connect(field, &QLineEdit::editingFinished, this, [this, field, id = idOf(index), was = field->text()] {
    if (field->property("done").toBool()) return; // hiding takes the focus and finishes once more
    field->setProperty("done", true);
    const QString name = field->text().trimmed();
    field->deleteLater();
    m_list->setFocus();
    if (!name.isEmpty() && name != was) emit renameRequested(id, name);
  });
  field->show();
  field->setFocus();
}

QMenu* RunsPanel::makeMenu(const QModelIndex& index) {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const RunId id = idOf(index);
  const bool queued = index.data(RunsModel::QueuedRole).toBool();
  const bool readOnly = index.data(RunsModel::ReadOnlyRole).toBool();
  const bool training = index.data(RunsModel::TrainingRole).toBool();
  const auto state = static_cast<RunState>(index.data(RunsModel::StateRole).toInt());
  const auto add = [&](const QString& text, auto&& what) {
    return connect(menu->addAction(text), &QAction::triggered, this, std::forward<decltype(what)>(what));
  };
  if (queued) {
    add(tr("Move up"), [this, id] { emit moveRequested(id, -1); });
    add(tr("Move down"), [this, id] { emit moveRequested(id, 1); });
    menu->addSeparator();
    add(tr("Remove from the queue"), [this, id] { emit removeFromQueueRequested(id); });
    return menu;
  }
  const bool shown = index.data(RunsModel::ShownRole).toBool();
  add(shown ? tr("Hide") : tr("Show"), [this, id, shown] { emit shownToggled(id, !shown); });
  const bool unfinished =
      state == RunState::interrupted || state == RunState::stopped || state == RunState::paused;
  if (unfinished && !training && !readOnly)
    add(tr("Continue training"), [this, id] { emit continueRequested(id); });
  add(tr("Fork\u2026"), [this, id] { emit forkRequested(id); });
  menu->addSeparator();
  if (!readOnly && m_mode == Mode::panel)
    add(tr("Rename"), [this, index = QPersistentModelIndex(index)] { rename(index); });
  add(tr("Export curves\u2026"), [this, id] { emit exportCurvesRequested(id); });
  emit menuAsked(menu, id);
  add(tr("Reveal folder"), [this, id] { emit revealRequested(id); });
  if (!readOnly && !training) {
    menu->addSeparator();
    add(tr("Delete (to the trash)"), [this, id] { emit trashRequested(id); });
  }
  return menu;
}

void RunsPanel::showMenu(const QModelIndex& index, const QPoint& globalPosition) {
  makeMenu(index)->popup(globalPosition);
}

bool RunsPanel::handleKey(int key, Qt::KeyboardModifiers modifiers) {
  const QModelIndex index = m_list->currentIndex();
  if (!index.isValid()) return false;
  const bool alt = modifiers & Qt::AltModifier;
  switch (key) {
  case Qt::Key_Return:
  case Qt::Key_Enter:
    activate(index);
    return true;
  case Qt::Key_Space:
    toggleEye(index);
    return true;
  case Qt::Key_Delete:
    discard(index);
    return true;
  case Qt::Key_F2:
    rename(index);
    return true;
  case Qt::Key_Menu:
    showMenu(index, m_list->viewport()->mapToGlobal(m_list->visualRect(index).center()));
    return true;
  case Qt::Key_Up:
  case Qt::Key_Down:
    if (!alt || !index.data(RunsModel::QueuedRole).toBool()) return false;
    emit moveRequested(idOf(index), key == Qt::Key_Up ? -1 : 1);
    return true;
  default:
    return false;
  }
}

bool RunsPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (watched == m_list) return handleKey(key->key(), key->modifiers());
    auto* field = qobject_cast<QLineEdit*>(watched);
    if (field && key->key() == Qt::Key_Escape) {
      field->setProperty("done", true);
      field->deleteLater();
      m_list->setFocus();
      return true;
    }
  }
  if (watched != m_list->viewport()) return QWidget::eventFilter(watched, event);
  const bool press =
      event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick;
  if (!press && event->type() != QEvent::MouseButtonRelease) return QWidget::eventFilter(watched, event);
  const auto* mouse = static_cast<QMouseEvent*>(event);
  if (mouse->button() != Qt::LeftButton) return false;
  const QModelIndex index = m_list->indexAt(mouse->pos());
  const bool onEye = index.isValid() && m_delegate->eyeRect(m_list->visualRect(index)).contains(mouse->pos());
  if (press) {
    m_pressedEye = onEye ? idOf(index) : RunId();
    return onEye; // the list must not take it for a click on the row
  }
  if (m_pressedEye.empty()) return false;
  const bool same = onEye && idOf(index) == m_pressedEye;
  m_pressedEye.clear();
  if (same) toggleEye(index);
  return true;
}

} // namespace latent::ui
