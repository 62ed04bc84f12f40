// Images that arrive one after another become two splits.
#pragma once

#include "core/data/resident_split.h"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace latent {

/// Holds one byte a pixel, or one bit where there are many images in black and white (dSprites: 377 MB in
/// place of 3 GB). Bits are taken on trust and given up at the first pixel that is neither 0 nor the one
/// other value, 1 or 255.
class SplitStore {
 public:
  /// Room for so many images in each split; `pack` = begin with bits.
  SplitStore(ImageShape shape, int64_t trainImages, int64_t testImages, bool pack);

  /// Bits are worth their price, that every batch is expanded, from 256 MiB of pixels on.
  static bool worthPacking(ImageShape shape, int64_t images);

  void append(std::span<const uint8_t> image, bool test); ///< CHW
  bool packed() const { return m_packed; }

  /// The splits, training first. Where no pixel is above 1, 1 becomes 255. The store is empty afterwards.
  std::array<std::shared_ptr<const Split>, 2> finish(SplitItems train, SplitItems test);

 private:
  struct Part {
    int64_t images = 0;
    std::vector<uint8_t> bytes; ///< pixels, or bits
  };
  bool blackAndWhite(std::span<const uint8_t> image);
  void appendBits(Part& part, std::span<const uint8_t> image) const;
  void unpack();

  ImageShape m_shape;
  bool m_packed;
  uint8_t m_high = 0;    ///< of bits: the value that is not 0
  uint8_t m_highest = 0; ///< of bytes
  std::array<Part, 2> m_parts;
};

} // namespace latent
