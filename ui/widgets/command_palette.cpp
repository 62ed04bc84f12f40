#include "ui/widgets/command_palette.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int paletteWidth = 480, rowHeight = 32, visibleRows = 10;
constexpr int actionRole = Qt::UserRole, keysRole = Qt::UserRole + 1;

/// "&Train..." as it is read: "Train..."
QString plainText(const QAction* action) {
  QString text = action->text();
  text.replace(QLatin1String("&&"), QString(QChar(0x1)));
  text.remove(QLatin1Char('&'));
  return text.replace(QChar(0x1), QLatin1String("&"));
}

/// Menus of buttons and context menus hold values and the like, no commands of the window.
bool isMenuOfBar(const QMenu* menu) {
  return menu && std::ranges::any_of(menu->menuAction()->associatedObjects(), [](QObject* owner) {
           return qobject_cast<QMenuBar*>(owner) || isMenuOfBar(qobject_cast<QMenu*>(owner));
         });
}

/// The name at the left, the keys at the right.
class CommandDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const ThemeColours& c = colours(option.widget);
    painter->save();
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, c.selection);
    const QRect area = option.rect.adjusted(12, 0, -12, 0);
    painter->setFont(textFont());
    painter->setPen(c.muted);
    const QString keys = index.data(keysRole).toString();
    painter->drawText(area, Qt::AlignRight | Qt::AlignVCenter, keys);
    painter->setPen(c.text);
    const int keysWidth = painter->fontMetrics().horizontalAdvance(keys) + 16;
    const QString name =
        painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, area.width() - keysWidth);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter->restore();
  }
  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {paletteWidth - 2, rowHeight};
  }
};

} // namespace

int fuzzyScore(const QString& query, const QString& text) {
  if (query.isEmpty()) return 1;
  int score = 0, position = 0, previous = -2;
  for (const QChar wanted : query) {
    if (wanted.isSpace()) continue;
    const int found = static_cast<int>(text.indexOf(wanted, position, Qt::CaseInsensitive));
    if (found < 0) return 0;
    const bool wordStart = found == 0 || !text[found - 1].isLetterOrNumber();
    score += found == previous + 1 ? 8 : wordStart ? 6 : 1;
    previous = found;
    position = found + 1;
  }
  // The words as typed, at the start or as a later word, come before letters picked from here and there.
  const int whole = static_cast<int>(text.indexOf(query.trimmed(), 0, Qt::CaseInsensitive));
  if (whole == 0) score += 200;
  if (whole > 0 && !text[whole - 1].isLetterOrNumber()) score += 100;
  return std::max(score, 1);
}

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window), m_field(new QLineEdit(this)), m_list(new QListWidget(this)), m_none(new QLabel(this)) {
  setRole(this, "panel");
  setAutoFillBackground(true);
  setAccessibleName(tr("Command palette"));
  m_field->setPlaceholderText(tr("Type a command"));
  m_field->addAction(themedIcon(QStringLiteral("search")), QLineEdit::LeadingPosition);
  m_field->setAccessibleName(tr("Command"));
  m_field->installEventFilter(this);
  m_list->setItemDelegate(new CommandDelegate(m_list));
  m_list->setUniformItemSizes(true);
  m_list->setFocusPolicy(Qt::NoFocus); // the field keeps the keys
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setAccessibleName(tr("Commands"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 8, 0, 4);
  layout->setSpacing(8);
  auto* fieldRow = new QHBoxLayout;
  fieldRow->setContentsMargins(8, 0, 8, 0);
  fieldRow->addWidget(m_field);
  layout->addLayout(fieldRow);
  layout->addWidget(m_list);
  m_none->setObjectName(QStringLiteral("noCommand"));
  m_none->setTextFormat(Qt::PlainText);
  m_none->setWordWrap(true);
  m_none->setAlignment(Qt::AlignLeft | Qt::AlignTop);
  m_none->setContentsMargins(12, 4, 12, 4);
  setRole(m_none, "muted");
  layout->addWidget(m_none, 1);
  hide();
  connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(m_list, &QListWidget::itemClicked, this,
          [this](QListWidgetItem* item) { trigger(m_list->row(item)); });
}

void CommandPalette::open() {
  if (isVisible()) {
    hide();
    return;
  }
  m_focusBefore = window()->focusWidget();
  collect();
  m_field->clear();
  filter({});
  place();
  show();
  raise();
  m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::collect() {
  m_actions.clear();
  for (QAction* action : window()->findChildren<QAction*>()) {
    const bool named = !action->text().isEmpty() && !action->isSeparator() && !action->menu();
    // Actions of the window and its menus have a place in one of them; those inside fields (undo, copy) do
    // not count.
    const bool offered = std::ranges::any_of(action->associatedObjects(), [this](QObject* owner) {
      return owner == window() || isMenuOfBar(qobject_cast<QMenu*>(owner));
    });
    if (named && offered && action->isEnabled() && action->isVisible()) m_actions.append(action);
  }
}

void CommandPalette::filter(const QString& query) {
  std::vector<std::pair<int, QAction*>> found;
  for (const QPointer<QAction>& action : std::as_const(m_actions))
    if (action)
      if (const int score = fuzzyScore(query, plainText(action)); score > 0)
        found.emplace_back(score, action);
  std::ranges::stable_sort(found, std::ranges::greater(), [](const auto& entry) { return entry.first; });
  m_list->clear();
  for (const auto& [score, action] : found) {
    auto* item = new QListWidgetItem(plainText(action), m_list);
    item->setData(actionRole, QVariant::fromValue<QObject*>(action));
    item->setData(keysRole, action->shortcut().toString(QKeySequence::NativeText));
  }
  m_list->setCurrentRow(0);
  m_list->setVisible(!found.empty());
  m_none->setVisible(found.empty());
  m_none->setText(tr("No command matches \u201c%1\u201d.").arg(query.trimmed()));
}

void CommandPalette::trigger(int row) {
  const QListWidgetItem* item = m_list->item(row);
  const QPointer<QObject> action = item ? item->data(actionRole).value<QObject*>() : nullptr;
  hide(); // first, so that the action sees the window and the focus as they were
  if (auto* command = qobject_cast<QAction*>(action.data())) command->trigger();
}

void CommandPalette::place() {
  const QWidget* area = parentWidget();
  const int width = std::min(paletteWidth, area->width() - 16);
  const int height = std::min(52 + rowHeight * visibleRows, area->height() - 80);
  setGeometry((area->width() - width) / 2, 64, width, height);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_field) return QFrame::eventFilter(watched, event);
  if (event->type() == QEvent::FocusOut &&
      static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
    m_focusBefore.clear(); // the person clicked elsewhere: the focus stays there
    hide();
    return false;
  }
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    event->accept(); // the window has a shortcut on Esc
    return true;
  }
  if (event->type() != QEvent::KeyPress) return false;
  const int count = m_list->count();
  switch (static_cast<QKeyEvent*>(event)->key()) {
  case Qt::Key_Down:
    m_list->setCurrentRow(count ? (m_list->currentRow() + 1) % count : -1);
    return true;
  case Qt::Key_Up:
    m_list->setCurrentRow(count ? (m_list->currentRow() + count - 1) % count : -1);
    return true;
  case Qt::Key_PageDown:
    m_list->setCurrentRow(std::min(m_list->currentRow() + visibleRows, count - 1));
    return true;
  case Qt::Key_PageUp:
    m_list->setCurrentRow(std::max(m_list->currentRow() - visibleRows, 0));
    return true;
  case Qt::Key_Return:
  case Qt::Key_Enter:
    trigger(m_list->currentRow());
    return true;
  case Qt::Key_Escape:
    hide();
    return true;
  default:
    return false;
  }
}

void CommandPalette::hideEvent(QHideEvent* event) {
  QFrame::hideEvent(event);
  if (m_focusBefore) m_focusBefore->setFocus(Qt::OtherFocusReason);
  m_focusBefore.clear();
}

} // namespace latent::ui
