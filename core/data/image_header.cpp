#include "core/data/image_header.h"

#include <cstring>
#include <optional>
#include <string_view>

namespace latent {

namespace {

constexpr int64_t mostPixels = int64_t{1} << 27;

/// Numbers at offsets of a file; 0 past its end.
class Bytes {
 public:
  explicit Bytes(std::span<const uint8_t> file) : m_file(file) {}

  size_t size() const { return m_file.size(); }
  bool has(size_t at, std::string_view text) const {
    return at <= m_file.size() && text.size() <= m_file.size() - at &&
           std::memcmp(m_file.data() + at, text.data(), text.size()) == 0;
  }
  uint32_t little(size_t at, size_t bytes) const {
    uint32_t value = 0;
    for (size_t i = bytes; i-- > 0;) value = value << 8 | byteAt(at + i);
    return value;
  }
  uint32_t big(size_t at, size_t bytes) const {
    uint32_t value = 0;
    for (size_t i = 0; i < bytes; ++i) value = value << 8 | byteAt(at + i);
    return value;
  }
  uint8_t byteAt(size_t at) const { return at < m_file.size() ? m_file[at] : uint8_t{0}; }

 private:
  std::span<const uint8_t> m_file;
};

ImageHeader png(const Bytes& file) {
  return {ImageFormat::png, file.big(16, 4), file.big(20, 4)};
}

/// Segments up to the frame header (ITU T.81, B.2.2), then the end of image somewhere after it. In the coded
/// data FF is always followed by 00 or a restart marker, so FF D9 can only be the end.
std::optional<ImageHeader> jpeg(const Bytes& file) {
  ImageHeader header{ImageFormat::jpeg, 0, 0};
  size_t at = 2;
  while (at + 4 <= file.size() && file.byteAt(at) == 0xFF) {
    const uint8_t marker = file.byteAt(at + 1);
    if (marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) { // padding, no length
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    const bool frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) {
      header.height = file.big(at + 5, 2);
      header.width = file.big(at + 7, 2);
    }
    if (marker == 0xDA) break; // start of scan
    at += 2 + size_t{file.big(at + 2, 2)};
  }
  for (; at + 1 < file.size(); ++at)
    if (file.byteAt(at) == 0xFF && file.byteAt(at + 1) == 0xD9) return header;
  return std::nullopt;
}

ImageHeader bmp(const Bytes& file) {
  const bool old = file.little(14, 4) == 12; // BITMAPCOREHEADER
  if (old) return {ImageFormat::bmp, file.little(18, 2), file.little(20, 2)};
  const int64_t height = static_cast<int32_t>(file.little(22, 4)); // negative = top row first
  return {ImageFormat::bmp, static_cast<int32_t>(file.little(18, 4)), height < 0 ? -height : height};
}

ImageHeader webp(const Bytes& file) {
  ImageHeader header{ImageFormat::webp, 0, 0};
  if (file.has(12, "VP8X")) {
    header.width = int64_t{file.little(24, 3)} + 1;
    header.height = int64_t{file.little(27, 3)} + 1;
  } else if (file.has(12, "VP8L")) {
    const uint32_t bits = file.little(21, 4);
    header.width = int64_t{bits & 0x3FFF} + 1;
    header.height = int64_t{bits >> 14 & 0x3FFF} + 1;
  } else if (file.has(12, "VP8 ")) {
    header.width = file.little(26, 2) & 0x3FFF;
    header.height = file.little(28, 2) & 0x3FFF;
  }
  return header;
}

ImageHeader tiff(const Bytes& file) {
  const bool big = file.has(0, "MM");
  const auto number = [&](size_t at, size_t bytes) {
    return big ? file.big(at, bytes) : file.little(at, bytes);
  };
  ImageHeader header{ImageFormat::tiff, 0, 0};
  const size_t directory = number(4, 4);
  const size_t entries = number(directory, 2);
  for (size_t i = 0; i < entries; ++i) {
    const size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > file.size()) break;
    const uint32_t tag = number(entry, 2);
    const int64_t value = number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4); // SHORT or LONG
    if (tag == 256) header.width = value;
    if (tag == 257) header.height = value;
  }
  return header;
}

} // namespace

Result<ImageHeader> readImageHeader(std::span<const uint8_t> content, const std::string& name) {
  using namespace std::string_view_literals;
  const Bytes file(content);
  std::optional<ImageHeader> header;
  if (file.has(0, "\x89PNG\r\n\x1a\n") && file.has(12, "IHDR")) {
    header = png(file);
  } else if (file.has(0, "\xFF\xD8\xFF")) {
    header = jpeg(file);
    if (!header) return inputError(name + " is cut off: it is a JPEG file without its end.");
  } else if (file.has(0, "BM")) {
    header = bmp(file);
  } else if (file.has(0, "RIFF") && file.has(8, "WEBP")) {
    header = webp(file);
  } else if (file.has(0, "II*\0"sv) || file.has(0, "MM\0*"sv)) {
    header = tiff(file);
  } else {
    return inputError(name + " is not a PNG, JPEG, BMP, WebP or TIFF image (byte 0).");
  }
  if (header->width < 1 || header->height < 1 || header->height > mostPixels / header->width)
    return inputError(name + " gives its size as " + std::to_string(header->width) + " x " +
                      std::to_string(header->height) + " pixels in its header; up to 2^27 pixels are read.");
  return *header;
}

} // namespace latent
