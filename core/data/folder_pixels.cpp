#include "core/data/folder_pixels.h"

namespace latent {

void FolderPixels::append(const DecodedImage& image, bool test) {
  const size_t plane = image.pixels.size() / 3;
  if (!m_fixed && m_channels == 1 && !image.grey) widen(plane);
  std::vector<uint8_t>& part = m_parts[test ? 1 : 0];
  if (m_channels == 3) {
    part.insert(part.end(), image.pixels.begin(), image.pixels.end());
    return;
  }
  // ITU-R BT.601; for a grey image its own value, as the weights sum to 1.
  for (size_t i = 0; i < plane; ++i) {
    const int sum = 299 * image.pixels[i] + 587 * image.pixels[plane + i] + 114 * image.pixels[2 * plane + i];
    part.push_back(static_cast<uint8_t>((sum + 500) / 1000));
  }
}

void FolderPixels::widen(size_t plane) {
  for (std::vector<uint8_t>& part : m_parts) {
    std::vector<uint8_t> wide;
    wide.reserve(3 * part.size());
    for (auto image = part.begin(); image != part.end(); image += static_cast<ptrdiff_t>(plane))
      for (int channel = 0; channel < 3; ++channel)
        wide.insert(wide.end(), image, image + static_cast<ptrdiff_t>(plane));
    part = std::move(wide);
  }
  m_channels = 3;
}

} // namespace latent
