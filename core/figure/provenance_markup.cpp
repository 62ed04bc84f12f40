#include "core/figure/provenance_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <vector>

namespace latent::detail {
namespace {

constexpr std::string_view spaces = " \t\r\n";
constexpr size_t none = std::string_view::npos;

void appendUtf8(uint32_t code, std::string& text) {
  const auto byte = [&](uint32_t value) { text += static_cast<char>(value); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6);
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3F));
    byte(0x80 | (code >> 6 & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

/// The character of "lt", "#60" or "#x3c".
void appendEntity(std::string_view name, std::string& text) {
  constexpr std::pair<std::string_view, char> known[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}};
  for (const auto& [word, sign] : known) {
    if (name != word) continue;
    text += sign;
    return;
  }
  uint32_t code = 0;
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    if (end.ec != std::errc() || end.ptr != digits.data() + digits.size()) code = 0;
  }
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
    std::string shown(name);
    std::ranges::replace_if(
        shown, [](unsigned char c) { return c < 0x21 || c > 0x7E; }, '?');
    throw BadCarrier("its provenance holds &" + shown + ";, which is no character");
  }
  appendUtf8(code, text);
}

/// Character data as it is meant: entities and CDATA sections.
std::string unescaped(std::string_view raw) {
  if (raw.size() > mostProvenance) throw BadCarrier("its provenance is longer than 16 MiB");
  constexpr std::string_view open = "<![CDATA[", close = "]]>";
  std::string text;
  while (!raw.empty()) {
    if (raw.starts_with(open)) {
      const size_t end = raw.find(close);
      if (end == none) throw BadCarrier("its provenance is cut short");
      text += raw.substr(open.size(), end - open.size());
      raw.remove_prefix(end + close.size());
    } else if (raw[0] == '&') {
      const size_t end = raw.substr(0, 16).find(';');
      if (end == none) throw BadCarrier("its provenance holds a lone &");
      appendEntity(raw.substr(1, end - 1), text);
      raw.remove_prefix(end + 1);
    } else {
      const size_t end = raw.find_first_of("&<");
      // Elements inside of ours are not ours.
      if (end == 0) throw BadCarrier("its provenance is not plain text");
      text += raw.substr(0, end);
      raw.remove_prefix(end == none ? raw.size() : end);
    }
  }
  return text;
}

/// The prefixes that are bound to our namespace anywhere in the text.
std::vector<std::string> prefixesOf(std::string_view markup) {
  constexpr std::string_view declaration = "xmlns:";
  constexpr size_t most = 16; // tools write one
  std::vector<std::string> prefixes;
  for (size_t at = markup.find(provenanceNamespace); at != none && prefixes.size() < most;
       at = markup.find(provenanceNamespace, at + 1)) {
    // xmlns:PREFIX="URI", with blanks about the = at most.
    const size_t quote = at == 0 ? none : at - 1;
    if (quote == none || (markup[quote] != '"' && markup[quote] != '\'')) continue;
    size_t end = markup.find_last_not_of(spaces, quote == 0 ? none : quote - 1);
    if (quote == 0 || end == none || markup[end] != '=' || end == 0) continue;
    end = markup.find_last_not_of(spaces, end - 1);
    if (end == none) continue;
    constexpr size_t longest = 64;
    const size_t from = end > longest ? end - longest : 0;
    const std::string_view before = markup.substr(from, end + 1 - from);
    const size_t begin = before.rfind(declaration);
    if (begin == none) continue;
    const std::string_view prefix = before.substr(begin + declaration.size());
    if (!prefix.empty() && prefix.find_first_of(" \t\r\n<>=\"'/&") == none) prefixes.emplace_back(prefix);
  }
  return prefixes;
}

/// The content of <PREFIX:provenance ...>content</PREFIX:provenance>.
std::optional<std::string> elementOf(std::string_view markup, const std::string& name) {
  const std::string open = "<" + name, close = "</" + name;
  for (size_t at = markup.find(open); at != none; at = markup.find(open, at + 1)) {
    const size_t after = at + open.size();
    if (after >= markup.size()) break;
    if (spaces.find(markup[after]) == none && markup[after] != '>') continue; // a longer name
    const size_t begin = markup.find('>', after);
    if (begin != none && markup[begin - 1] == '/') continue; // empty
    const size_t end = begin == none ? none : markup.find(close, begin);
    if (end == none) throw BadCarrier("its provenance is cut short");
    return unescaped(markup.substr(begin + 1, end - begin - 1));
  }
  return std::nullopt;
}

/// The value of PREFIX:provenance="...", which tools make of an element in XMP.
std::optional<std::string> attributeOf(std::string_view markup, const std::string& name) {
  for (size_t at = markup.find(name); at != none; at = markup.find(name, at + 1)) {
    if (at == 0 || spaces.find(markup[at - 1]) == none) continue;
    const size_t equals = markup.find_first_not_of(spaces, at + name.size());
    if (equals == none || markup[equals] != '=') continue;
    const size_t quote = markup.find_first_not_of(spaces, equals + 1);
    if (quote == none || (markup[quote] != '"' && markup[quote] != '\'')) continue;
    const size_t end = markup.find(markup[quote], quote + 1);
    if (end == none) throw BadCarrier("its provenance is cut short");
    return unescaped(markup.substr(quote + 1, end - quote - 1));
  }
  return std::nullopt;
}

} // namespace

std::optional<std::string> provenanceInMarkup(std::string_view markup) {
  for (const std::string& prefix : prefixesOf(markup)) {
    const std::string name = prefix + ":provenance";
    if (auto text = elementOf(markup, name)) return text;
    if (auto text = attributeOf(markup, name)) return text;
  }
  return std::nullopt;
}

std::optional<std::string> provenanceInXmp(std::string_view document) {
  constexpr std::string_view open = "<?xpacket begin=", close = "<?xpacket end=";
  constexpr int most = 64; // packets that are looked into
  // A program that changes a document appends to it: the last packet counts.
  size_t at = document.rfind(open);
  for (int packet = 0; at != none && packet < most; ++packet) {
    const size_t end = document.find(close, at);
    if (end == none) throw BadCarrier("its XMP packet is cut short");
    if (auto text = provenanceInMarkup(document.substr(at, end - at))) return text;
    at = at == 0 ? none : document.rfind(open, at - 1);
  }
  return std::nullopt;
}

} // namespace latent::detail
