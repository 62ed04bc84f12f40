#include "core/base/latent_noise.h"

#include "core/base/random.h"

#include <cassert>

namespace latent {

std::vector<float> latentNoise(const NoiseKey& key, int latent) {
  const uint64_t ofSubject = deriveSeed(deriveSeed(key.seed, "latent noise"), std::to_string(key.subject));
  Random random(deriveSeed(ofSubject, std::to_string(key.draw)));
  std::vector<float> eps(static_cast<size_t>(latent));
  for (float& value : eps) value = static_cast<float>(random.normal());
  return eps;
}

std::string noiseScaleName(NoiseScale scale) {
  return scale == NoiseScale::raw ? "raw" : "spread";
}

Result<NoiseScale> noiseScaleFromName(const std::string& name) {
  if (name == "raw") return NoiseScale::raw;
  if (name == "spread") return NoiseScale::spread;
  return inputError("'" + name + "' is no scale of noise; use raw or spread.");
}

LatentPoint perturbed(std::span<const float> z, double sigma, std::span<const float> eps,
                      std::span<const float> spread) {
  assert(eps.size() == z.size() && (spread.empty() || spread.size() == z.size()));
  LatentPoint noisy(z.begin(), z.end());
  if (sigma == 0) return noisy; // -0 + 0 would be another bit pattern
  for (size_t j = 0; j < noisy.size(); ++j)
    noisy[j] = static_cast<float>(z[j] + sigma * (spread.empty() ? 1.0 : double{spread[j]}) * eps[j]);
  return noisy;
}

} // namespace latent
