// The workspace Explore: one run in depth.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

namespace latent::ui {

class PlanePanel;
class PlaneView;

class ExploreView : public QWidget {
  Q_OBJECT
 public:
  explicit ExploreView(const Workbench& bench, QWidget* parent = nullptr);

  PlaneView* planeView() const { return m_plane; }
  PlanePanel* planePanel() const; ///< of the active run
  QWidget* tools() const;         ///< for the view header

 private:
  PlaneView* m_plane;
};

} // namespace latent::ui
