#include "core/data/split_store.h"

#include <algorithm>

namespace latent {

SplitStore::SplitStore(ImageShape shape, int64_t trainImages, int64_t testImages, bool pack)
    : m_shape(shape), m_packed(pack) {
  const auto room = [&](int64_t images) {
    const auto pixels = static_cast<size_t>(images * m_shape.pixels());
    return m_packed ? pixels / 8 + 1 : pixels;
  };
  m_parts[0].bytes.reserve(room(trainImages));
  m_parts[1].bytes.reserve(room(testImages));
}

bool SplitStore::worthPacking(ImageShape shape, int64_t images) {
  return images > (int64_t{256} << 20) / shape.pixels();
}

bool SplitStore::blackAndWhite(std::span<const uint8_t> image) {
  return std::all_of(image.begin(), image.end(), [this](uint8_t value) {
    if (value != 0 && m_high == 0 && (value == 1 || value == 255)) m_high = value;
    return value == 0 || value == m_high;
  });
}

void SplitStore::appendBits(Part& part, std::span<const uint8_t> image) const {
  size_t bit = static_cast<size_t>(part.images) * image.size();
  part.bytes.resize((bit + image.size() + 7) / 8);
  for (const uint8_t value : image) {
    if (value != 0) part.bytes[bit / 8] |= static_cast<uint8_t>(1U << (bit % 8));
    ++bit;
  }
}

void SplitStore::unpack() {
  for (Part& part : m_parts) {
    std::vector<uint8_t> bytes(static_cast<size_t>(part.images * m_shape.pixels()));
    for (size_t i = 0; i < bytes.size(); ++i)
      bytes[i] = (part.bytes[i / 8] >> (i % 8) & 1) != 0 ? m_high : uint8_t{0};
    part.bytes = std::move(bytes);
  }
  m_packed = false;
  m_highest = m_high;
}

void SplitStore::append(std::span<const uint8_t> image, bool test) {
  if (m_packed && !blackAndWhite(image)) unpack();
  Part& part = m_parts[test ? 1 : 0];
  if (m_packed) {
    appendBits(part, image);
  } else {
    part.bytes.insert(part.bytes.end(), image.begin(), image.end());
    m_highest = std::max(m_highest, *std::max_element(image.begin(), image.end()));
  }
  ++part.images;
}

std::array<std::shared_ptr<const Split>, 2> SplitStore::finish(SplitItems train, SplitItems test) {
  std::array<SplitItems, 2> items{std::move(train), std::move(test)};
  std::array<std::shared_ptr<const Split>, 2> splits;
  for (size_t i = 0; i < 2; ++i) {
    std::vector<uint8_t>& bytes = m_parts[i].bytes;
    if (!m_packed && m_highest == 1)
      for (uint8_t& value : bytes) value = static_cast<uint8_t>(value * 255);
    if (m_packed)
      splits[i] = std::make_shared<PackedSplit>(m_shape, std::move(bytes), std::move(items[i]));
    else
      splits[i] = std::make_shared<ResidentSplit>(m_shape, std::move(bytes), std::move(items[i]));
  }
  return splits;
}

} // namespace latent
