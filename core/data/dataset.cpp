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

ItemSplit::ItemSplit(ImageShape shape, SplitItems items) : m_shape(shape), m_items(std::move(items)) {
  const size_t count = m_items.labels.size();
  if ((!m_items.factors.empty() && (count == 0 || m_items.factors.size() % count != 0)) ||
      (!m_items.files.empty() && m_items.files.size() != count))
    throw std::logic_error("Split: labels, factors and files differ in number.");
}

void ItemSplit::check(int64_t i) const {
  if (i < 0 || i >= size()) throw std::out_of_range("Split: index out of range.");
}

std::string ItemSplit::file(int64_t i) const {
  check(i);
  return m_items.files.empty() ? std::string() : m_items.files[static_cast<size_t>(i)];
}

std::vector<float> ItemSplit::factors(int64_t i) const {
  check(i);
  if (m_items.factors.empty()) return {};
  const size_t width = m_items.factors.size() / m_items.labels.size();
  const auto begin = m_items.factors.begin() + static_cast<ptrdiff_t>(static_cast<size_t>(i) * width);
  return {begin, begin + static_cast<ptrdiff_t>(width)};
}

ResidentSplit::ResidentSplit(ImageShape shape, std::vector<uint8_t> pixels, SplitItems items)
    : ItemSplit(shape, std::move(items)), m_pixels(std::move(pixels)) {
  if (m_pixels.size() != static_cast<size_t>(size() * shape.pixels()))
    throw std::logic_error("ResidentSplit: pixels and labels differ in number.");
}

void ResidentSplit::read(std::span<const int64_t> indices, uint8_t* out) const {
  const auto bytes = static_cast<size_t>(shape().pixels());
  for (const int64_t i : indices) {
    check(i);
    std::memcpy(out, m_pixels.data() + static_cast<size_t>(i) * bytes, bytes);
    out += bytes;
  }
}

PackedSplit::PackedSplit(ImageShape shape, std::vector<uint8_t> bits, SplitItems items)
    : ItemSplit(shape, std::move(items)), m_bits(std::move(bits)) {
  if (m_bits.size() != (static_cast<size_t>(size() * shape.pixels()) + 7) / 8)
    throw std::logic_error("PackedSplit: pixels and labels differ in number.");
}

void PackedSplit::read(std::span<const int64_t> indices, uint8_t* out) const {
  const auto pixels = static_cast<size_t>(shape().pixels());
  for (const int64_t i : indices) {
    check(i);
    const size_t first = static_cast<size_t>(i) * pixels;
    for (size_t bit = first; bit < first + pixels; ++bit)
      *out++ = (m_bits[bit / 8] >> (bit % 8) & 1) != 0 ? 255 : 0;
  }
}

} // namespace latent
