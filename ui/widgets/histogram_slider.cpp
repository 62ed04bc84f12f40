#include "ui/widgets/histogram_slider.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr double side = 8;   // left and right of the track: room for half a handle
constexpr double base = 7;   // the track above the lower edge
constexpr double radius = 5; // of the handle
constexpr double arrowStep = 0.05;

bool isArrow(int key) {
  return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

} // namespace

HistogramSlider::HistogramSlider(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Latent"));
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  describe();
}

QSize HistogramSlider::sizeHint() const {
  return {176, 40};
}

QSize HistogramSlider::minimumSizeHint() const {
  return {80, 28};
}

// ---- what it shows ----

void HistogramSlider::setRange(double low, double high) {
  if (!(low < high) || (low == m_low && high == m_high)) return;
  m_low = low;
  m_high = high;
  describe();
  update();
}

void HistogramSlider::setValue(double value) {
  if (value == m_value) return;
  m_value = value;
  describe();
  update();
}

void HistogramSlider::setSpread(double spread) {
  m_spread = spread > 0 && std::isfinite(spread) ? spread : 1;
}

void HistogramSlider::setHistogram(const std::vector<int64_t>& counts) {
  if (counts == m_counts) return;
  m_counts = counts;
  update();
}

void HistogramSlider::setMark(std::optional<double> value) {
  if (value == m_mark) return;
  m_mark = value;
  update();
}

void HistogramSlider::describe() {
  setAccessibleDescription(tr("%1 of %2 to %3")
                               .arg(shortText(static_cast<float>(m_value)),
                                    shortText(static_cast<float>(m_low)),
                                    shortText(static_cast<float>(m_high))));
}

double HistogramSlider::xOf(double value) const {
  const double share = std::clamp((value - m_low) / (m_high - m_low), 0.0, 1.0);
  return side + share * (width() - 2 * side);
}

double HistogramSlider::valueAt(double x) const {
  const double share = std::clamp((x - side) / std::max(1.0, width() - 2 * side), 0.0, 1.0);
  return m_low + share * (m_high - m_low);
}

void HistogramSlider::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const double ground = height() - base, room = ground - 3, length = width() - 2 * side;
  const double here = xOf(m_value);

  if (const int64_t most = m_counts.empty() ? 0 : *std::ranges::max_element(m_counts); most > 0) {
    // One outline, so that neighbouring bars meet without seams.
    QPainterPath bars(QPointF(side, ground));
    const double bin = length / static_cast<double>(m_counts.size());
    for (size_t i = 0; i < m_counts.size(); ++i) {
      const double top = ground - room * static_cast<double>(m_counts[i]) / static_cast<double>(most);
      bars.lineTo(side + static_cast<double>(i) * bin, top);
      bars.lineTo(side + static_cast<double>(i + 1) * bin, top);
    }
    bars.lineTo(side + length, ground);
    QColor fill = theme.muted;
    fill.setAlpha(theme.dark ? 110 : 90);
    painter.fillPath(bars, fill);
  }
  painter.setPen(QPen(theme.line, 2, Qt::SolidLine, Qt::RoundCap));
  painter.drawLine(QPointF(side, ground), QPointF(side + length, ground));
  if (m_low < 0 && m_high > 0) { // where the prior's mean lies
    painter.setPen(QPen(theme.muted, 1));
    painter.drawLine(QPointF(xOf(0), ground - 3), QPointF(xOf(0), ground + 3));
  }
  if (m_mark && *m_mark >= m_low && *m_mark <= m_high) {
    const double x = xOf(*m_mark);
    painter.setPen(QPen(theme.text, 1.5, Qt::DotLine));
    painter.drawLine(QPointF(x, 2), QPointF(x, ground));
  }
  const bool beyond = m_value < m_low || m_value > m_high;
  painter.setPen(QPen(theme.accent, 1.5));
  painter.drawLine(QPointF(here, 2), QPointF(here, ground));
  painter.setPen(QPen(beyond ? theme.accent : theme.panel, 1.5));
  painter.setBrush(beyond ? theme.panel : theme.accent);
  painter.drawEllipse(QPointF(here, ground), radius, radius);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
  }
}

// ---- moving ----

void HistogramSlider::moveTo(double value) {
  if (value == m_value) return;
  setValue(value);
  emit valueMoved(m_value);
}

void HistogramSlider::end(bool keep) {
  if (m_gesture == Gesture::none) return;
  m_gesture = Gesture::none;
  if (!keep) moveTo(m_before);
  emit gestureFinished();
}

void HistogramSlider::letGo() {
  if (m_gesture == Gesture::keys) end(true);
}

void HistogramSlider::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_gesture == Gesture::mouse) {
    event->ignore();
    return;
  }
  letGo();
  m_gesture = Gesture::mouse;
  m_before = m_value;
  emit gestureStarted();
  // Taking the handle itself moves nothing.
  if (std::abs(event->position().x() - xOf(m_value)) > radius || m_value < m_low || m_value > m_high)
    moveTo(valueAt(event->position().x()));
}

void HistogramSlider::mouseMoveEvent(QMouseEvent* event) {
  if (m_gesture == Gesture::mouse) moveTo(valueAt(event->position().x()));
}

void HistogramSlider::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && m_gesture == Gesture::mouse) end(true);
}

void HistogramSlider::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers modifiers = event->modifiers();
  if (event->key() == Qt::Key_Escape && m_gesture != Gesture::none) {
    end(false);
    return;
  }
  if (!isArrow(event->key()) || m_gesture == Gesture::mouse ||
      (modifiers & (Qt::AltModifier | Qt::MetaModifier))) {
    event->ignore();
    return;
  }
  if (m_gesture == Gesture::none) { // until the key is released: a held key is one undo
    m_gesture = Gesture::keys;
    m_before = m_value;
    emit gestureStarted();
  }
  double step = arrowStep * m_spread;
  if (modifiers & Qt::ShiftModifier) step *= 10;
  if (modifiers & Qt::ControlModifier) step /= 10;
  const bool up = event->key() == Qt::Key_Right || event->key() == Qt::Key_Up;
  moveTo(m_value + (up ? step : -step));
  event->accept();
}

void HistogramSlider::keyReleaseEvent(QKeyEvent* event) {
  if (!isArrow(event->key()) || m_gesture != Gesture::keys) {
    event->ignore();
    return;
  }
  if (!event->isAutoRepeat()) end(true);
}

void HistogramSlider::focusOutEvent(QFocusEvent* event) {
  letGo(); // the release will arrive elsewhere
  QWidget::focusOutEvent(event);
}

void HistogramSlider::changeEvent(QEvent* event) {
  if (event->type() == QEvent::EnabledChange && !isEnabled()) end(true);
  QWidget::changeEvent(event);
}

} // namespace latent::ui
