// The provenance of movies: a comment of a GIF, XMP in a box of an MP4.
#include "core/figure/provenance_text.h"

#include <cstdint>

namespace latent::detail {
namespace {

/// Walks through a file; every step is checked against its end.
class Walk {
 public:
  explicit Walk(std::string_view bytes) : m_bytes(bytes) {}

  bool atEnd() const { return m_at == m_bytes.size(); }
  std::string_view take(uint64_t count) {
    if (count > m_bytes.size() - m_at)
      throw BadCarrier("it ends inside a block, at byte " + std::to_string(m_at));
    const std::string_view part = m_bytes.substr(m_at, static_cast<size_t>(count));
    m_at += static_cast<size_t>(count);
    return part;
  }
  unsigned byte() { return static_cast<unsigned char>(take(1)[0]); }
  uint64_t number(int bytes) { // the highest byte first
    uint64_t value = 0;
    for (const char each : take(static_cast<uint64_t>(bytes)))
      value = value << 8 | static_cast<unsigned char>(each);
    return value;
  }
  uint64_t left() const { return m_bytes.size() - m_at; }

 private:
  std::string_view m_bytes;
  size_t m_at = 0;
};

/// Of a descriptor's flags: three bytes for each colour.
size_t colourTableBytes(unsigned flags) {
  return (flags & 0x80U) != 0 ? size_t{3} << ((flags & 7U) + 1) : 0;
}

/// The blocks of an extension or image joined, no more of them than a provenance has.
std::string blocks(Walk& walk) {
  std::string joined;
  while (const unsigned length = walk.byte()) {
    const std::string_view part = walk.take(length);
    if (joined.size() <= mostProvenance) joined += part;
  }
  return joined;
}

} // namespace

std::optional<std::string> provenanceInGif(std::string_view gif) {
  constexpr unsigned extension = 0x21, image = 0x2C, end = 0x3B, comment = 0xFE;
  Walk walk(gif);
  walk.take(10); // "GIF89a", width and height
  const unsigned flags = walk.byte();
  walk.take(2 + colourTableBytes(flags));
  while (true) {
    const unsigned kind = walk.byte();
    if (kind == end) return std::nullopt;
    if (kind == extension) {
      const bool said = walk.byte() == comment;
      std::string text = blocks(walk);
      if (said && text.starts_with('{')) return text;
    } else if (kind == image) {
      walk.take(8); // its place
      const unsigned own = walk.byte();
      walk.take(colourTableBytes(own) + 1);
      blocks(walk);
    } else {
      throw BadCarrier("it holds a block of no known kind");
    }
  }
}

std::optional<std::string> provenanceInMp4(std::string_view movie) {
  constexpr size_t idBytes = 16;
  std::optional<std::string> found; // of the last box: what changes a movie appends to it
  for (Walk walk(movie); !walk.atEnd();) {
    uint64_t size = walk.number(4), head = 8;
    const std::string_view type = walk.take(4);
    if (size == 1) {
      size = walk.number(8);
      head = 16;
    } else if (size == 0) { // to the end of the file
      size = head + walk.left();
    }
    if (size < head) throw BadCarrier("it holds a box of no size");
    const std::string_view content = walk.take(size - head);
    if (type != "uuid" || content.size() < idBytes) continue;
    if (auto text = provenanceInXmp(content.substr(idBytes))) found = std::move(text);
  }
  return found;
}

} // namespace latent::detail
