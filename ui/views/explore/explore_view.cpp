#include "ui/views/explore/explore_view.h"

#include "ui/views/explore/nearest_panel.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QLabel>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int gap = 8;
constexpr int narrowSide = 188;
constexpr int wideSide = 380;

} // namespace

ExploreView::ExploreView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_plane(new PlanePanel(bench, this)),
      m_side(new QWidget(this)),
      m_tiles(new QCheckBox(tr("Decoded tiles"), m_side)),
      m_points(new QCheckBox(tr("Test points"), m_side)),
      m_rings(new QCheckBox(tr("Prior rings 1, 2, 3 σ"), m_side)),
      m_ellipse(new QCheckBox(tr("Posterior of the input"), m_side)),
      m_names(new QCheckBox(tr("Class names"), m_side)),
      m_nearest(new NearestPanel(bench, 4, m_side)) {
  auto* column = new QVBoxLayout(m_side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(makeLayers());
  column->addWidget(m_nearest, 1);
  connect(m_plane, &PlanePanel::layersChanged, this, &ExploreView::showLayers);
  showLayers({});
}

QWidget* ExploreView::makeLayers() {
  auto* box = new QFrame(m_side);
  setRole(box, "panel");
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(4);
  auto* heading = new QLabel(tr("Layers"), box);
  setRole(heading, "heading");
  column->addWidget(heading);
  setHelp(m_rings, {tr("Prior rings"),
                    tr("Circles of radius 1, 2 and 3 around the prior's mean: where a standard normal prior "
                       "expects codes. An AE has no prior and no rings."),
                    tr("|z| = 1, 2, 3 with p(z) = N(0, I)")});
  setHelp(m_ellipse,
          {tr("Posterior of the input"),
           tr("One standard deviation of q(z|x) for the input x, drawn to scale. An AE gives a point only."),
           tr("q(z|x) = N(mu(x), sigma(x)²)")});
  for (QCheckBox* check : {m_tiles, m_points, m_rings, m_ellipse, m_names}) {
    column->addWidget(check);
    connect(check, &QCheckBox::clicked, this, [this] {
      PlaneLayers layers;
      layers.tiles = m_tiles->isChecked();
      layers.points = m_points->isChecked();
      layers.rings = m_rings->isChecked();
      layers.ellipse = m_ellipse->isChecked();
      layers.classNames = m_names->isChecked();
      m_plane->setLayers(layers);
    });
  }
  return box;
}

void ExploreView::showLayers(const PlaneLayers& layers) {
  m_tiles->setChecked(layers.tiles);
  m_points->setChecked(layers.points);
  m_rings->setChecked(layers.rings);
  m_ellipse->setChecked(layers.ellipse);
  m_names->setChecked(layers.classNames);
}

void ExploreView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  // The plane is square where there is room; the side is at least 188 wide and at most 380.
  const int side = std::clamp(width() - gap - height(), narrowSide, wideSide);
  const int plane = width() - gap - side;
  m_plane->setGeometry(0, 0, plane, height());
  m_side->setGeometry(plane + gap, 0, side, height());
}

} // namespace latent::ui
