// The gestures that --bench-drag makes in each view of the window.
#pragma once

#include <QEvent>
#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

namespace latent {

namespace ui {
class MainWindow;
}

/// A person's gesture in one view. Each of its moves changes the Focus, so that the inspector paints another
/// image.
class DragCase {
 public:
  virtual ~DragCase() = default;
  virtual const char* view() const = 0;
  virtual void prepare() = 0;     ///< brings the view to the front
  virtual bool ready() const = 0; ///< what is moved is there
  virtual QObject* target() const = 0;
  virtual QEvent::Type moveType() const { return QEvent::MouseMove; } ///< of the event of a move
  virtual void press() {}
  virtual void move(int i) = 0; ///< posts one event to the target
  virtual void release() {}
};

/// plane, traverse, compare and codes, in this order. The first three look at the active run, the last one
/// at a shipped VQ-VAE.
std::vector<std::unique_ptr<DragCase>> dragCases(ui::MainWindow& window);

} // namespace latent
