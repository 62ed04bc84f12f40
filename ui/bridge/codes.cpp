#include "ui/bridge/codes.h"

#include "core/explore/support.h"

#include <cmath>

namespace latent::ui {

struct Codes::Content {
  Encoded points;
  int64_t step = 0;
  LatentSummary summary;
  CodeDensity density;
};

Codes::Codes() : m_content(std::make_shared<const Content>()) {}

Codes::Codes(const EncodeFrame& frame) {
  auto content = std::make_shared<Content>();
  content->points = frame.points;
  content->step = frame.step;
  content->summary = summarise(frame.points);
  content->density = CodeDensity(frame.points, content->summary);
  m_content = std::move(content);
}

const Encoded& Codes::points() const {
  return m_content->points;
}

int64_t Codes::step() const {
  return m_content->step;
}

const LatentSummary& Codes::summary() const {
  return m_content->summary;
}

Support Codes::supportAt(const LatentPoint& z) const {
  return m_content->density.at(z);
}

bool Codes::isFar(const LatentPoint& z) const {
  constexpr double spreads = 10;
  const LatentSummary& summary = m_content->summary;
  for (size_t j = 0; j < z.size() && j < summary.mean.size(); ++j) {
    const double spread = summary.spread[j];
    if (spread > 0 && std::abs(double{z[j]} - summary.mean[j]) > spreads * spread) return true;
  }
  return false;
}

std::vector<int64_t> Codes::nearest(const LatentPoint& z, int k) const {
  if (z.size() != static_cast<size_t>(m_content->points.latent)) return {};
  return nearestCodes(m_content->points, z, k);
}

Result<PlaneAxes> Codes::mainAxes() const {
  Result<MainDirections> found = mainDirections(m_content->points);
  if (!found) return found.error();
  return PlaneAxes{std::move(found->mean), std::move(found->first), std::move(found->second)};
}

} // namespace latent::ui
