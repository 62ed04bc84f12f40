// Input x, output x^, the point as numbers, its support and the nearest real images.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QToolButton;

namespace latent::ui {

class ImageView;
class NearestPanel;
class SupportMeter;
class ZEditor;

class PointPanel : public QWidget {
  Q_OBJECT
 public:
  explicit PointPanel(const Workbench& bench, QWidget* parent = nullptr);

  ImageView* input() const { return m_input; }
  ImageView* output() const { return m_output; }
  ZEditor* editor() const { return m_editor; }

 private:
  QWidget* captionRow(QLabel* caption, const std::vector<QToolButton*>& buttons);
  QToolButton* button(const QString& text, const QString& tip);
  void connectFeeds();
  void showInput();
  void showOutput();
  void showPoint();
  void showSupport();

  Workbench m_bench;
  QLabel* m_inputCaption;
  QLabel* m_outputCaption;
  ImageView* m_input;
  ImageView* m_output;
  ZEditor* m_editor;
  SupportMeter* m_support;
  NearestPanel* m_nearest;
  QTimer m_supportPace;
};

} // namespace latent::ui
