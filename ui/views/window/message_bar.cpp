#include "ui/views/window/message_bar.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>

#include <utility>

namespace latent::ui {
namespace {

constexpr int margin = 12, gap = 4;
constexpr int timeStrip = 44; // stays free

} // namespace

MessageBar::MessageBar(QWidget* parent, int lifetimeMs, MessageBar* lower)
    : QFrame(parent),
      m_lower(lower),
      m_mark(new QLabel(this)),
      m_text(new QLabel(this)),
      m_button(new QPushButton(this)),
      m_secondButton(new QPushButton(this)),
      m_timer(new QTimer(this)) {
  setObjectName(lower ? "messageBar" : "undoBar");
  setRole(this, "panel");
  setAutoFillBackground(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 4, 4, 4);
  row->setSpacing(8);
  m_text->setWordWrap(true);
  m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_text->setTextFormat(Qt::PlainText);
  auto* close = new QToolButton(this);
  close->setIcon(themedIcon("close"));
  close->setToolTip(tr("Dismiss (Esc)"));
  close->setAccessibleName(tr("Dismiss"));
  row->addWidget(m_mark);
  row->addWidget(m_text, 1);
  row->addWidget(m_button);
  row->addWidget(m_secondButton);
  row->addWidget(close);
  m_button->hide();
  m_secondButton->hide();
  m_timer->setSingleShot(true);
  m_timer->setInterval(lifetimeMs);
  connect(m_timer, &QTimer::timeout, this, &MessageBar::dismiss);
  connect(close, &QToolButton::clicked, this, &MessageBar::dismiss);
  connect(m_button, &QPushButton::clicked, this, [this] {
    const auto action = std::exchange(m_action, nullptr);
    dismiss();
    if (action) action();
  });
  connect(m_secondButton, &QPushButton::clicked, this, [this] {
    const auto action = std::exchange(m_secondAction, nullptr);
    dismiss();
    if (action) action();
  });
  parent->installEventFilter(this);
  if (lower) lower->installEventFilter(this);
  hide();
}

void MessageBar::say(const QString& sentence, bool isError, const QString& button,
                     const std::function<void()>& action) {
  m_text->setText(sentence);
  m_mark->setVisible(isError);
  m_mark->setPixmap(themedIcon("warning", colours(this).error).pixmap(16, 16));
  m_button->setVisible(!button.isEmpty());
  m_button->setText(button);
  m_action = action;
  m_secondButton->hide();
  m_secondAction = nullptr;
  isError ? m_timer->stop() : m_timer->start();
  place();
  show();
  raise();
}

void MessageBar::offer(const QString& sentence, const MessageButton& first, const MessageButton& second) {
  say(sentence, false, first.words, first.action);
  m_secondButton->setText(second.words);
  m_secondButton->show();
  m_secondAction = second.action;
  place();
}

QString MessageBar::sentence() const {
  return isHidden() ? QString() : m_text->text();
}

void MessageBar::dismiss() {
  m_timer->stop();
  m_action = m_secondAction = nullptr;
  hide();
}

void MessageBar::place() {
  const int width = std::min(parentWidget()->width() - 2 * margin, 720);
  const int height = std::max(36, layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width)
                                                                : sizeHint().height());
  const bool stacked = m_lower && m_lower->isVisibleTo(parentWidget());
  const int bottom = stacked ? m_lower->y() - gap : parentWidget()->height() - margin - timeStrip;
  setGeometry((parentWidget()->width() - width) / 2, bottom - height, width, height);
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
  const QEvent::Type type = event->type();
  const bool moved = watched == parentWidget()
                         ? type == QEvent::Resize
                         : type == QEvent::Show || type == QEvent::Hide || type == QEvent::Move;
  if (moved && isVisible()) place();
  return QFrame::eventFilter(watched, event);
}

} // namespace latent::ui
