// Input x: an item of the data, a drawing or a picture of the person's, and where it comes from.
#pragma once

#include "core/base/focus.h"
#include "core/base/ink.h"
#include "ui/bridge/files_bridge.h"
#include "ui/views/shared/workbench.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <utility>
#include <vector>

class QBoxLayout;
class QLabel;
class QStackedLayout;
class QToolButton;

namespace latent::ui {

class DrawPad;
class ImageView;
struct RunItem;

/// One stroke is one step of the history, and the point follows the code of what is drawn within it.
class InputPanel : public QWidget {
  Q_OBJECT
 public:
  explicit InputPanel(const Workbench& bench, QWidget* parent = nullptr);

  ImageView* image() const { return m_image; }
  DrawPad* pad() const { return m_pad; }
  bool drawing() const; ///< the pad lies over the image
  /// Side of the square for the image or pad. Small ones stand beside the caption.
  void setSide(int pixels);
  static int heightFor(int side); ///< of the whole panel

 public slots:
  void setDrawing(bool drawing); ///< D
  void chooseFile();             ///< File > Open image as input
  void openFile(const QString& file);

 signals:
  void drawingChanged(bool drawing);

 private:
  QToolButton* button(const char* name, const QString& text, const QString& icon, const QString& tip);
  void connectPad();
  void refresh();
  void showButtons();
  QString absence(const RunItem& run) const;
  QString captionText() const;
  void draw(const Image& image);
  void follow(const RunId& run);
  void finish();
  void findStrokes();
  void readAgain();

  Workbench m_bench;
  QLabel* m_caption;
  QWidget* m_head;
  QBoxLayout* m_headRow;
  QBoxLayout* m_column;
  QWidget* m_square;
  QStackedLayout* m_stack;
  ImageView* m_image;
  DrawPad* m_pad;
  QToolButton *m_random, *m_next, *m_undo, *m_clear, *m_invert, *m_centre, *m_draw, *m_open;
  bool m_inGesture = false; ///< of a stroke, until the point has followed
  bool m_penUp = false;
  QTimer m_patience;
  QPointer<QWidget> m_focusBefore;                               ///< drawing began; the keys go back there
  std::vector<std::pair<Image, std::vector<InkStroke>>> m_known; ///< drawings of the history, newest last
  QString m_lastFolder;
};

} // namespace latent::ui
