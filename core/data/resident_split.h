// A split whose images lie in memory, one byte a pixel.
#pragma once

#include "core/data/dataset.h"

namespace latent {

class ResidentSplit final : public Split {
 public:
  /// pixels: [n, C, H, W]; labels: [n]; factors: [n, factorCount] row-major, empty where unknown. Lengths
  /// that do not fit are a broken contract (std::logic_error).
  ResidentSplit(ImageShape shape, std::vector<uint8_t> pixels, std::vector<uint8_t> labels,
                std::vector<float> factors = {});

  int64_t size() const override { return static_cast<int64_t>(m_labels.size()); }
  ImageShape shape() const override { return m_shape; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override;
  std::span<const uint8_t> resident() const override { return m_pixels; }
  int64_t label(int64_t i) const override { return m_labels.at(static_cast<size_t>(i)); }
  std::vector<float> factors(int64_t i) const override;

 private:
  ImageShape m_shape;
  std::vector<uint8_t> m_pixels;
  std::vector<uint8_t> m_labels;
  std::vector<float> m_factors;
};

} // namespace latent
