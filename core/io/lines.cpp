#include "core/io/lines.h"

namespace latent {

std::vector<std::string_view> wholeLines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t begin = 0;;) {
    const size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) return lines;
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::vector<std::string_view> splitFields(std::string_view line, size_t count) {
  std::vector<std::string_view> fields;
  for (size_t begin = 0; fields.size() < count;) {
    const size_t end = line.find(',', begin);
    fields.push_back(line.substr(begin, end - begin));
    if (end == std::string_view::npos)
      return fields.size() == count ? fields : std::vector<std::string_view>{};
    begin = end + 1;
  }
  return {};
}

std::string formatNumber(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, value);
  return {text, end};
}

} // namespace latent
