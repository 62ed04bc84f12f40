// Names that come from files, as they may stand in a sentence for a person.
#pragma once

#include <string>
#include <string_view>

namespace latent {

/// At most 80 characters, control characters (which could steer a terminal) replaced by '?'.
inline std::string printable(std::string_view name) {
  constexpr size_t longest = 80;
  std::string text(name.substr(0, longest));
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return name.size() > longest ? text + "..." : text;
}

} // namespace latent
