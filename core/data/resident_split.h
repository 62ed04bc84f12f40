// Splits whose images lie in memory: one byte a pixel, or one bit where there is only black and white.
#pragma once

#include "core/data/dataset.h"

namespace latent {

/// What is known of the images of a split besides their pixels. Everything but the labels may be empty.
struct SplitItems {
  std::vector<int32_t> labels;    ///< [n], -1 = unknown
  std::vector<float> factors;     ///< [n, factorCount] row-major
  std::vector<std::string> files; ///< [n]
};

/// The part that both kinds share. Lengths that do not fit are a broken contract (std::logic_error), as is an
/// index outside the split (std::out_of_range).
class ItemSplit : public Split {
 public:
  int64_t size() const override { return static_cast<int64_t>(m_items.labels.size()); }
  ImageShape shape() const override { return m_shape; }
  int64_t label(int64_t i) const override { return m_items.labels.at(static_cast<size_t>(i)); }
  std::string file(int64_t i) const override;
  std::vector<float> factors(int64_t i) const override;

 protected:
  ItemSplit(ImageShape shape, SplitItems items);
  void check(int64_t i) const;

 private:
  ImageShape m_shape;
  SplitItems m_items;
};

class ResidentSplit final : public ItemSplit {
 public:
  ResidentSplit(ImageShape shape, std::vector<uint8_t> pixels, SplitItems items); ///< pixels: [n, C, H, W]

  void read(std::span<const int64_t> indices, uint8_t* out) const override;
  std::span<const uint8_t> resident() const override { return m_pixels; }

 private:
  std::vector<uint8_t> m_pixels;
};

/// An eighth of the memory, for images whose pixels are 0 or 255; read() expands them, resident() is empty.
class PackedSplit final : public ItemSplit {
 public:
  /// bits: pixel p of image i is bit (i * pixels + p), the lowest of a byte first.
  PackedSplit(ImageShape shape, std::vector<uint8_t> bits, SplitItems items);

  void read(std::span<const int64_t> indices, uint8_t* out) const override;

 private:
  std::vector<uint8_t> m_bits;
};

} // namespace latent
