#include "ui/views/explore/plane_map.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>

namespace latent::ui {
namespace {

double along(const LatentPoint& z, const LatentPoint& origin, const LatentPoint& axis) {
  double sum = 0;
  for (size_t k = 0; k < z.size(); ++k) sum += (static_cast<double>(z[k]) - origin[k]) * axis[k];
  return sum;
}

double component(const LatentPoint& z, int k) {
  return static_cast<size_t>(k) < z.size() ? z[static_cast<size_t>(k)] : 0.0; // one latent: the second is 0
}

LatentPoint unit(size_t size, int k) {
  LatentPoint axis(size, 0.0F);
  if (static_cast<size_t>(k) < size) axis[static_cast<size_t>(k)] = 1.0F;
  return axis;
}

LatentPoint mixed(const LatentPoint& a, double x, const LatentPoint& b, double y) {
  LatentPoint sum(a.size());
  for (size_t k = 0; k < sum.size(); ++k) sum[k] = static_cast<float>(x * a[k] + y * b[k]);
  return sum;
}

/// Q C Q^T.
PlaneCovariance turnedBy(const std::optional<PlaneAlignment>& turn, const PlaneCovariance& c) {
  if (!turn) return c;
  const auto& [from, to, xx, xy, yx, yy] = *turn;
  return {xx * xx * c.xx + 2 * xx * xy * c.xy + xy * xy * c.yy,
          xx * yx * c.xx + (xx * yy + xy * yx) * c.xy + xy * yy * c.yy,
          yx * yx * c.xx + 2 * yx * yy * c.xy + yy * yy * c.yy};
}

} // namespace

PlaneMap PlaneMap::turned(const PlaneAlignment& alignment) const {
  PlaneMap map = *this;
  map.m_alignment = alignment;
  return map;
}

PlanePoint PlaneMap::project(const LatentPoint& z) const {
  const PlanePoint at = projectUnturned(z);
  return m_alignment ? m_alignment->apply(at) : at;
}

PlanePoint PlaneMap::projectUnturned(const LatentPoint& z) const {
  if (!isMain()) return {component(z, m_first), component(z, m_second)};
  if (z.size() != m_main.origin.size()) return {};
  return {along(z, m_main.origin, m_main.axis1), along(z, m_main.origin, m_main.axis2)};
}

std::pair<std::vector<float>, std::vector<float>> PlaneMap::project(const Encoded& codes) const {
  std::pair<std::vector<float>, std::vector<float>> all;
  all.first.reserve(static_cast<size_t>(codes.count));
  all.second.reserve(static_cast<size_t>(codes.count));
  LatentPoint z(static_cast<size_t>(codes.latent));
  for (int64_t i = 0; i < codes.count; ++i) {
    std::copy_n(codes.mu.begin() + i * codes.latent, codes.latent, z.begin());
    const PlanePoint at = project(z);
    all.first.push_back(static_cast<float>(at.x));
    all.second.push_back(static_cast<float>(at.y));
  }
  return all;
}

LatentPoint PlaneMap::placed(const LatentPoint& z, PlanePoint at) const {
  LatentPoint moved = z;
  if (m_alignment) at = m_alignment->undo(at);
  if (!isMain()) {
    if (static_cast<size_t>(m_first) < moved.size())
      moved[static_cast<size_t>(m_first)] = static_cast<float>(at.x);
    if (static_cast<size_t>(m_second) < moved.size())
      moved[static_cast<size_t>(m_second)] = static_cast<float>(at.y);
    return moved;
  }
  const PlanePoint from = projectUnturned(z);
  for (size_t k = 0; k < moved.size() && k < m_main.axis1.size(); ++k) {
    moved[k] =
        static_cast<float>(moved[k] + (at.x - from.x) * m_main.axis1[k] + (at.y - from.y) * m_main.axis2[k]);
  }
  return moved;
}

PlaneCovariance PlaneMap::projectVariance(std::span<const float> logVar) const {
  const auto variance = [&](int k) {
    return static_cast<size_t>(k) < logVar.size() ? std::exp(double{logVar[static_cast<size_t>(k)]}) : 0.0;
  };
  if (!isMain()) return turnedBy(m_alignment, {variance(m_first), 0, variance(m_second)});
  PlaneCovariance sum;
  for (size_t k = 0; k < logVar.size() && k < m_main.axis1.size(); ++k) {
    const double v = variance(static_cast<int>(k)), x = m_main.axis1[k], y = m_main.axis2[k];
    sum.xx += x * x * v;
    sum.xy += x * y * v;
    sum.yy += y * y * v;
  }
  return turnedBy(m_alignment, sum);
}

PlaneAxes PlaneMap::axesThrough(const LatentPoint& z) const {
  PlaneAxes axes{placed(z, {0, 0}), unit(z.size(), m_first), unit(z.size(), m_second)};
  if (isMain()) std::tie(axes.axis1, axes.axis2) = std::tie(m_main.axis1, m_main.axis2);
  if (!m_alignment) return axes;
  // The inverse of the rotation leads back to the true coordinates: its columns are these rows.
  const PlaneAlignment& q = *m_alignment;
  return {axes.origin, mixed(axes.axis1, q.xx, axes.axis2, q.xy), mixed(axes.axis1, q.yx, axes.axis2, q.yy)};
}

} // namespace latent::ui
