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
  void offer(const QString& sentence, const QString& button, std::function<void()> action) {
    emit said(sentence, false, button, action);
  }

 signals:
  void said(const QString& sentence, bool isError, const QString& button,
            const std::function<void()>& action);
};

} // namespace latent::ui
