// The plane's controls in the view header: axes, layers, fit.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QToolButton;

namespace latent::ui {

struct PlaneLayers;

class PlaneTools : public QWidget {
  Q_OBJECT
 public:
  explicit PlaneTools(QWidget* parent = nullptr);

  /// With more than two latents the axes can be chosen; the choice falls back to z1 and z2.
  void setLatentSize(int size);
  /// -1 for main directions; `second` is then -1 too.
  int first() const;
  int second() const;
  void selectAxes(int first, int second);
  void setLayers(const PlaneLayers& layers);
  void setAligned(bool aligned); ///< says so, or nothing
  /// Where the layers have a list of their own, two buttons are enough.
  void hideLayers();

 signals:
  void axesChosen(); ///< by the person
  void tilesToggled(bool on);
  void pointsToggled(bool on);
  void fitRequested();

 private:
  void choose(QComboBox* changed);
  QComboBox* m_first;
  QComboBox* m_second;
  QToolButton* m_tiles;
  QToolButton* m_points;
  QLabel* m_aligned;
  int m_size = 0;
};

} // namespace latent::ui
