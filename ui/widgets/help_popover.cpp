#include "ui/widgets/help_popover.h"

#include "ui/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr char helpProperty[] = "latentHelp";
constexpr int popoverWidth = 304;

} // namespace

void setHelp(QWidget* control, const HelpText& help) {
  control->setProperty(helpProperty, QStringList{help.title, help.paragraph, help.formula});
  control->setAccessibleDescription(help.paragraph);
}

std::optional<HelpText> helpOf(const QWidget* control) {
  for (; control; control = control->parentWidget()) {
    const QStringList parts = control->property(helpProperty).toStringList();
    if (parts.size() == 3) return HelpText{parts[0], parts[1], parts[2]};
    if (control->isWindow()) break;
  }
  return std::nullopt;
}

HelpPopover::HelpPopover(QWidget* window)
    : QFrame(window), m_title(new QLabel(this)), m_paragraph(new QLabel(this)), m_formula(new QLabel(this)) {
  setRole(this, "panel");
  setAutoFillBackground(true);
  setRole(m_title, "heading");
  setRole(m_formula, "formula");
  m_paragraph->setWordWrap(true);
  m_formula->setWordWrap(true);
  for (QLabel* label : {m_title, m_paragraph, m_formula}) {
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::NoTextInteraction);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 12, 16, 16);
  layout->setSpacing(8);
  layout->addWidget(m_title);
  layout->addWidget(m_paragraph);
  layout->addWidget(m_formula);
  setFixedWidth(popoverWidth);
  hide();
  qApp->installEventFilter(this); // the last hovered control may be anywhere in the window
}

HelpPopover::~HelpPopover() {
  qApp->removeEventFilter(this);
}

QString HelpPopover::title() const {
  return m_title->text();
}
QString HelpPopover::paragraph() const {
  return m_paragraph->text();
}
QString HelpPopover::formula() const {
  return m_formula->text();
}

void HelpPopover::toggle() {
  if (isVisible()) {
    hide();
    return;
  }
  QWidget* focused = window()->focusWidget();
  if (focused && helpOf(focused))
    showFor(focused);
  else if (m_hovered && helpOf(m_hovered))
    showFor(m_hovered);
  else
    showText({tr("Help"),
              tr("Point at a control, or move the focus to it, and press F1: it is explained here."),
              {}},
             nullptr);
}

void HelpPopover::showFor(QWidget* control) {
  const auto help = helpOf(control);
  if (help) showText(*help, control);
}

void HelpPopover::showText(const HelpText& help, QWidget* beside) {
  m_title->setText(help.title);
  m_paragraph->setText(help.paragraph);
  m_formula->setText(help.formula);
  m_formula->setVisible(!help.formula.isEmpty());
  setAccessibleName(help.title);
  setAccessibleDescription(help.paragraph);
  layout()->activate();
  resize(popoverWidth,
         layout()->hasHeightForWidth() ? layout()->heightForWidth(popoverWidth) : sizeHint().height());

  const QWidget* area = parentWidget();
  QPoint place((area->width() - width()) / 2, (area->height() - height()) / 3);
  if (beside) { // left of the control if there is room, because forms stand at the right edge; else right,
                // else below
    const QRect control(beside->mapTo(area, QPoint(0, 0)), beside->size());
    place = QPoint(control.left() - width() - 8, control.top());
    if (place.x() < 8) place.setX(control.right() + 9);
    if (place.x() + width() > area->width() - 8) place = QPoint(control.left(), control.bottom() + 9);
  }
  place.setX(std::clamp(place.x(), 8, std::max(8, area->width() - width() - 8)));
  place.setY(std::clamp(place.y(), 8, std::max(8, area->height() - height() - 8)));
  move(place);
  show();
  raise();
}

bool HelpPopover::eventFilter(QObject* watched, QEvent* event) {
  auto* widget = qobject_cast<QWidget*>(watched);
  if (!widget || widget->window() != window() || widget == this || isAncestorOf(widget)) return false;
  switch (event->type()) {
  case QEvent::Enter:
    if (helpOf(widget)) m_hovered = widget;
    break;
  case QEvent::MouseButtonPress:
    hide();
    break;
  case QEvent::ShortcutOverride: // before a shortcut on Esc takes the key away
    if (isVisible() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) event->accept();
    break;
  case QEvent::KeyPress:
    if (isVisible() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
      hide();
      return true;
    }
    break;
  default:
    break;
  }
  return false;
}

} // namespace latent::ui
