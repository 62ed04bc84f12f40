#include "core/figure/provenance_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <zlib.h>

namespace latent::detail {
namespace {

constexpr std::string_view keyword{"provenance\0", 11};
constexpr size_t signatureBytes = 8;

uint32_t number(std::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// What zlib packed, never more than mostProvenance.
std::string unpacked(std::string_view packed) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) throw BadCarrier("there is no memory to unpack it");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size()); // a chunk is shorter than 2^31 bytes
  std::string text;
  std::array<char, 16384> part;
  int code = Z_OK;
  while (code == Z_OK && text.size() <= mostProvenance) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = part.size();
    code = inflate(&stream, Z_NO_FLUSH);
    text.append(part.data(), part.size() - stream.avail_out);
    if (code == Z_OK && stream.avail_in == 0 && stream.avail_out > 0) break; // cut short
  }
  inflateEnd(&stream);
  if (text.size() > mostProvenance) throw BadCarrier("its provenance is longer than 16 MiB");
  if (code != Z_STREAM_END) throw BadCarrier("its packed provenance cannot be unpacked");
  return text;
}

/// The content of iTXt behind the keyword: two flags, a language and a translated keyword, each ended by 0.
std::string internationalText(std::string_view content) {
  if (content.size() < 4) throw BadCarrier("its text chunk is too short");
  const bool packed = content[0] == 1;
  content.remove_prefix(2);
  for (int skipped = 0; skipped < 2; ++skipped) {
    const size_t end = content.find('\0');
    if (end == std::string_view::npos) throw BadCarrier("its text chunk is cut short");
    content.remove_prefix(end + 1);
  }
  return packed ? unpacked(content) : std::string(content);
}

} // namespace

std::optional<std::string> provenanceInPng(std::string_view png) {
  constexpr size_t frame = 12; // length, type and checksum of a chunk
  for (size_t at = signatureBytes; at < png.size();) {
    if (png.size() - at < frame) throw BadCarrier("it ends inside a chunk, at byte " + std::to_string(at));
    const size_t length = number(png, at);
    if (length > png.size() - at - frame)
      throw BadCarrier("its chunk at byte " + std::to_string(at) + " reaches past its end");
    const std::string_view type = png.substr(at + 4, 4), content = png.substr(at + 8, length);
    if (type == "IEND") return std::nullopt;
    const bool isText = type == "tEXt" || type == "zTXt" || type == "iTXt";
    if (isText && content.starts_with(keyword)) {
      const auto* checked = reinterpret_cast<const Bytef*>(png.data() + at + 4);
      if (crc32(0, checked, static_cast<uInt>(length + 4)) != number(png, at + 8 + length))
        throw BadCarrier("the checksum of its provenance is wrong");
      const std::string_view text = content.substr(keyword.size());
      if (type == "tEXt") return std::string(text);
      if (type == "iTXt") return internationalText(text);
      if (text.empty() || text[0] != 0) throw BadCarrier("its provenance is packed in an unknown way");
      return unpacked(text.substr(1));
    }
    at += frame + length;
  }
  throw BadCarrier("its last chunk is missing");
}

} // namespace latent::detail
