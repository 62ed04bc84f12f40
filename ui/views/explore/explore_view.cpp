#include "ui/views/explore/explore_view.h"

#include "ui/views/explore/plane_view.h"

#include <QVBoxLayout>

namespace latent::ui {

ExploreView::ExploreView(const Workbench& bench, QWidget* parent)
    : QWidget(parent), m_plane(new PlaneView(bench, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_plane);
}

PlanePanel* ExploreView::planePanel() const {
  return m_plane->planePanel();
}

QWidget* ExploreView::tools() const {
  return m_plane->tools();
}

} // namespace latent::ui
