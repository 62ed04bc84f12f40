#include "core/figure/utf8.h"

namespace latent {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool continues(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

/// Length of the character that begins with this byte, 0 where none does.
size_t lengthOf(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  return lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
}

/// Longer than needed, half of a surrogate pair, or beyond Unicode.
bool forbidden(char32_t c, size_t length) {
  return (length == 3 && c < 0x800) || (length == 4 && c < 0x10000) || (c >= 0xD800 && c < 0xE000) ||
         c > 0x10FFFF;
}

} // namespace

std::u32string fromUtf8(std::string_view text) {
  std::u32string characters;
  for (size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const size_t length = lengthOf(lead);
    char32_t c = length == 1 ? lead : lead & (0x7F >> length);
    size_t read = 1;
    for (; read < length && continues(text, at + read); ++read)
      c = (c << 6) | (static_cast<unsigned char>(text[at + read]) & 0x3F);
    const bool valid = length > 0 && read == length && !forbidden(c, length);
    characters += valid ? c : replacement;
    at += valid ? length : 1;
  }
  return characters;
}

std::string toUtf8(char32_t c) {
  const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
  const auto tail = [&](int shift) { return byte(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | (c >> 6)), tail(0)};
  if (c < 0x10000) return {byte(0xE0 | (c >> 12)), tail(6), tail(0)};
  return {byte(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)};
}

} // namespace latent
