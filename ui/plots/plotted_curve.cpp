#include "ui/plots/plotted_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace latent::ui {
namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr size_t denseCurve = 100; // more samples than this: a noisy curve, drawn thin
constexpr size_t markedCurve = 60; // at most so many: each sample is marked

bool same(double a, double b) {
  return a == b || (std::isnan(a) && std::isnan(b));
}

double distanceToSegment(const QPointF& p, const QPointF& a, const QPointF& b) {
  const QPointF ab = b - a;
  const double length = QPointF::dotProduct(ab, ab);
  const double t = length > 0 ? std::clamp(QPointF::dotProduct(p - a, ab) / length, 0.0, 1.0) : 0;
  const QPointF d = p - (a + t * ab);
  return std::hypot(d.x(), d.y());
}

} // namespace

PlottedCurve::PlottedCurve(QCPAxisRect& rect) {
  QCustomPlot* plot = rect.parentPlot();
  for (QPointer<QCPGraph>* graph : {&m_raw, &m_smooth}) {
    *graph = plot->addGraph(rect.axis(QCPAxis::atBottom), rect.axis(QCPAxis::atLeft));
    (*graph)->setSelectable(QCP::stNone);
  }
}

PlottedCurve::~PlottedCurve() {
  for (QCPGraph* graph : {m_raw.data(), m_smooth.data()}) {
    if (graph != nullptr) graph->parentPlot()->removeGraph(graph);
  }
}

bool PlottedCurve::drawable(double x, double y) const {
  return std::isfinite(x) && std::isfinite(y) && (!m_logX || x > 0) && (!m_logY || y > 0);
}

bool PlottedCurve::extends(const CurveLine& line) const {
  const size_t known = m_line.x.size();
  if (known == 0 || line.x.size() < known) return false;
  return same(line.x[0], m_line.x[0]) && same(line.y[0], m_line.y[0]) &&
         same(line.x[known - 1], m_line.x[known - 1]) && same(line.y[known - 1], m_line.y[known - 1]);
}

void PlottedCurve::setLine(const CurveLine& line) {
  Q_ASSERT(line.x.size() == line.y.size());
  const size_t known = m_line.x.size();
  const bool append = extends(line);
  m_line = line;
  if (append && (known == line.x.size() ||
                 std::is_sorted(line.x.begin() + static_cast<std::ptrdiff_t>(known) - 1, line.x.end()))) {
    appendFrom(known);
  } else {
    rebuild();
  }
}

void PlottedCurve::setDisplay(bool logX, bool logY, double smoothing) {
  if (m_line.test) smoothing = 0; // measured on the whole split: there is no noise to take away
  if (logX == m_logX && logY == m_logY && smoothing == m_smoothing) return;
  m_logX = logX;
  m_logY = logY;
  m_smoothing = smoothing;
  rebuild();
  restyle(m_colours);
}

void PlottedCurve::rebuild() {
  m_raw->data()->clear();
  m_smooth->data()->clear();
  m_smoother = Smoother(m_smoothing);
  m_smoothed.clear();
  m_values = {};
  appendFrom(0);
}

void PlottedCurve::appendFrom(size_t first) {
  const size_t count = m_line.x.size();
  const bool smooth = m_smoothing > 0;
  QVector<QCPGraphData> raw, smoothed;
  raw.reserve(static_cast<qsizetype>(count - first));
  for (size_t i = first; i < count; ++i) {
    const double x = m_line.x[i], y = m_line.y[i];
    if (smooth) m_smoothed.push_back(m_smoother(y));
    if (!std::isfinite(x) || (m_logX && x <= 0)) continue; // has no place on this axis
    raw.append({x, drawable(x, y) ? y : notANumber});      // NaN breaks the line
    m_values.add(raw.back().value);
    if (smooth) smoothed.append({x, drawable(x, m_smoothed[i]) ? m_smoothed[i] : notANumber});
  }
  m_raw->data()->add(raw); // sorts where it must
  m_smooth->data()->add(smoothed);
  restyle(m_colours); // markers depend on the count
}

QPen PlottedCurve::pen() const {
  const size_t count = m_line.x.size();
  const QColor& colour = m_line.colour;
  if (m_line.test) return curvePen(colour, m_line.pattern, count <= 20 * denseCurve ? 1.6 : 1);
  // Dashes of a dense, noisy curve are noise themselves.
  const int pattern = count > denseCurve ? 0 : m_line.pattern;
  return curvePen(mixed(colour, m_colours.ground, trainShare), pattern, 1);
}

void PlottedCurve::restyle(const PlotColours& colours) {
  m_colours = colours;
  const QPen shown = pen();
  const bool smooth = m_smoothing > 0;
  m_smooth->setVisible(smooth);
  m_smooth->setPen(shown);
  m_raw->setPen(smooth ? QPen(mixed(m_line.colour, colours.ground, 0.76), 1) : shown);
  const size_t count = m_line.x.size();
  const bool marked = m_line.test ? count <= markedCurve : count == 1;
  const QColor fill = smooth ? mixed(m_line.colour, colours.ground, 0.6) : m_line.colour;
  m_raw->setScatterStyle(marked ? QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.ground, 1), fill, 6)
                                : QCPScatterStyle());
}

Extent PlottedCurve::xExtent() const {
  Extent extent;
  const auto& data = *m_raw->data();
  if (!data.isEmpty()) { // sorted by x
    extent.add(data.at(0)->key);
    extent.add(data.at(data.size() - 1)->key);
  }
  return extent;
}

Extent PlottedCurve::yExtent() const {
  const auto& data = *m_raw->data();
  const auto value = [&](size_t i) { return data.at(static_cast<int>(i))->value; };
  return fittedValues(static_cast<size_t>(data.size()), value, m_values);
}

std::optional<PlottedCurve::Hit> PlottedCurve::nearest(const QPointF& pixel, double reach) const {
  const QCPGraph* graph = m_smoothing > 0 ? m_smooth : m_raw;
  const QCPAxis* keys = graph->keyAxis();
  const auto& data = *graph->data();
  const auto begin = data.findBegin(keys->pixelToCoord(pixel.x() - reach));
  const auto end = data.findEnd(keys->pixelToCoord(pixel.x() + reach));
  double best = reach;
  std::optional<Hit> hit;
  QPointF previous;
  bool connected = false;
  for (auto it = begin; it != end; ++it) {
    if (std::isnan(it->value)) {
      connected = false;
      continue;
    }
    const QPointF here = graph->coordsToPixels(it->key, it->value);
    const double distance = distanceToSegment(pixel, connected ? previous : here, here);
    if (distance <= best) {
      best = distance;
      const bool useHere = !connected || std::abs(here.x() - pixel.x()) <= std::abs(previous.x() - pixel.x());
      const auto sample = useHere ? it : it - 1;
      hit = Hit{distance, useHere ? here : previous, sample->key, sample->value, {}};
    }
    previous = here;
    connected = true;
  }
  if (hit && m_smoothing > 0) {
    hit->smoothed = hit->y;
    const auto at = m_raw->data()->findBegin(hit->x, false);
    if (at != m_raw->data()->constEnd()) hit->y = at->value;
  }
  return hit;
}

} // namespace latent::ui
