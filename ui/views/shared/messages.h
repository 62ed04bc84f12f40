// One sentence for the person, said from anywhere and shown by the message bar.
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace latent::ui {

struct MessageButton {
  QString words;
  std::function<void()> action;
};

class Messages : public QObject {
  Q_OBJECT
 public:
  using QObject::QObject;

  void error(const QString& sentence) { emit said(sentence, true, {}, {}); }
  void tell(const QString& sentence) { emit said(sentence, false, {}, {}); }
  /// With one button: "Undo", "Open folder".
  void offer(const QString& sentence, const QString& button, const std::function<void()>& action) {
    emit said(sentence, false, button, action);
  }

  /// With two buttons: "Open report" and "Undo".
  void offer(const QString& sentence, const MessageButton& first, const MessageButton& second) {
    emit choiceOffered(sentence, first, second);
  }

  /// What was just taken away can be brought back: stays while other sentences come and go.
  void offerUndo(const QString& sentence, const QString& button, const std::function<void()>& action) {
    emit undoOffered(sentence, button, action);
  }
  void withdrawUndo() { emit undoWithdrawn(); }

 signals:
  void said(const QString& sentence, bool isError, const QString& button,
            const std::function<void()>& action);
  void choiceOffered(const QString& sentence, const latent::ui::MessageButton& first,
                     const latent::ui::MessageButton& second);
  void undoOffered(const QString& sentence, const QString& button, const std::function<void()>& action);
  void undoWithdrawn();
};

} // namespace latent::ui
