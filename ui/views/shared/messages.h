// One sentence for the person, said from anywhere and shown by the message bar.
#pragma once

#include <QObject>
#include <QString>

#include <functional>

namespace latent::ui {

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

  /// What was just taken away can be brought back: stays while other sentences come and go.
  void offerUndo(const QString& sentence, const QString& button, const std::function<void()>& action) {
    emit undoOffered(sentence, button, action);
  }
  void withdrawUndo() { emit undoWithdrawn(); }

 signals:
  void said(const QString& sentence, bool isError, const QString& button,
            const std::function<void()>& action);
  void undoOffered(const QString& sentence, const QString& button, const std::function<void()>& action);
  void undoWithdrawn();
};

} // namespace latent::ui
