#include "ui/widgets/code_plots.h"

#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latent::ui {
namespace {

constexpr double edge = 6;        // around the plots
constexpr double pickRadius = 12; // px around a code
constexpr double smallest = 3, largest = 11;

} // namespace

int64_t CodebookLook::cells() const {
  return std::accumulate(used.begin(), used.end(), int64_t{0});
}

// ---- what both share ----

CodePlot::CodePlot(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::StrongFocus);
  describe();
}

void CodePlot::setCodebook(const CodebookLook& look) {
  m_look = look;
  if (m_current >= static_cast<int64_t>(look.used.size())) m_current = -1;
  arrange();
  describe();
  update();
}

void CodePlot::setCurrent(int64_t code) {
  if (code == m_current) return;
  m_current = code < static_cast<int64_t>(m_look.used.size()) ? code : -1;
  describe();
  update();
}

QString CodePlot::words(int64_t code) const {
  const int64_t used = m_look.used[static_cast<size_t>(code)], cells = m_look.cells();
  if (used == 0) return tr("Code %1: never used").arg(code);
  return tr("Code %1: %2 % of the cells (%L3)")
      .arg(code)
      .arg(100.0 * static_cast<double>(used) / static_cast<double>(cells), 0, 'f', 2)
      .arg(used);
}

void CodePlot::describe() {
  setAccessibleDescription(m_current >= 0 ? words(m_current) : tr("%1 codes").arg(m_look.used.size()));
}

void CodePlot::choose(int64_t code) {
  if (code < 0 || code == m_current) return;
  setCurrent(code);
  emit currentChanged(code);
}

void CodePlot::paintFocus(QPainter& painter) const {
  if (!hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colours(this).accent, 2));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
}

void CodePlot::mousePressEvent(QMouseEvent* event) {
  const int64_t code = event->button() == Qt::LeftButton ? codeAt(event->position()) : -1;
  if (code < 0)
    event->ignore();
  else
    choose(code);
}

void CodePlot::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
  if (!arrow || m_look.used.empty() || event->modifiers() & ~Qt::KeypadModifier)
    return QWidget::keyPressEvent(event);
  choose(neighbour(key));
}

bool CodePlot::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int64_t code = codeAt(help->pos());
  if (code >= 0) {
    QToolTip::showText(help->globalPos(), words(code), this);
  } else {
    QToolTip::hideText();
    event->ignore();
  }
  return true;
}

// ---- usage ----

UsageBars::UsageBars(QWidget* parent) : CodePlot(parent) {
  setAccessibleName(tr("Usage of the codes"));
}

void UsageBars::arrange() {
  m_order.resize(m_look.used.size());
  std::iota(m_order.begin(), m_order.end(), int64_t{0});
  const auto used = [this](int64_t code) { return m_look.used[static_cast<size_t>(code)]; };
  std::ranges::stable_sort(m_order, [&](int64_t a, int64_t b) { return used(a) > used(b); });
  m_place.resize(m_order.size());
  for (size_t i = 0; i < m_order.size(); ++i) m_place[static_cast<size_t>(m_order[i])] = i;
}

QRectF UsageBars::barRect(int64_t code) const {
  if (code < 0 || m_order.empty()) return {};
  const auto i = static_cast<size_t>(code);
  const double bar = (width() - 2 * edge) / static_cast<double>(m_order.size());
  const auto most = static_cast<double>(std::max<int64_t>(1, m_look.used[static_cast<size_t>(m_order[0])]));
  const double tall = (height() - 2 * edge) * static_cast<double>(m_look.used[i]) / most;
  return {edge + static_cast<double>(m_place[i]) * bar, height() - edge - tall, bar, tall};
}

int64_t UsageBars::codeAt(const QPointF& pixel) const {
  if (m_order.empty()) return -1;
  const double share = (pixel.x() - edge) / (width() - 2 * edge);
  const auto place = static_cast<int64_t>(std::floor(share * static_cast<double>(m_order.size())));
  if (place < 0 || place >= static_cast<int64_t>(m_order.size())) return -1;
  return m_order[static_cast<size_t>(place)];
}

int64_t UsageBars::neighbour(int key) const {
  const int last = static_cast<int>(m_order.size()) - 1;
  if (m_current < 0) return m_order.front();
  const int place = static_cast<int>(m_place[static_cast<size_t>(m_current)]);
  const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
  return m_order[static_cast<size_t>(std::clamp(place + (back ? -1 : 1), 0, last))];
}

void UsageBars::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  const double ground = height() - edge;
  for (size_t i = 0; i < m_look.used.size(); ++i) {
    QRectF bar = barRect(static_cast<int64_t>(i));
    if (bar.width() >= 4) bar.adjust(0.5, 0, -0.5, 0);
    painter.fillRect(bar, i < m_look.colours.size() ? m_look.colours[i] : theme.muted);
  }
  painter.fillRect(QRectF(edge, ground, width() - 2 * edge, 1), theme.muted);
  if (m_current >= 0) {
    const QRectF bar = barRect(m_current);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    const double x = bar.center().x(), y = std::max(7.0, bar.top() - 1);
    const QPointF mark[] = {{x, y}, {x - 4, y - 6}, {x + 4, y - 6}};
    painter.drawPolygon(mark, 3);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 1.5));
    painter.drawRect(bar);
  }
  paintFocus(painter);
}

// ---- where they lie ----

CodeScatter::CodeScatter(QWidget* parent) : CodePlot(parent) {
  setAccessibleName(tr("Codes along their main directions"));
}

void CodeScatter::arrange() {
  const std::vector<float>& at = m_look.embedding;
  for (size_t k = 0; k < at.size(); ++k) {
    m_low[k % 2] = k < 2 ? at[k] : std::min(m_low[k % 2], at[k]);
    m_high[k % 2] = k < 2 ? at[k] : std::max(m_high[k % 2], at[k]);
  }
  m_most = m_look.used.empty() ? 1 : std::max<int64_t>(1, *std::ranges::max_element(m_look.used));
}

QPointF CodeScatter::pixelOf(int64_t code) const {
  const auto i = static_cast<size_t>(2 * code);
  if (code < 0 || i + 1 >= m_look.embedding.size()) return {};
  const double room = edge + largest;
  const double x0 = m_low[0], x1 = m_high[0], y0 = m_low[1], y1 = m_high[1];
  // One scale for both directions: distances are seen as they are.
  const double scale = std::min((width() - 2 * room) / std::max(1e-9, x1 - x0),
                                (height() - 2 * room) / std::max(1e-9, y1 - y0));
  return {width() / 2.0 + (m_look.embedding[i] - (x0 + x1) / 2) * scale,
          height() / 2.0 - (m_look.embedding[i + 1] - (y0 + y1) / 2) * scale};
}

double CodeScatter::radiusOf(int64_t code) const {
  const double share =
      static_cast<double>(m_look.used[static_cast<size_t>(code)]) / static_cast<double>(m_most);
  return smallest + (largest - smallest) * std::sqrt(share);
}

int64_t CodeScatter::codeAt(const QPointF& pixel) const {
  int64_t nearest = -1;
  double best = pickRadius;
  for (int64_t code = 0; 2 * code + 1 < static_cast<int64_t>(m_look.embedding.size()); ++code) {
    const QPointF apart = pixelOf(code) - pixel;
    const double distance = std::hypot(apart.x(), apart.y());
    if (distance < best) {
      best = distance;
      nearest = code;
    }
  }
  return nearest;
}

// The nearest code within 45 degrees of the arrow.
int64_t CodeScatter::neighbour(int key) const {
  if (m_look.embedding.empty()) return -1;
  if (m_current < 0) return 0;
  const QPointF here = pixelOf(m_current);
  int64_t nearest = -1;
  double best = 1e18;
  for (int64_t code = 0; code < static_cast<int64_t>(m_look.used.size()); ++code) {
    const QPointF apart = pixelOf(code) - here;
    const double along = key == Qt::Key_Left    ? -apart.x()
                         : key == Qt::Key_Right ? apart.x()
                         : key == Qt::Key_Up    ? -apart.y()
                                                : apart.y();
    const double aside =
        key == Qt::Key_Left || key == Qt::Key_Right ? std::abs(apart.y()) : std::abs(apart.x());
    const double distance = std::hypot(along, aside);
    if (along <= 0 || aside > along || distance >= best) continue;
    best = distance;
    nearest = code;
  }
  return nearest;
}

void CodeScatter::paintEvent(QPaintEvent*) {
  const ThemeColours& theme = colours(this);
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto codes = static_cast<int64_t>(m_look.embedding.size() / 2);
  for (int64_t code = 0; code < codes; ++code) {
    const QPointF at = pixelOf(code);
    if (m_look.used[static_cast<size_t>(code)] == 0) {
      painter.setPen(QPen(theme.muted, 1.5));
      painter.drawLine(at - QPointF(3, 3), at + QPointF(3, 3));
      painter.drawLine(at - QPointF(3, -3), at + QPointF(3, -3));
      continue;
    }
    painter.setPen(QPen(theme.panel, 1));
    painter.setBrush(m_look.colours[static_cast<size_t>(code)]);
    painter.drawEllipse(at, radiusOf(code), radiusOf(code));
  }
  if (m_current >= 0 && m_current < codes) {
    const double radius = radiusOf(m_current) + 2.5;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2));
    painter.drawEllipse(pixelOf(m_current), radius, radius);
  }
  paintFocus(painter);
}

} // namespace latent::ui
