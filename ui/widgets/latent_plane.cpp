#include "ui/widgets/latent_plane.h"

#include "ui/widgets/latent_plane_impl.h"
#include "ui/widgets/plane_marks.h"
#include "ui/widgets/plane_tiles.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace latent::ui {
namespace {

constexpr int settleMs = 60;
constexpr int legendMargin = 8;
constexpr double tooltipRadius = 5;
constexpr size_t covered = 20; ///< points under the legend that are worth moving it

bool sound(const PlaneRect& rect) {
  return std::isfinite(rect.left + rect.right + rect.lower + rect.upper) && rect.width() > 0 &&
         rect.height() > 0;
}

} // namespace

LatentPlane::LatentPlane(QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this)) {
  setAccessibleName(tr("Latent plane"));
  setWhatsThis(tr(
      "The latent plane: decoded images as tiles, the codes of the test images as points. Drag to move "
      "the point z, Space-drag or the middle button pans, the wheel zooms at the pointer, Shift-drag "
      "lassos points, a double-click on a point takes its image as Input x. Arrow keys move z by 0.05 "
      "of the data's spread (Shift x10, Ctrl /10), + - 0 zoom and fit, hold H to hide the points, Esc clears "
      "the lasso."));
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMouseTracking(true);
  setMinimumSize(160, 160);
  showPointer();
  m_impl->settle.setSingleShot(true);
  m_impl->settle.setInterval(settleMs);
  connect(&m_impl->settle, &QTimer::timeout, this, [this] {
    m_impl->chooseLegendCorner();
    emit viewSettled(m_impl->frame);
  });
  connect(m_impl->legend, &ClassLegend::clicked, this, &LatentPlane::classClicked);
  connect(m_impl->legend, &ClassLegend::foldedChanged, this, [this](bool folded) {
    m_impl->placeLegend();
    emit legendFoldedChanged(folded);
  });
  m_impl->describe();
}

LatentPlane::~LatentPlane() = default;

QSize LatentPlane::sizeHint() const {
  return {540, 540};
}

// ---- frame ----

const PlaneFrame& LatentPlane::frame() const {
  return m_impl->frame;
}

void LatentPlane::changeFrame(const PlaneFrame& frame) {
  const double scale = std::clamp(frame.unitsPerPixel(), leastUnitsPerPixel, mostUnitsPerPixel);
  if (!finite(frame.centre()) || !std::isfinite(scale) || width() <= 0 || height() <= 0) return;
  const PlaneFrame changed(frame.centre(), scale, width(), height());
  if (changed == m_impl->frame) return;
  m_impl->frame = changed;
  m_impl->dropCloud();
  m_impl->settle.start();
  emit frameChanged(changed);
}

void LatentPlane::setFrame(const PlaneFrame& frame) {
  m_impl->frameChosen = true;
  changeFrame(frame);
}

void LatentPlane::fit(const PlaneRect& rect) {
  if (!sound(rect)) return;
  setFrame(PlaneFrame::fitted(rect, width(), height()));
}

void LatentPlane::setHome(const PlaneRect& rect) {
  if (!sound(rect)) return;
  m_impl->home = rect;
  if (!m_impl->frameChosen) changeFrame(PlaneFrame::fitted(rect, width(), height()));
}

void LatentPlane::zoomToHome() {
  fit(m_impl->home);
  emit frameMoved();
}

void LatentPlane::zoomBy(double factor) {
  if (!(factor > 0) || !std::isfinite(factor)) return;
  PlanePoint fixed{width() / 2.0, height() / 2.0};
  if (m_impl->cursor) {
    const QPointF pixel = m_impl->pixelOf(*m_impl->cursor);
    if (QRectF(rect()).contains(pixel)) fixed = {pixel.x(), pixel.y()};
  }
  setFrame(m_impl->frame.zoomedAt(fixed, m_impl->allowedZoom(factor)));
  emit frameMoved();
}

// ---- geometry that tests and views ask for ----

int LatentPlane::pointAt(const QPointF& pixel, double radius) const {
  return m_impl->showsPoints() ? m_impl->points.nearest(m_impl->frame, pixel, radius) : -1;
}

const PlanePoints& LatentPlane::points() const {
  return m_impl->points.points();
}

QPointF LatentPlane::pixelOf(PlanePoint z) const {
  return m_impl->pixelOf(z);
}

QRectF LatentPlane::tileRect(int row, int column) const {
  return pixelRect(m_impl->frame, m_impl->tileGrid.cell(row, column));
}

// ---- painting ----

void LatentPlane::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  const double scale = devicePixelRatioF();
  if (m_impl->backdrop.isNull() || m_impl->backdrop.devicePixelRatio() != scale) m_impl->drawBackdrop(scale);
  QPainter painter(this); // clipped to what update() named: moving the cursor blits two small squares
  painter.drawImage(QPointF(0, 0), m_impl->backdrop);
  painter.setRenderHint(QPainter::Antialiasing);
  if (m_impl->ellipse && m_impl->layers.ellipse) {
    painter.setOpacity(m_impl->layers.ellipseOpacity);
    drawEllipse(painter, m_impl->frame, *m_impl->ellipse, theme);
    painter.setOpacity(1);
  }
  if (m_impl->subject) drawSubject(painter, m_impl->pixelOf(*m_impl->subject), theme);
  if (m_impl->cursor && m_impl->linked)
    drawLinkedCursor(painter, m_impl->pixelOf(*m_impl->cursor));
  else if (m_impl->cursor)
    drawCursor(painter, m_impl->pixelOf(*m_impl->cursor), theme);
  if (m_impl->gesture == PlaneGesture::lasso) drawLasso(painter, m_impl->lasso, theme);
  if (!m_impl->notice.isEmpty()) drawNotice(painter, rect(), m_impl->notice, theme);
  const double edge = hasFocus() ? 2 : 1;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(
      QPen(hasFocus() ? theme.accent : theme.line, edge, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.drawRect(QRectF(rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2));
}

void LatentPlane::Impl::updateMark(const std::optional<PlanePoint>& z) {
  if (!z) return;
  const QRectF bounds = markBounds(pixelOf(*z)).intersected(QRectF(plane->rect()));
  if (!bounds.isEmpty()) plane->update(bounds.toAlignedRect());
}

void LatentPlane::Impl::updateEllipse() {
  if (!ellipse) return;
  const QRectF bounds = ellipseBounds(frame, *ellipse).intersected(QRectF(plane->rect()));
  if (!bounds.isEmpty()) plane->update(bounds.toAlignedRect());
}

QRect LatentPlane::Impl::legendPlace(Qt::Corner corner) const {
  const bool left = corner == Qt::TopLeftCorner || corner == Qt::BottomLeftCorner;
  const bool top = corner == Qt::TopLeftCorner || corner == Qt::TopRightCorner;
  const QSize size = legend->size();
  const int x =
      left ? static_cast<int>(axisLeft) + legendMargin : plane->width() - legendMargin - size.width();
  const int bottom = plane->height() - static_cast<int>(axisBottom) - legendMargin;
  return {QPoint(x, top ? legendMargin : bottom - size.height()), size};
}

void LatentPlane::Impl::placeLegend() {
  legend->setVisible(layers.points && layers.legend && !legend->entries().empty());
  legend->setLargest({std::min(150, plane->width() / 3), plane->height() - 2 * legendMargin - 24});
  legend->move(legendPlace(legendCorner).topLeft());
}

/// The corner with the fewest points under the legend; it stays where it is unless half of them are freed, so
/// that it does not wander while a space forms, nor under the hand.
void LatentPlane::Impl::chooseLegendCorner() {
  if (!legend->isVisible() || legend->underMouse() || gesture != PlaneGesture::none) return;
  size_t fewest = points.countIn(frame, legendPlace(legendCorner));
  if (fewest < covered) return;
  fewest /= 2;
  for (const Qt::Corner corner :
       {Qt::TopRightCorner, Qt::BottomRightCorner, Qt::TopLeftCorner, Qt::BottomLeftCorner}) {
    const size_t count = points.countIn(frame, legendPlace(corner));
    if (count >= fewest) continue;
    fewest = count;
    legendCorner = corner;
  }
  placeLegend();
}

void LatentPlane::Impl::describe() {
  QStringList parts;
  if (cursor)
    parts << LatentPlane::tr("Point at %1 %2, %3 %4")
                 .arg(xLabel, QString::number(cursor->x, 'f', 2), yLabel, QString::number(cursor->y, 'f', 2));
  if (!notice.isEmpty()) parts << notice;
  parts << notes;
  plane->setAccessibleDescription(parts.isEmpty() ? LatentPlane::tr("No point is set")
                                                  : parts.join(QStringLiteral(". ")));
}

// ---- events that are no gestures ----

void LatentPlane::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  if (width() > 0 && height() > 0)
    changeFrame(m_impl->frameChosen ? m_impl->frame.resized(width(), height())
                                    : PlaneFrame::fitted(m_impl->home, width(), height()));
  m_impl->placeLegend();
}

void LatentPlane::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
      event->type() == QEvent::FontChange)
    m_impl->dropCloud();
}

bool LatentPlane::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    // Esc is also the window's; here it ends the gesture or clears the selection first.
    const bool ours = m_impl->gesture != PlaneGesture::none || m_impl->hasSelection;
    if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape && ours) {
      event->accept();
      return true;
    }
  }
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int point = pointAt(help->pos(), tooltipRadius);
  if (point < 0) {
    QToolTip::hideText();
    event->ignore();
    return true;
  }
  const int64_t label = m_impl->points.label(point);
  const QString name = label < 0 ? tr("Image %L1").arg(point)
                                 : tr("Image %L1, class %2").arg(point).arg(m_impl->points.className(label));
  const QString words = m_impl->pointWords ? m_impl->pointWords(point) : QString();
  const QString more = words.isEmpty() ? QString() : QLatin1Char('\n') + words;
  QToolTip::showText(help->globalPos(), tr("%1. Double-click takes it as Input x.").arg(name) + more, this);
  return true;
}

} // namespace latent::ui
