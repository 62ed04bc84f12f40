#include "core/base/latent_path.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace latent {

namespace {

constexpr double smallestLength = 1e-12;
constexpr double smallestAngle = 1e-6;
constexpr double pi = 3.14159265358979323846;

using Direction = std::vector<double>;

double dot(const Direction& a, const Direction& b) {
  double sum = 0;
  for (size_t j = 0; j < a.size(); ++j) sum += a[j] * b[j];
  return sum;
}

double length(std::span<const float> z) {
  double sum = 0;
  for (const float value : z) sum += double{value} * value;
  return std::sqrt(sum);
}

Direction scaled(std::span<const float> z, double factor) {
  Direction direction(z.begin(), z.end());
  for (double& value : direction) value *= factor;
  return direction;
}

/// The unit vector across `unit` nearest to `towards`; across is what is left of it without its part along
/// `unit`.
Direction across(const Direction& unit, Direction towards) {
  const double along = dot(unit, towards);
  for (size_t j = 0; j < unit.size(); ++j) towards[j] -= along * unit[j];
  const double left = std::sqrt(dot(towards, towards));
  for (double& value : towards) value /= left;
  return towards;
}

Direction leastUsedAxis(const Direction& unit) {
  Direction axis(unit.size(), 0);
  const auto least =
      std::ranges::min_element(unit, [](double x, double y) { return std::abs(x) < std::abs(y); });
  axis[static_cast<size_t>(least - unit.begin())] = 1;
  return axis;
}

/// Angle between unit vectors; exact also near 0 and pi, where acos of their product is not.
double angleBetween(const Direction& a, const Direction& b) {
  double difference = 0, sum = 0;
  for (size_t j = 0; j < a.size(); ++j) {
    difference += (a[j] - b[j]) * (a[j] - b[j]);
    sum += (a[j] + b[j]) * (a[j] + b[j]);
  }
  return 2 * std::atan2(std::sqrt(difference), std::sqrt(sum));
}

} // namespace

std::string pathKindName(PathKind kind) {
  return kind == PathKind::straight ? "straight" : "spherical";
}

Result<PathKind> pathKindFromName(const std::string& name) {
  if (name == "straight") return PathKind::straight;
  if (name == "spherical") return PathKind::spherical;
  return inputError("'" + name + "' is no kind of path; use straight or spherical.");
}

LatentPoint lerp(std::span<const float> a, std::span<const float> b, double t) {
  assert(a.size() == b.size());
  if (t <= 0) return {a.begin(), a.end()};
  if (t >= 1) return {b.begin(), b.end()};
  LatentPoint z(a.size());
  for (size_t j = 0; j < z.size(); ++j) z[j] = static_cast<float>(a[j] + t * (double{b[j]} - a[j]));
  return z;
}

LatentPoint slerp(std::span<const float> a, std::span<const float> b, double t) {
  assert(a.size() == b.size());
  const double lengthA = length(a), lengthB = length(b);
  if (t <= 0 || t >= 1 || lengthA < smallestLength || lengthB < smallestLength) return lerp(a, b, t);
  const Direction unitA = scaled(a, 1 / lengthA), unitB = scaled(b, 1 / lengthB);
  double angle = angleBetween(unitA, unitB);
  const bool opposite = angle > pi - smallestAngle;
  if (angle < smallestAngle || (opposite && a.size() == 1)) return lerp(a, b, t);
  if (opposite) angle = pi;
  const Direction side = across(unitA, opposite ? leastUsedAxis(unitA) : unitB);

  const double radius = lengthA + t * (lengthB - lengthA);
  const double along = radius * std::cos(t * angle), aside = radius * std::sin(t * angle);
  LatentPoint z(a.size());
  for (size_t j = 0; j < z.size(); ++j) z[j] = static_cast<float>(along * unitA[j] + aside * side[j]);
  return z;
}

Status checkPath(const PathOptions& options) {
  if (options.frames >= kFewestFrames && options.frames <= kMostFrames) return done();
  return usageError("frames: " + std::to_string(options.frames) + " is not in " +
                    std::to_string(kFewestFrames) + " to " + std::to_string(kMostFrames) + ".");
}

int pathLength(const PathOptions& options) {
  return options.loop ? 2 * options.frames - 2 : options.frames;
}

std::vector<float> latentPath(std::span<const float> a, std::span<const float> b,
                              const PathOptions& options) {
  assert(checkPath(options).ok());
  const int last = options.frames - 1;
  std::vector<float> points;
  points.reserve(a.size() * static_cast<size_t>(pathLength(options)));
  for (int i = 0; i < pathLength(options); ++i) {
    const double t = static_cast<double>(i <= last ? i : 2 * last - i) / last;
    const LatentPoint z = options.kind == PathKind::straight ? lerp(a, b, t) : slerp(a, b, t);
    points.insert(points.end(), z.begin(), z.end());
  }
  return points;
}

} // namespace latent
