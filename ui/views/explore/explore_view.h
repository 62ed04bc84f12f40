// The workspace Explore: one run in depth. The plane as large as it goes, its layers and what is near the
// point.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

class QCheckBox;

namespace latent::ui {

class NearestPanel;
class PlanePanel;
class SelectedPanel;
struct PlaneLayers;

class ExploreView : public QWidget {
  Q_OBJECT
 public:
  explicit ExploreView(const Workbench& bench, QWidget* parent = nullptr);

  PlanePanel* planePanel() const { return m_plane; }

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  QWidget* makeLayers();
  void showLayers(const PlaneLayers& layers);
  void enableLayers();

  PlanePanel* m_plane;
  QWidget* m_side;
  QCheckBox* m_tiles;
  QCheckBox* m_points;
  QCheckBox* m_rings;
  QCheckBox* m_ellipse;
  QCheckBox* m_names;
  QCheckBox* m_legend;
  NearestPanel* m_nearest;
  SelectedPanel* m_selected;
};

} // namespace latent::ui
