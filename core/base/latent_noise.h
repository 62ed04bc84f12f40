// Noise on latent points that is the same for every run: what makes a comparison under noise fair.
#pragma once

#include "core/base/latent_point.h"
#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// Which draw of eps. It depends on these three numbers alone, never on the run, nor on what else is drawn or
/// in which order.
struct NoiseKey {
  uint64_t seed = 1;
  int64_t subject = 0; ///< item of the split; -1 for an image of one's own
  int64_t draw = 0;
  bool operator==(const NoiseKey&) const = default;
};

/// eps ~ N(0, I), `latent` numbers. The numbers come one after the other from the key's own stream, so the
/// first min(K1, K2) components for two latent sizes are the same bits: runs of one size get the same eps,
/// runs of other sizes as much of it as they have latents.
std::vector<float> latentNoise(const NoiseKey& key, int latent);

enum class NoiseScale {
  raw,   ///< z + sigma eps
  spread ///< z_j + sigma spread_j eps_j, spread_j as in LatentSummary: the same share of each run's own width
};
std::string noiseScaleName(NoiseScale scale);                   ///< "raw", "spread": what files hold
Result<NoiseScale> noiseScaleFromName(const std::string& name); ///< input error lists the names

/// z + sigma eps, or z_j + sigma spread_j eps_j where spread is not empty. All have the length of z; sigma >=
/// 0. sigma = 0 gives z bit for bit.
LatentPoint perturbed(std::span<const float> z, double sigma, std::span<const float> eps,
                      std::span<const float> spread = {});

/// Sigmas that are shown unless others are asked for; 0 is the reconstruction itself.
inline constexpr std::array<double, 8> kNoiseLevels{0, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2};

} // namespace latent
