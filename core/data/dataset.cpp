#include "core/data/dataset.h"

#include "core/data/resident_split.h"

#include <cstring>
#include <stdexcept>
#include <utility>

namespace latent {

Image imageAt(const Split& split, int64_t i) {
  std::vector<uint8_t> bytes(static_cast<size_t>(split.shape().pixels()));
  split.read(std::span(&i, 1), bytes.data());
  Image image{split.shape(), {}};
  image.pixels.reserve(bytes.size());
  for (const uint8_t value : bytes) image.pixels.push_back(static_cast<float>(value) / 255.0F);
  return image;
}

ResidentSplit::ResidentSplit(ImageShape shape, std::vector<uint8_t> pixels, std::vector<uint8_t> labels,
                             std::vector<float> factors)
    : m_shape(shape),
      m_pixels(std::move(pixels)),
      m_labels(std::move(labels)),
      m_factors(std::move(factors)) {
  if (m_pixels.size() != m_labels.size() * static_cast<size_t>(m_shape.pixels()) ||
      (!m_factors.empty() && m_factors.size() % m_labels.size() != 0))
    throw std::logic_error("ResidentSplit: pixels, labels and factors differ in number.");
}

void ResidentSplit::read(std::span<const int64_t> indices, uint8_t* out) const {
  const auto bytes = static_cast<size_t>(m_shape.pixels());
  for (const int64_t i : indices) {
    if (i < 0 || i >= size()) throw std::out_of_range("Split::read: index out of range.");
    std::memcpy(out, m_pixels.data() + static_cast<size_t>(i) * bytes, bytes);
    out += bytes;
  }
}

std::vector<float> ResidentSplit::factors(int64_t i) const {
  if (i < 0 || i >= size()) throw std::out_of_range("Split::factors: index out of range.");
  if (m_factors.empty()) return {};
  const size_t width = m_factors.size() / m_labels.size();
  const auto begin = m_factors.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(i) * width);
  return {begin, begin + static_cast<ptrdiff_t>(width)};
}

} // namespace latent
