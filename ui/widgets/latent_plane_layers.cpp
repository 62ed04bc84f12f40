// What LatentPlane is given to draw, and the picture of all that does not move with the pointer.
#include "core/base/plane_geometry.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/latent_plane_impl.h"
#include "ui/widgets/plane_marks.h"
#include "ui/widgets/plane_tiles.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr double fadedCloud = 0.3;
constexpr int contours = kContours;
constexpr double barMargin = 8;

} // namespace

void LatentPlane::setAxisLabels(const QString& x, const QString& y) {
  m_impl->xLabel = x;
  m_impl->yLabel = y;
  m_impl->describe();
  m_impl->dropBackdrop();
}

void LatentPlane::setTiles(const PlaneTiles& tiles) {
  QImage image = composeTiles(tiles);
  if (image.isNull()) return;
  m_impl->tiles = std::move(image);
  m_impl->tileGrid = tiles.grid;
  m_impl->dropBackdrop();
}

void LatentPlane::clearTiles() {
  m_impl->tiles = {};
  m_impl->dropBackdrop();
}

void LatentPlane::setPoints(const PlanePoints& points) {
  if (!m_impl->points.set(points)) return;
  std::vector<LegendEntry> entries;
  for (const PlaneClass& c : m_impl->points.classes()) entries.push_back({c.label, c.name});
  m_impl->legend->setEntries(std::move(entries));
  m_impl->hasSelection = false;
  m_impl->placeLegend();
  m_impl->chooseLegendCorner();
  m_impl->dropCloud();
}

void LatentPlane::setSelection(const std::vector<int>& points) {
  m_impl->hasSelection = !points.empty();
  m_impl->points.setSelection(points);
  m_impl->dropCloud();
}

std::optional<int64_t> LatentPlane::isolatedClass() const {
  return m_impl->isolated;
}

void LatentPlane::setIsolatedClass(std::optional<int64_t> label) {
  if (label == m_impl->isolated) return;
  m_impl->isolated = label;
  m_impl->points.setIsolated(label);
  m_impl->legend->setIsolated(label);
  m_impl->dropCloud();
}

void LatentPlane::setRings(const std::vector<double>& radii, PlanePoint centre) {
  m_impl->rings = radii;
  m_impl->ringCentre = finite(centre) ? centre : PlanePoint{};
  m_impl->dropBackdrop();
}

void LatentPlane::setPriorMean(std::optional<PlanePoint> mean) {
  if (mean && !finite(*mean)) mean.reset();
  if (mean == m_impl->priorMean) return;
  m_impl->priorMean = mean;
  m_impl->dropBackdrop();
}

void LatentPlane::setDensity(std::optional<PlaneField> density) {
  m_impl->density = std::move(density);
  m_impl->densityRange = m_impl->density ? rangeOf(*m_impl->density) : FieldRange{};
  m_impl->densityRange.low = 0;
  m_impl->densityImage =
      m_impl->density ? composeField(*m_impl->density, m_impl->densityRange, true) : QImage();
  m_impl->dropBackdrop();
}

void LatentPlane::setMagnification(std::optional<PlaneField> magnification) {
  m_impl->magnification = std::move(magnification);
  m_impl->magnificationRange = m_impl->magnification ? rangeOf(*m_impl->magnification) : FieldRange{};
  m_impl->magnificationImage = m_impl->magnification
                                   ? composeField(*m_impl->magnification, m_impl->magnificationRange, false)
                                   : QImage();
  m_impl->dropBackdrop();
}

void LatentPlane::setEllipses(std::vector<PlaneEllipse> ellipses) {
  if (ellipses.empty() && m_impl->ellipses.empty()) return;
  m_impl->ellipses = std::move(ellipses);
  m_impl->dropBackdrop();
}

void LatentPlane::setLinked(bool linked) {
  if (linked == m_impl->linked) return;
  m_impl->linked = linked;
  m_impl->describe();
  update();
}

void LatentPlane::setPointWords(std::function<QString(int)> words) {
  m_impl->pointWords = std::move(words);
}

void LatentPlane::setLayers(const PlaneLayers& layers) {
  m_impl->layers = layers;
  m_impl->placeLegend();
  m_impl->dropBackdrop();
}

const PlaneLayers& LatentPlane::layers() const {
  return m_impl->layers;
}

void LatentPlane::setEllipse(std::optional<PlaneEllipse> ellipse) {
  if (ellipse && !(finite(ellipse->centre) && ellipse->sigmaX >= 0 && ellipse->sigmaY >= 0 &&
                   std::isfinite(ellipse->sigmaX + ellipse->sigmaY + ellipse->angle)))
    ellipse.reset();
  m_impl->updateEllipse();
  m_impl->ellipse = ellipse;
  m_impl->updateEllipse();
}

void LatentPlane::setCursor(std::optional<PlanePoint> cursor) {
  if (cursor && !finite(*cursor)) cursor.reset();
  if (cursor == m_impl->cursor) return;
  m_impl->updateMark(m_impl->cursor);
  m_impl->cursor = cursor;
  m_impl->updateMark(cursor);
  m_impl->describe();
}

std::optional<PlanePoint> LatentPlane::cursor() const {
  return m_impl->cursor;
}

void LatentPlane::setSubjectPoint(std::optional<PlanePoint> point) {
  if (point && !finite(*point)) point.reset();
  if (point == m_impl->subject) return;
  m_impl->updateMark(m_impl->subject);
  m_impl->subject = point;
  m_impl->updateMark(point);
}

void LatentPlane::setSpread(PlanePoint spread) {
  const auto positive = [](double s) { return std::isfinite(s) && s > 0 ? s : 1.0; };
  m_impl->spread = {positive(spread.x), positive(spread.y)};
}

void LatentPlane::setLegendFolded(bool folded) {
  m_impl->legend->setFolded(folded);
  m_impl->placeLegend();
}

bool LatentPlane::legendFolded() const {
  return m_impl->legend->folded();
}

void LatentPlane::setNotice(const QString& text) {
  if (text == m_impl->notice) return;
  m_impl->notice = text;
  m_impl->describe();
  update();
}

void LatentPlane::setNotes(const QStringList& lines) {
  if (lines == m_impl->notes) return;
  m_impl->notes = lines;
  m_impl->describe();
  m_impl->dropBackdrop();
}

void LatentPlane::setPointsFaded(bool faded) {
  if (faded == m_impl->pointsFaded) return;
  m_impl->pointsFaded = faded;
  m_impl->dropBackdrop();
}

// ---- painting ----

void LatentPlane::Impl::drawBackdrop(double scale) {
  const ThemeColours& theme = colours(plane);
  const QSize size(static_cast<int>(std::ceil(plane->width() * scale)),
                   static_cast<int>(std::ceil(plane->height() * scale)));
  backdrop = QImage(size, QImage::Format_RGB32);
  backdrop.setDevicePixelRatio(scale);
  backdrop.fill(theme.ground);
  QPainter painter(&backdrop);
  if (layers.tiles) {
    painter.setOpacity(showsPoints() ? layers.tileOpacityUnderPoints : layers.tileOpacity);
    drawTiles(painter, tiles, tileGrid.rect, frame, scale);
  }
  if (layers.magnification && magnification) {
    painter.setOpacity(layers.magnificationOpacity);
    drawField(painter, magnificationImage, magnification->grid.rect, frame);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  if (layers.density && density) {
    painter.setOpacity(layers.densityOpacity);
    if (layers.contours)
      drawContours(painter, *density, densityRange, contours, frame, theme);
    else
      drawField(painter, densityImage, density->grid.rect, frame);
  }
  if (showsPoints()) {
    if (cloud.isNull() || cloud.devicePixelRatio() != scale) cloud = points.paint(frame, scale, theme);
    painter.setOpacity(layers.pointOpacity * (pointsFaded ? fadedCloud : 1));
    painter.drawImage(QPointF(0, 0), cloud);
  }
  if (layers.rings) {
    painter.setOpacity(layers.ringOpacity);
    drawRings(painter, frame, ringCentre, rings, theme);
  }
  if (layers.ellipses) {
    painter.setOpacity(layers.ellipsesOpacity);
    for (const PlaneEllipse& each : ellipses) drawThinEllipse(painter, frame, each, theme);
  }
  painter.setOpacity(1);
  if (showsPoints() && layers.classNames) drawClassNames(painter, frame, points.classes(), isolated, theme);
  drawAxes(painter, frame, xLabel, yLabel, layers.quantiles ? priorMean : std::nullopt, theme);
  drawColourBars(painter, theme);
  drawNotes(painter, plane->rect(), notes, theme);
}

// One above the other over the lower axis, on the side that the legend leaves free.
void LatentPlane::Impl::drawColourBars(QPainter& painter, const ThemeColours& theme) const {
  QPointF corner(plane->width() - barMargin, plane->height() - axisBottom - barMargin);
  if (legend->isVisibleTo(plane) && legendCorner == Qt::BottomRightCorner)
    corner.ry() = legendPlace(legendCorner).top() - barMargin;
  const auto draw = [&](const QString& name, const FieldRange& range) {
    corner.ry() = drawColourBar(painter, corner, name, range, theme).top() - barMargin;
  };
  if (layers.density && density) draw(density->name, densityRange);
  if (layers.magnification && magnification) draw(magnification->name, magnificationRange);
  if (showsPoints() && points.colouredByNumber())
    draw(points.points().valueName, {points.points().low, points.points().high});
}

} // namespace latent::ui
