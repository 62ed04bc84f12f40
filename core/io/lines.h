// Comma-separated lines without quoting, as metrics.csv and events.csv hold them.
#pragma once

#include <charconv>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

/// The lines that end with a newline; what follows the last newline is left out.
std::vector<std::string_view> wholeLines(std::string_view text);
/// Exactly `count` fields, or an empty vector.
std::vector<std::string_view> splitFields(std::string_view line, size_t count);

/// Shortest text that parseNumber reads back to the same value.
std::string formatNumber(double value);

/// All of `text` or false.
template<class T>
bool parseNumber(std::string_view text, T& value) {
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

} // namespace latent
