#include "ui/views/explore/plane_tools.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

namespace latent::ui {
namespace {

constexpr int mainDirection = -1;

QToolButton* toggle(const QString& text, const QString& tip, QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setText(text);
  button->setToolTip(tip);
  button->setCheckable(true);
  button->setChecked(true);
  button->setFocusPolicy(Qt::TabFocus);
  setRole(button, "text");
  return button;
}

} // namespace

PlaneTools::PlaneTools(QWidget* parent)
    : QWidget(parent),
      m_first(new QComboBox(this)),
      m_second(new QComboBox(this)),
      m_tiles(toggle(tr("Tiles"), tr("Decoded images behind the points"), this)),
      m_points(toggle(tr("Points"), tr("Codes of the whole test set; hold H to hide them"), this)),
      m_aligned(new QLabel(tr("aligned by rotation"), this)) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  for (QComboBox* box : {m_first, m_second}) {
    box->setFocusPolicy(Qt::StrongFocus);
    box->setMinimumWidth(64);
    row->addWidget(box);
    connect(box, &QComboBox::activated, this, [this, box] { choose(box); });
  }
  m_first->setObjectName("axisX");
  m_second->setObjectName("axisY");
  m_first->setAccessibleName(tr("Horizontal axis"));
  m_second->setAccessibleName(tr("Vertical axis"));
  const HelpText axes{
      tr("Axes of the plane"),
      tr("With more than two latents the plane shows two of them, or the two directions in which the "
         "codes of the test set vary most. All other latents keep the values of the point."),
      tr("z = z_held + a e_i + b e_j")};
  setHelp(m_first, axes);
  setHelp(m_second, axes);
  setHelp(m_tiles,
          {tr("Tiles"),
           tr("Each tile is the image that the decoder gives for the latent point at the tile's centre."),
           tr("x̂ = decoder(z)")});
  setHelp(
      m_points,
      {tr("Points"),
       tr("Each point is the code of one test image: the mean of its posterior, or the code itself where the "
          "model has none. Double-click one to take it as the input; drag with Shift to select several."),
       tr("z = mu(x)")});
  auto* fit = new QToolButton(this);
  fit->setText(tr("Fit"));
  fit->setToolTip(tr("Show everything (0)"));
  fit->setFocusPolicy(Qt::TabFocus);
  setRole(fit, "text");
  setRole(m_aligned, "caption");
  m_aligned->setObjectName("alignedNote");
  m_aligned->setToolTip(tr("Planes of other moments are turned over the one at which this was switched on; "
                           "the axes are not the latents themselves."));
  m_aligned->hide();
  row->addWidget(m_aligned);
  row->addWidget(m_tiles);
  row->addWidget(m_points);
  row->addWidget(fit);
  connect(m_tiles, &QToolButton::toggled, this, &PlaneTools::tilesToggled);
  connect(m_points, &QToolButton::toggled, this, &PlaneTools::pointsToggled);
  connect(fit, &QToolButton::clicked, this, &PlaneTools::fitRequested);
  setLatentSize(2);
}

void PlaneTools::setLatentSize(int size) {
  if (size == m_size) return;
  m_size = size;
  const bool choice = size > 2;
  for (QComboBox* box : {m_first, m_second}) {
    const QSignalBlocker quiet(box);
    box->clear();
    for (int k = 0; k < size; ++k) box->addItem(tr("z%1").arg(k + 1), k);
    if (choice) box->addItem(box == m_first ? tr("main 1") : tr("main 2"), mainDirection);
    box->setVisible(choice);
  }
  selectAxes(0, 1);
}

int PlaneTools::first() const {
  return m_size < 3 ? 0 : m_first->currentData().toInt();
}

int PlaneTools::second() const {
  return m_size < 3 ? 1 : m_second->currentData().toInt();
}

void PlaneTools::selectAxes(int first, int second) {
  const QSignalBlocker quietFirst(m_first);
  const QSignalBlocker quietSecond(m_second);
  m_first->setCurrentIndex(m_first->findData(first));
  m_second->setCurrentIndex(m_second->findData(second));
}

// Main directions come as a pair, and two axes are never the same latent.
void PlaneTools::choose(QComboBox* changed) {
  QComboBox* other = changed == m_first ? m_second : m_first;
  const QSignalBlocker quiet(other);
  const bool main = changed->currentData().toInt() == mainDirection;
  const bool otherMain = other->currentData().toInt() == mainDirection;
  if (main != otherMain || changed->currentData() == other->currentData()) {
    const int taken = changed->currentData().toInt();
    other->setCurrentIndex(other->findData(main ? mainDirection : (taken == 0 ? 1 : 0)));
  }
  emit axesChosen();
}

void PlaneTools::setAligned(bool aligned) {
  m_aligned->setVisible(aligned);
}

void PlaneTools::hideLayers() {
  m_tiles->hide();
  m_points->hide();
}

void PlaneTools::setLayers(const PlaneLayers& layers) {
  const QSignalBlocker quietTiles(m_tiles);
  const QSignalBlocker quietPoints(m_points);
  m_tiles->setChecked(layers.tiles);
  m_points->setChecked(layers.points);
}

} // namespace latent::ui
