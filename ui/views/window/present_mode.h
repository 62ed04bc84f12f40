// F11: for a class with a projector. Only the stage is seen, its text larger, the pointer in a ring.
#pragma once

#include <QObject>

#include <functional>
#include <vector>

class QMainWindow;
class QWidget;

namespace latent::ui {

/// Panels are hidden, text is half as large again, the window fills the screen, and B turns the screen black
/// and back. Leaving restores what was there.
class PresentMode : public QObject {
  Q_OBJECT
 public:
  /// `panels`: what is hidden. `theme`: applies the theme anew, after the size of text changed.
  PresentMode(QMainWindow* window, std::vector<QWidget*> panels, std::function<void()> theme);
  ~PresentMode() override;

  bool active() const { return m_active; }
  bool blank() const;

 public slots:
  void toggle();
  void leave();
  void toggleBlank();

 signals:
  void activeChanged(bool active);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void enter();

  QMainWindow* m_window;
  std::vector<QWidget*> m_panels;
  std::function<void()> m_theme;
  std::vector<QWidget*> m_hidden; ///< by this mode
  QWidget* m_curtain;
  bool m_active = false;
  bool m_wasFull = false;
};

} // namespace latent::ui
