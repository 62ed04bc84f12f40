// One sentence over the lower edge of the stage, with at most two buttons and a way to dismiss it.
#pragma once

#include "ui/views/shared/messages.h"

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace latent::ui {

/// Lies over its parent, so that nothing moves when it appears, and above `lower` while that one is there.
/// Errors stay until dismissed, the rest goes after a while.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  MessageBar(QWidget* parent, int lifetimeMs, MessageBar* lower = nullptr);
  void say(const QString& sentence, bool isError, const QString& button, const std::function<void()>& action);
  void offer(const QString& sentence, const MessageButton& first, const MessageButton& second);
  QString sentence() const;

 public slots:
  void dismiss();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void place();
  MessageBar* m_lower;
  QLabel* m_mark;
  QLabel* m_text;
  QPushButton* m_button;
  QPushButton* m_secondButton;
  QTimer* m_timer;
  std::function<void()> m_action, m_secondAction;
};

} // namespace latent::ui
