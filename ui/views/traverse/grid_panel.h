// Two latents against each other: a grid of images, the two sliders and the output.
#pragma once

#include <QSize>
#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;

namespace latent::ui {

class HistogramSlider;
class ImageMatrix;
class ImageView;

/// Left and Right move the first latent, Up and Down the second.
class GridPanel : public QWidget {
  Q_OBJECT
 public:
  explicit GridPanel(QWidget* parent = nullptr);

  void setLatents(const std::vector<int>& latents); ///< those to choose from, in their order
  void setAxes(int across, int up);
  void setImageSize(const QSize& image);
  int side() const { return m_count; } ///< images along each latent: odd, so that the middle is one
  HistogramSlider* across() const { return m_across; }
  HistogramSlider* up() const { return m_up; }
  ImageMatrix* matrix() const { return m_matrix; }
  ImageView* output() const { return m_output; }

 signals:
  void axesChosen(int across, int up); ///< by the person; never the same
  void gestureStarted();
  void gestureFinished();
  void sideChanged();

 protected:
  void resizeEvent(QResizeEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void focusOutEvent(QFocusEvent*) override;
  void paintEvent(QPaintEvent*) override;

 private:
  HistogramSlider* sliderFor(int key) const; ///< null for other keys
  void arrange();
  QSize m_image; ///< of one image of the grid
  int m_count = 9;
  ImageMatrix* m_matrix;
  QWidget* m_side;
  QComboBox* m_first;
  QComboBox* m_second;
  HistogramSlider* m_across;
  HistogramSlider* m_up;
  QLabel* m_caption;
  ImageView* m_output;
  int m_firstLatent = 0, m_secondLatent = 1; ///< the axes in force
};

} // namespace latent::ui
