// Paths from one latent point to another.
#pragma once

#include "core/base/latent_point.h"
#include "core/base/result.h"

#include <span>
#include <string>
#include <vector>

namespace latent {

enum class PathKind { straight, spherical };
std::string pathKindName(PathKind kind);                    ///< "straight", "spherical": what files hold
Result<PathKind> pathKindFromName(const std::string& name); ///< input error lists the names

constexpr int kFewestFrames = 3;
constexpr int kMostFrames = 64;

/// a + t (b - a), t in [0, 1]. t = 0 and t = 1 give a and b bit for bit. Sizes are equal.
LatentPoint lerp(std::span<const float> a, std::span<const float> b, double t);

/// The direction moves along the great circle from a to b (Shoemake 1985), the length |z| evenly from |a| to
/// |b|, so that a path between two likely points of a Gaussian prior stays among likely points (White 2016,
/// arXiv:1609.04468, section 2.1, who interpolates unequal lengths by the same weights as directions). t = 0
/// and t = 1 give a and b bit for bit. Where no great circle is told:
/// - parallel within 1e-6 rad, and wherever a or b has no direction (|z| < 1e-12): lerp, which is its limit;
/// - antiparallel within 1e-6 rad: any great circle joins them; taken is the one towards the latent that a
///   uses least (the first of equal ones). With one latent there is none, so lerp.
LatentPoint slerp(std::span<const float> a, std::span<const float> b, double t);

struct PathOptions {
  PathKind kind = PathKind::straight;
  int frames = 9; ///< from a to b, both counted: kFewestFrames to kMostFrames
  bool loop =
      false; ///< then back to a: 2 frames - 2 points, so that played round and round none stands twice
  bool operator==(const PathOptions&) const = default;
};

/// Usage error names the range of frames.
Status checkPath(const PathOptions& options);

/// [n, K] row-major, n = pathLength(options). The points at a and at b are a and b bit for bit, and the way
/// back repeats the bits of the way there. options passed checkPath.
std::vector<float> latentPath(std::span<const float> a, std::span<const float> b, const PathOptions& options);
int pathLength(const PathOptions& options);

} // namespace latent
