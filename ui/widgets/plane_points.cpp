#include "ui/widgets/plane_points.h"

#include "ui/widgets/theme.h"
#include "ui/widgets/viridis.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <unordered_map>

namespace latent::ui {
namespace {

constexpr double fadedOpacity = 0.14;
// Colours of numbers are stamped in steps, which the eye does not tell apart; keys below all labels.
constexpr int64_t numberSteps = 64;
constexpr int64_t firstNumber = -1000, unknownNumber = firstNumber - 1;

QColor colourOf(int64_t key) {
  if (key == unknownNumber) return viridis(std::nan(""));
  return key < -1 ? viridis(static_cast<double>(key - firstNumber) / (numberSteps - 1)) : classQColor(key);
}

double median(std::vector<float>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Widget pixels; few points are drawn larger.
double pointRadius(size_t count) {
  return std::clamp(5.2 - 0.8 * std::log10(static_cast<double>(std::max<size_t>(count, 1))), 1.6, 4.0);
}

/// Discs drawn once for each colour and quarter of a device pixel, then stamped: anti-aliasing 10,000 of them
/// one by one would take longer than a frame.
class Stamps {
 public:
  static constexpr int phases = 4;

  Stamps(double radius, double scale, const ThemeColours& theme, double opacity)
      : m_radius(radius * scale),
        m_halo(scale),
        m_theme(theme),
        m_opacity(opacity),
        m_half(static_cast<int>(std::ceil(m_radius + m_halo)) + 1) {}

  int half() const { return m_half; }

  /// (x, y): device pixels of the disc's centre. The image's own origin is returned in `corner`.
  const QImage& at(int64_t key, double x, double y, QPoint& corner) {
    const int fx = static_cast<int>(std::floor(x * phases + 0.5)),
              fy = static_cast<int>(std::floor(y * phases + 0.5));
    const int phaseX = ((fx % phases) + phases) % phases, phaseY = ((fy % phases) + phases) % phases;
    corner = QPoint((fx - phaseX) / phases - m_half, (fy - phaseY) / phases - m_half);
    const int phase = phaseY * phases + phaseX;
    QImage& stamp = m_stamps[key][static_cast<size_t>(phase)];
    if (stamp.isNull()) stamp = draw(colourOf(key), QPointF(phaseX, phaseY) / phases);
    return stamp;
  }

 private:
  /// The panel's colour; half way to grey where the disc itself is close to it, or points would melt into one
  /// patch.
  QColor haloFor(const QColor& colour) const {
    const QColor &panel = m_theme.panel, &grey = m_theme.muted;
    if (std::abs(qGray(colour.rgb()) - qGray(panel.rgb())) >= 44) return panel;
    return {(panel.red() + grey.red()) / 2, (panel.green() + grey.green()) / 2,
            (panel.blue() + grey.blue()) / 2};
  }

  QImage draw(const QColor& colour, QPointF phase) const {
    const int side = 2 * m_half + 1;
    QImage stamp(side, side, QImage::Format_ARGB32_Premultiplied);
    stamp.fill(Qt::transparent);
    QPainter painter(&stamp);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setOpacity(m_opacity);
    const QPointF centre = QPointF(m_half, m_half) + phase;
    if (m_opacity == 1) { // a halo of faded points would veil the tiles
      painter.setBrush(haloFor(colour));
      painter.drawEllipse(centre, m_radius + m_halo, m_radius + m_halo);
    }
    painter.setBrush(colour);
    painter.drawEllipse(centre, m_radius, m_radius);
    return stamp;
  }

  double m_radius, m_halo;
  const ThemeColours& m_theme;
  double m_opacity;
  int m_half;
  std::unordered_map<int64_t, std::array<QImage, size_t{phases} * phases>> m_stamps;
};

/// Source over destination, both premultiplied; parts outside are left out. For images of seven pixels the
/// cost of a call of QPainter would be most of it.
void blend(const QImage& stamp, const QPoint& corner, QImage& image) {
  const QRect area = QRect(corner, stamp.size()).intersected(image.rect());
  for (int y = area.top(); y <= area.bottom(); ++y) {
    const auto* from =
        reinterpret_cast<const QRgb*>(stamp.constScanLine(y - corner.y())) + (area.left() - corner.x());
    auto* to = reinterpret_cast<QRgb*>(image.scanLine(y)) + area.left();
    for (int x = 0; x < area.width(); ++x) {
      const QRgb source = from[x];
      const uint rest = 255 - qAlpha(source);
      if (rest == 255) continue;
      // Two channels at a time; with t = v + 128, (t + t / 256) / 256 is v / 255 rounded.
      uint even = (to[x] & 0xff00ff) * rest + 0x800080, odd = ((to[x] >> 8) & 0xff00ff) * rest + 0x800080;
      even = ((even + ((even >> 8) & 0xff00ff)) >> 8) & 0xff00ff;
      odd = (odd + ((odd >> 8) & 0xff00ff)) & 0xff00ff00;
      to[x] = source + (even | odd);
    }
  }
}

} // namespace

bool PointCloud::set(const PlanePoints& points) {
  if (points.x.size() != points.y.size()) return false;
  m_points = points;
  m_selected.clear();
  m_classes.clear();
  if (!labelled() || colouredByNumber()) return true;
  std::map<int64_t, std::pair<std::vector<float>, std::vector<float>>> byClass;
  for (size_t i = 0; i < m_points.x.size(); ++i) {
    const int64_t label = (*m_points.labels)[i];
    if (label < 0 || !kept(static_cast<int>(i)) || !std::isfinite(m_points.x[i] + m_points.y[i])) continue;
    byClass[label].first.push_back(m_points.x[i]);
    byClass[label].second.push_back(m_points.y[i]);
  }
  for (auto& [label, coordinates] : byClass)
    m_classes.push_back({label, className(label), {median(coordinates.first), median(coordinates.second)}});
  return true;
}

void PointCloud::setSelection(const std::vector<int>& points) {
  m_selected.clear();
  if (points.empty()) return;
  m_selected.assign(m_points.x.size(), 0);
  for (const int point : points)
    if (point >= 0 && static_cast<size_t>(point) < m_selected.size())
      m_selected[static_cast<size_t>(point)] = 1;
}

int64_t PointCloud::label(int point) const {
  return labelled() && point >= 0 && static_cast<size_t>(point) < m_points.x.size()
             ? (*m_points.labels)[static_cast<size_t>(point)]
             : -1;
}

QString PointCloud::className(int64_t label) const {
  return label >= 0 && label < m_points.classes.size() ? m_points.classes[label] : QString::number(label);
}

bool PointCloud::kept(int point) const {
  return !m_points.kept || m_points.kept->size() != m_points.x.size() ||
         (*m_points.kept)[static_cast<size_t>(point)] != 0;
}

int64_t PointCloud::colourKey(int point) const {
  if (!colouredByNumber()) return label(point);
  const double value = (*m_points.values)[static_cast<size_t>(point)];
  if (!std::isfinite(value)) return unknownNumber;
  const double span = m_points.high > m_points.low ? m_points.high - m_points.low : 1;
  const double part = std::clamp((value - m_points.low) / span, 0.0, 1.0);
  return firstNumber + std::llround(part * (numberSteps - 1));
}

bool PointCloud::faded(int point) const {
  return !ofIsolated(point) || (!m_selected.empty() && m_selected[static_cast<size_t>(point)] == 0);
}

QImage PointCloud::paint(const PlaneFrame& frame, double scale, const ThemeColours& theme) const {
  QImage image(static_cast<int>(std::ceil(frame.width() * scale)),
               static_cast<int>(std::ceil(frame.height() * scale)), QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  const double radius = pointRadius(m_points.x.size());
  const bool someFaded = m_isolated || !m_selected.empty();
  for (const bool below : {true, false}) {
    if (below && !someFaded) continue;
    Stamps stamps(radius, scale, theme, below ? fadedOpacity : 1.0);
    const double margin = stamps.half();
    for (size_t i = 0; i < m_points.x.size(); ++i) {
      const int point = static_cast<int>(i);
      if (!kept(point) || faded(point) != below) continue;
      const PlanePoint pixel = frame.toPixel({m_points.x[i], m_points.y[i]});
      const double x = pixel.x * scale, y = pixel.y * scale;
      // Written so that NaN is skipped too.
      if (!(x > -margin && y > -margin && x < image.width() + margin && y < image.height() + margin))
        continue;
      QPoint corner;
      const QImage& stamp = stamps.at(colourKey(point), x, y, corner);
      blend(stamp, corner, image);
    }
  }
  image.setDevicePixelRatio(scale);
  return image;
}

int PointCloud::nearest(const PlaneFrame& frame, const QPointF& pixel, double radius) const {
  int best = -1;
  double bestDistance = radius * radius;
  for (size_t i = 0; i < m_points.x.size(); ++i) {
    const PlanePoint p = frame.toPixel({m_points.x[i], m_points.y[i]});
    const double dx = p.x - pixel.x(), dy = p.y - pixel.y(), distance = dx * dx + dy * dy;
    if (distance <= bestDistance && canBePicked(static_cast<int>(i))) {
      best = static_cast<int>(i);
      bestDistance = distance;
    }
  }
  return best;
}

size_t PointCloud::countIn(const PlaneFrame& frame, const QRectF& rect) const {
  size_t count = 0;
  for (size_t i = 0; i < m_points.x.size(); ++i) {
    const PlanePoint p = frame.toPixel({m_points.x[i], m_points.y[i]});
    count += kept(static_cast<int>(i)) && rect.contains(QPointF(p.x, p.y)) ? 1 : 0;
  }
  return count;
}

std::vector<int> PointCloud::inside(const PlaneFrame& frame, const QPolygonF& polygon) const {
  std::vector<int> found;
  const QRectF bounds = polygon.boundingRect();
  for (size_t i = 0; i < m_points.x.size(); ++i) {
    const PlanePoint p = frame.toPixel({m_points.x[i], m_points.y[i]});
    const QPointF pixel(p.x, p.y);
    const int point = static_cast<int>(i);
    if (bounds.contains(pixel) && polygon.containsPoint(pixel, Qt::OddEvenFill) && canBePicked(point))
      found.push_back(point);
  }
  return found;
}

} // namespace latent::ui
