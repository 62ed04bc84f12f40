// An application that lets a benchmark see events before and after they were delivered.
#pragma once

#include <QApplication>

#include <functional>

namespace latent {

class TimedApplication : public QApplication {
 public:
  using QApplication::QApplication;
  using Hook = std::function<void(QObject*, QEvent*)>;

  void setHooks(Hook before, Hook after) {
    m_before = std::move(before);
    m_after = std::move(after);
  }

  bool notify(QObject* receiver, QEvent* event) override {
    if (m_before) m_before(receiver, event);
    const bool handled = QApplication::notify(receiver, event);
    // Only these are timed; the receiver of a deferred deletion is gone by now.
    const QEvent::Type type = event->type();
    if (m_after && (type == QEvent::Paint || type == QEvent::MouseMove || type == QEvent::KeyPress ||
                    type == QEvent::User))
      m_after(receiver, event);
    return handled;
  }

 private:
  Hook m_before, m_after;
};

} // namespace latent
