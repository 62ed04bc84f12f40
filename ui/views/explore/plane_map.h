// How the plane's two coordinates lie in the latent space of the active run: two latents, or two main
// directions.
#pragma once

#include "core/base/frames.h"
#include "core/base/latent_point.h"
#include "core/base/plane_alignment.h"
#include "core/base/plane_frame.h"
#include "core/base/plane_geometry.h"

#include <optional>
#include <span>
#include <utility>

namespace latent::ui {

/// A value. With two latents (i, j) plane coordinates are z_i and z_j themselves, bit for bit; with main
/// directions they are distances from the codes' mean along two unit vectors. What lies outside the plane is
/// held. A plane may be laid over that of another moment: its coordinates are then turned (and mirrored)
/// ones, and distances stay what they are.
class PlaneMap {
 public:
  PlaneMap() = default;
  static PlaneMap latents(int first, int second) { return PlaneMap(first, second, {}); }
  static PlaneMap mainDirections(PlaneAxes axes) { return PlaneMap(-1, -1, std::move(axes)); }

  /// The same plane in turned coordinates; a second call replaces the first.
  PlaneMap turned(const PlaneAlignment& alignment) const;
  const std::optional<PlaneAlignment>& alignment() const { return m_alignment; }

  bool isMain() const { return m_first < 0; }
  int first() const { return m_first; }
  int second() const { return m_second; }

  PlanePoint project(const LatentPoint& z) const;
  /// Of all codes: x and y, one value each.
  std::pair<std::vector<float>, std::vector<float>> project(const Encoded& codes) const;
  /// z moved to (a, b) of the plane, the rest held.
  LatentPoint placed(const LatentPoint& z, PlanePoint at) const;
  /// Covariance of N(mu, diag(exp(logVar))) projected on the plane, A^T diag(sigma²) A for the two axes A.
  PlaneCovariance projectVariance(std::span<const float> logVar) const;
  /// The plane through z: what the viewing thread decodes tiles on.
  PlaneAxes axesThrough(const LatentPoint& z) const;
  bool operator==(const PlaneMap&) const = default;

 private:
  PlaneMap(int first, int second, PlaneAxes main)
      : m_first(first), m_second(second), m_main(std::move(main)) {}
  PlanePoint projectUnturned(const LatentPoint& z) const;
  int m_first = 0;
  int m_second = 1;
  PlaneAxes m_main;
  std::optional<PlaneAlignment> m_alignment;
};

} // namespace latent::ui
