#include "ui/views/explore/layers_panel.h"

#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int percent = 100;
constexpr int rowHeight = 28;
constexpr int narrowSlider = 44, wideSlider = 140;
constexpr int wideFrom = 300;

QLabel* reasonLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setContentsMargins(22, 0, 0, 4);
  setRole(label, "caption");
  label->hide();
  return label;
}

QComboBox* box(QWidget* parent, const QString& name) {
  auto* made = new QComboBox(parent);
  made->setAccessibleName(name);
  made->setFocusPolicy(Qt::StrongFocus);
  made->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  made->setMinimumContentsLength(6);
  return made;
}

QHBoxLayout* titled(const QString& title, QWidget* control, QWidget* parent) {
  auto* row = new QHBoxLayout;
  row->setSpacing(8);
  auto* label = new QLabel(title, parent);
  label->setBuddy(control);
  row->addWidget(label);
  row->addWidget(control, 1);
  return row;
}

} // namespace

LayersPanel::LayersPanel(QWidget* parent)
    : QScrollArea(parent),
      m_density(nullptr),
      m_axes(nullptr),
      m_axesReason(nullptr),
      m_aligned(nullptr),
      m_alignedReason(nullptr),
      m_colours(nullptr),
      m_column(nullptr),
      m_filter(nullptr),
      m_value(nullptr),
      m_low(nullptr),
      m_high(nullptr) {
  auto* content = new QWidget(this);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(12, 8, 12, 8);
  column->setSpacing(0);
  auto* heading = new QLabel(tr("Layers"), content);
  setRole(heading, "heading");
  column->addWidget(heading);
  using L = PlaneLayers;
  addRow(column, tr("Decoded tiles"),
         tr("Each tile is the image that the decoder gives for the latent point at the tile's centre. Under "
            "points it is fainter; the slider sets what is seen now."),
         tr("x̂ = decoder(z)"), &L::tiles, &L::tileOpacityUnderPoints);
  addRow(column, tr("Test points"),
         tr("Each point is the code of one test image: the mean of its posterior, or the code itself where "
            "the model has none."),
         tr("z = mu(x)"), &L::points, &L::pointOpacity);
  addRow(column, tr("Prior rings"),
         tr("Circles of radius 1, 2 and 3 σ around the prior's mean: where a standard normal prior expects "
            "codes. On two of many latents, and on main directions, it is the prior projected on the plane, "
            "as the points are. A model without a prior has no rings."),
         tr("p(z) = N(0, I);  projected on A with AᵀA = I about m:  N(−Aᵀm, I)"), &L::rings, &L::ringOpacity);
  addRow(column, tr("Density"),
         tr("How densely the codes of the shown test images lie: a Gaussian kernel estimate on this plane, "
            "its bandwidth by Scott's rule. The bar gives the share of the data in one unit of area."),
         tr("p̂(a) = 1/n Σ N(a; aᵢ, H),  H = diag(s²) n^(−1/3)"), &L::density, &L::densityOpacity);
  m_density = box(content, tr("How the density is drawn"));
  m_density->addItem(tr("Colours"), false);
  m_density->addItem(tr("Contours"), true);
  m_density->hide();
  column->addWidget(m_density);
  connect(m_density, &QComboBox::activated, this, &LayersPanel::edited);
  addRow(column, tr("Magnification"),
         tr("How much the image changes for a small step on the plane: the largest singular value of the "
            "decoder's derivative along the two axes. Where it is high, neighbouring points give different "
            "images."),
         tr("σ₁ of J = ∂decoder(z) / ∂(a, b)"), &L::magnification, &L::magnificationOpacity);
  addRow(column, tr("Posterior of x"),
         tr("One standard deviation of q(z|x) for the input x, drawn to scale. On main directions it is "
            "projected on the plane. A model without a posterior gives a point only."),
         tr("q(z|x) = N(mu, diag(sigma²));  projected on A:  covariance Aᵀ diag(sigma²) A"), &L::ellipse,
         &L::ellipseOpacity);
  addRow(column, tr("… of selected"),
         tr("The same ellipse for each selected test point (Shift-drag on the plane), 300 of them at most."),
         tr("q(z|xᵢ) = N(muᵢ, diag(sigmaᵢ²))"), &L::ellipses, &L::ellipsesOpacity);
  m_rows.back().check->setAccessibleName(tr("Posteriors of the selected points"));
  addRow(column, tr("Class names"), tr("The name of each class at the median of its points."), {},
         &L::classNames, nullptr);
  addRow(column, tr("Legend"), tr("Classes by colour; a click on one isolates it."), {}, &L::legend, nullptr);
  makeAxes(column);
  makeColouring(column);
  column->addStretch(1);
  setWidget(content);
  setWidgetResizable(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
  setFocusPolicy(Qt::NoFocus);
  setRole(this, "panel");
  setLayers({});
}

QSize LayersPanel::sizeHint() const {
  const int high = widget()->hasHeightForWidth() ? widget()->heightForWidth(width() - 2 * frameWidth())
                                                 : widget()->sizeHint().height();
  return {188, high + 2 * frameWidth()};
}

void LayersPanel::resizeEvent(QResizeEvent* event) {
  for (const Row& row : m_rows)
    if (row.slider) row.slider->setFixedWidth(width() >= wideFrom ? wideSlider : narrowSlider);
  QScrollArea::resizeEvent(event);
}

void LayersPanel::addRow(QVBoxLayout* column, const QString& text, const QString& help,
                         const QString& formula, bool PlaneLayers::*on, double PlaneLayers::*opacity) {
  QWidget* parent = column->parentWidget();
  Row row{new QCheckBox(text, parent), nullptr, reasonLabel(parent), on, opacity};
  auto* line = new QHBoxLayout;
  line->setSpacing(4);
  line->addWidget(row.check, 1);
  row.check->setFixedHeight(rowHeight);
  setHelp(row.check, {text, help, formula});
  connect(row.check, &QCheckBox::clicked, this, &LayersPanel::edited);
  if (opacity) {
    row.slider = new QSlider(Qt::Horizontal, parent);
    row.slider->setRange(5, percent);
    row.slider->setPageStep(10);
    row.slider->setFixedHeight(rowHeight);
    row.slider->setAccessibleName(tr("Opacity of %1").arg(text));
    setHelp(row.slider, {tr("Opacity of %1").arg(text), help, formula});
    connect(row.slider, &QSlider::valueChanged, this, &LayersPanel::edited);
    line->addWidget(row.slider);
  }
  column->addLayout(line);
  column->addWidget(row.reason);
  m_rows.push_back(row);
}

void LayersPanel::makeAxes(QVBoxLayout* column) {
  QWidget* parent = column->parentWidget();
  m_axes = box(parent, tr("What the axes count"));
  m_axes->addItem(tr("Values"), false);
  m_axes->addItem(tr("Prior quantiles"), true);
  m_axes->setObjectName("axesCount");
  setHelp(
      m_axes,
      {tr("Values or quantiles"),
       tr("The axes are labelled with the coordinates themselves, or with the share of the prior that lies "
          "below them. Each label stands at its true place: the plane stays linear in z, so that circles, "
          "ellipses and distances remain what they are, and quantiles crowd where the prior is dense."),
       tr("p = Φ(z)")});
  column->addSpacing(4);
  column->addLayout(titled(tr("Axes"), m_axes, parent));
  m_axesReason = reasonLabel(parent);
  m_axesReason->setContentsMargins(0, 0, 0, 4);
  column->addWidget(m_axesReason);
  m_aligned = new QCheckBox(tr("Align over time"), parent);
  m_aligned->setFixedHeight(rowHeight);
  m_aligned->setObjectName("alignOverTime");
  setHelp(
      m_aligned,
      {tr("Align over time"),
       tr("While time is scrubbed, each moment's plane is turned (and mirrored, if need be) so that the "
          "codes of the same images lie as near as possible to where they were when this was switched on. "
          "What still moves is learning, not the drift of the axes. Distances stay; the axes are no "
          "longer the latents themselves, and the header says so."),
       tr("min over orthogonal Q of Σ |Q(aᵢ(t) − ā(t)) − (aᵢ(0) − ā(0))|²  (Procrustes)")});
  connect(m_aligned, &QCheckBox::toggled, this, &LayersPanel::alignedChanged);
  m_alignedReason = reasonLabel(parent);
  column->addWidget(m_aligned);
  column->addWidget(m_alignedReason);
  connect(m_axes, &QComboBox::activated, this, &LayersPanel::edited);
}

void LayersPanel::makeColouring(QVBoxLayout* column) {
  QWidget* parent = column->parentWidget();
  m_colours = new QWidget(parent);
  auto* inner = new QVBoxLayout(m_colours);
  inner->setContentsMargins(0, 4, 0, 0);
  inner->setSpacing(4);
  m_column = box(m_colours, tr("What points are coloured by"));
  m_column->setObjectName("colourColumn");
  m_filter = box(m_colours, tr("What chooses the shown points"));
  m_filter->setObjectName("filterColumn");
  m_value = box(m_colours, tr("Value of the shown points"));
  m_value->setObjectName("filterValue");
  const auto number = [&](const QString& name) {
    auto* spin = new QDoubleSpinBox(m_colours);
    spin->setDecimals(3);
    spin->setAccessibleName(name);
    spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spin->setKeyboardTracking(false);
    connect(spin, &QDoubleSpinBox::valueChanged, this, &LayersPanel::editColouring);
    return spin;
  };
  m_low = number(tr("Lowest shown value"));
  m_high = number(tr("Highest shown value"));
  setHelp(m_column, {tr("Colour"),
                     tr("Points are coloured by their class or by a column of metadata.csv: texts like "
                        "classes, numbers by the colour bar."),
                     {}});
  setHelp(m_filter, {tr("Show"),
                     tr("Only the images with this value of a column of metadata.csv are shown as points; "
                        "density and selection follow."),
                     {}});
  inner->addLayout(titled(tr("Colour"), m_column, m_colours));
  inner->addLayout(titled(tr("Show"), m_filter, m_colours));
  inner->addWidget(m_value);
  auto* range = new QHBoxLayout;
  range->addWidget(m_low, 1);
  range->addWidget(new QLabel(QStringLiteral("–"), m_colours));
  range->addWidget(m_high, 1);
  inner->addLayout(range);
  column->addWidget(m_colours);
  m_colours->hide();
  for (QComboBox* each : {m_column, m_value})
    connect(each, &QComboBox::activated, this, &LayersPanel::editColouring);
  connect(m_filter, &QComboBox::activated, this, [this] {
    fillValues();
    editColouring();
  });
}

// ---- layers ----

// Tiles have two opacities: with points above and without.
double PlaneLayers::*LayersPanel::opacityOf(const Row& row) const {
  return row.on == &PlaneLayers::tiles && !m_layers.points ? &PlaneLayers::tileOpacity : row.opacity;
}

void LayersPanel::setLayers(const PlaneLayers& layers) {
  m_layers = layers;
  for (const Row& row : m_rows) {
    row.check->setChecked(layers.*row.on);
    if (!row.slider) continue;
    const QSignalBlocker quiet(row.slider);
    row.slider->setValue(static_cast<int>(std::lround(layers.*opacityOf(row) * percent)));
    row.slider->setEnabled(row.check->isEnabled() && layers.*row.on);
    row.slider->setToolTip(tr("%1 %").arg(row.slider->value()));
  }
  m_density->setVisible(layers.density);
  m_density->setCurrentIndex(layers.contours ? 1 : 0);
  m_axes->setCurrentIndex(layers.quantiles ? 1 : 0);
  updateGeometry();
}

void LayersPanel::edited() {
  PlaneLayers layers = m_layers;
  for (const Row& row : m_rows) {
    if (row.slider) layers.*opacityOf(row) = static_cast<double>(row.slider->value()) / percent;
    layers.*row.on = row.check->isChecked();
  }
  layers.contours = m_density->currentData().toBool();
  layers.quantiles = m_axes->currentData().toBool();
  setLayers(layers);
  emit layersChanged(layers);
}

void LayersPanel::explain(QCheckBox* check, QLabel* label, const QString& reason, bool said) {
  check->setEnabled(reason.isEmpty());
  check->setToolTip(reason);
  label->setText(reason);
  label->setVisible(!reason.isEmpty() && !said);
}

// A layer that this run cannot have is off the list, with the reason.
void LayersPanel::setReasons(const Reasons& reasons) {
  for (const Row& row : m_rows) {
    if (row.on == &PlaneLayers::rings) explain(row.check, row.reason, reasons.rings, false);
    if (row.on == &PlaneLayers::ellipse) explain(row.check, row.reason, reasons.ellipse, true);
    if (row.on == &PlaneLayers::ellipses) explain(row.check, row.reason, reasons.ellipse, false);
    if (row.slider) row.slider->setEnabled(row.check->isEnabled() && m_layers.*row.on);
  }
  m_axes->setEnabled(reasons.quantiles.isEmpty());
  m_axes->setToolTip(reasons.quantiles);
  m_axesReason->setText(reasons.quantiles);
  m_axesReason->setVisible(!reasons.quantiles.isEmpty() && reasons.quantiles != reasons.rings);
  explain(m_aligned, m_alignedReason, reasons.alignment, false);
  updateGeometry();
}

bool LayersPanel::aligned() const {
  return m_aligned->isChecked();
}

void LayersPanel::setAligned(bool aligned) {
  m_aligned->setChecked(aligned);
}

// ---- colours and filter ----

void LayersPanel::setColumns(const std::vector<DataColumn>& columns) {
  const auto same = [](const DataColumn& a, const DataColumn& b) {
    return a.name == b.name && a.numbers == b.numbers && a.classes == b.classes;
  };
  if (std::ranges::equal(columns, m_columns, same)) return;
  m_columns = columns;
  m_colours->setVisible(!columns.empty());
  m_column->clear();
  m_filter->clear();
  m_column->addItem(tr("Class"), QString());
  m_filter->addItem(tr("All"), QString());
  for (const DataColumn& column : columns) {
    m_column->addItem(column.name, column.name);
    m_filter->addItem(column.name, column.name);
  }
  show(m_colouring);
  updateGeometry();
}

// The values of the column that filters; a number's range begins with all of it.
void LayersPanel::fillValues() {
  const auto found = std::ranges::find(m_columns, m_filter->currentData().toString(), &DataColumn::name);
  const bool filters = found != m_columns.end();
  m_value->setVisible(filters && !found->numeric);
  for (QWidget* each : std::initializer_list<QWidget*>{m_low, m_high})
    each->setVisible(filters && found->numeric);
  if (!filters) return;
  const QSignalBlocker quiet(m_value), quietLow(m_low), quietHigh(m_high);
  m_value->clear();
  m_value->addItem(tr("All values"), QString());
  for (const QString& value : found->values) m_value->addItem(value, value);
  for (QDoubleSpinBox* spin : {m_low, m_high}) spin->setRange(found->low, found->high);
  m_low->setValue(found->low);
  m_high->setValue(found->high);
  updateGeometry();
}

void LayersPanel::show(const PointColouring& colouring) {
  m_column->setCurrentIndex(std::max(0, m_column->findData(colouring.column)));
  m_filter->setCurrentIndex(std::max(0, m_filter->findData(colouring.filter)));
  fillValues();
  const QSignalBlocker quietLow(m_low), quietHigh(m_high);
  m_value->setCurrentIndex(std::max(0, m_value->findData(colouring.value)));
  if (std::isfinite(colouring.low)) m_low->setValue(colouring.low);
  if (std::isfinite(colouring.high)) m_high->setValue(colouring.high);
}

void LayersPanel::setColouring(const PointColouring& colouring) {
  show(colouring);
  if (colouring == m_colouring) return;
  m_colouring = colouring;
  emit colouringChanged(m_colouring);
}

void LayersPanel::editColouring() {
  PointColouring colouring;
  colouring.column = m_column->currentData().toString();
  colouring.filter = m_filter->currentData().toString();
  colouring.value = m_value->currentData().toString();
  const auto found = std::ranges::find(m_columns, colouring.filter, &DataColumn::name);
  if (found != m_columns.end() && found->numeric) {
    // An end that was not moved leaves out nothing, also not what is unknown.
    if (m_low->value() > m_low->minimum()) colouring.low = m_low->value();
    if (m_high->value() < m_high->maximum()) colouring.high = m_high->value();
  }
  if (colouring == m_colouring) return;
  m_colouring = colouring;
  emit colouringChanged(m_colouring);
}

} // namespace latent::ui
