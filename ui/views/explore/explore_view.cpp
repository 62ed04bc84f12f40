#include "ui/views/explore/explore_view.h"

#include "ui/views/explore/nearest_panel.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/selected_panel.h"
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
      m_legend(new QCheckBox(tr("Legend"), m_side)),
      m_nearest(new NearestPanel(bench, 4, m_side)),
      m_selected(new SelectedPanel(bench, m_side)) {
  auto* column = new QVBoxLayout(m_side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(makeLayers());
  column->addWidget(m_selected, 1);
  column->addWidget(m_nearest, 2);
  m_plane->offerTraining();
  connect(m_plane, &PlanePanel::layersChanged, this, &ExploreView::showLayers);
  connect(m_plane, &PlanePanel::runChanged, this, &ExploreView::enableLayers);
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
                       "expects codes. On two of many latents, and on main directions, it is the prior "
                       "projected on the plane, as the points are. A model without a prior has no rings."),
                    tr("p(z) = N(0, I);  projected on A with AᵀA = I about m:  N(−Aᵀm, I)")});
  setHelp(m_ellipse,
          {tr("Posterior of the input"),
           tr("One standard deviation of q(z|x) for the input x, drawn to scale. On main directions it is "
              "projected on the plane. A model without a posterior gives a point only."),
           tr("q(z|x) = N(mu, diag(sigma²));  projected on A:  covariance Aᵀ diag(sigma²) A")});
  for (QCheckBox* check : {m_tiles, m_points, m_rings, m_ellipse, m_names, m_legend}) {
    column->addWidget(check);
    connect(check, &QCheckBox::clicked, this, [this] {
      PlaneLayers layers;
      layers.tiles = m_tiles->isChecked();
      layers.points = m_points->isChecked();
      layers.rings = m_rings->isChecked();
      layers.ellipse = m_ellipse->isChecked();
      layers.classNames = m_names->isChecked();
      layers.legend = m_legend->isChecked();
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
  m_legend->setChecked(layers.legend);
}

// A layer that this run cannot have is off the list, with the reason.
void ExploreView::enableLayers() {
  const auto explain = [](QCheckBox* check, const QString& reason) {
    check->setEnabled(reason.isEmpty());
    check->setToolTip(reason);
  };
  explain(m_rings, m_plane->noRings());
  explain(m_ellipse, m_plane->noEllipse());
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
