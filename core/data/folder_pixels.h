// Decoded images that arrive one after another: grey until the first colour image comes.
#pragma once

#include "core/base/image.h"
#include "core/data/image_decode.h"
#include "core/data/image_folder.h"

#include <array>
#include <cstdint>
#include <vector>

namespace latent {

class FolderPixels {
 public:
  explicit FolderPixels(ImageFolderOptions::Colour colour)
      : m_fixed(colour != ImageFolderOptions::Colour::automatic),
        m_channels(colour == ImageFolderOptions::Colour::rgb ? 3 : 1) {}

  void append(const DecodedImage& image, bool test);
  int channels() const { return m_channels; }
  std::vector<uint8_t> take(bool test) { return std::move(m_parts[test ? 1 : 0]); }

 private:
  void widen(size_t plane); ///< from grey to colour

  bool m_fixed;
  int m_channels;
  std::array<std::vector<uint8_t>, 2> m_parts; ///< training, test
};

} // namespace latent
