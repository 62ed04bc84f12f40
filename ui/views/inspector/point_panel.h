// Input x, output x^, the point as numbers, its support and the nearest real images.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace latent::ui {

class ImageView;
class InputPanel;
class NearestPanel;
class SupportMeter;
class ZEditor;

class PointPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PointPanel(const Workbench& bench, QWidget* parent = nullptr);

  InputPanel* input() const { return m_input; }
  ImageView* output() const { return m_output; }
  ZEditor* editor() const { return m_editor; }

 protected:
  void resizeEvent(QResizeEvent*) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void fitImages();
  QWidget* captionRow(QLabel* caption, const std::vector<QToolButton*>& buttons);
  QToolButton* button(const QString& text, const QString& tip);
  void connectFeeds();
  void showOutput();
  void showPoint();
  void showSupport();

  Workbench m_bench;
  QLabel* m_outputCaption;
  InputPanel* m_input;
  ImageView* m_output;
  ZEditor* m_editor;
  SupportMeter* m_support;
  NearestPanel* m_nearest;
  QWidget* m_content = nullptr;
  QWidget* m_below = nullptr; ///< numbers, support, neighbours
  QVBoxLayout* m_column = nullptr;
  QScrollArea* m_scroll = nullptr;
  QTimer m_supportPace;
};

} // namespace latent::ui
