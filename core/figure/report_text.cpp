// How the plain texts of a report are set.
#include "core/figure/report.h"

#include <algorithm>
#include <utility>

namespace latent {
namespace {

bool isWord(char c) { // bytes of other scripts are letters, too
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// How many characters behind the underscore at `at` are set lower; 0 where it is an ordinary one.
size_t loweredAt(const std::string& text, size_t at) {
  constexpr size_t most = 3;
  if (text[at] != '_' || at == 0 || !isLetter(text[at - 1])) return 0;
  if (at > 1 && isWord(text[at - 2])) return 0;
  size_t end = at + 1;
  while (end < text.size() && isWord(text[end])) {
    if (text[end] == '_' || static_cast<unsigned char>(text[end]) >= 0x80) return 0;
    ++end;
  }
  return end - at - 1 <= most ? end - at - 1 : 0;
}

} // namespace

std::vector<TextSpan> spansOf(const std::string& text) {
  std::vector<TextSpan> spans;
  std::string plain;
  for (size_t at = 0; at < text.size(); ++at) {
    const size_t lowered = loweredAt(text, at);
    if (lowered == 0) {
      plain += text[at];
      continue;
    }
    spans.push_back({std::exchange(plain, {}), false});
    spans.push_back({text.substr(at + 1, lowered), true});
    at += lowered;
  }
  if (!plain.empty()) spans.push_back({std::move(plain), false});
  return spans;
}

std::vector<std::string> paragraphsOf(const std::string& text) {
  std::vector<std::string> paragraphs;
  std::string paragraph;
  const auto finish = [&] {
    if (!paragraph.empty()) paragraphs.push_back(std::exchange(paragraph, {}));
  };
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    const size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) {
      finish();
    } else {
      line = line.substr(first, line.find_last_not_of(" \t\r") + 1 - first);
      paragraph += (paragraph.empty() ? "" : " ") + line;
    }
    begin = end + 1;
  }
  finish();
  return paragraphs;
}

} // namespace latent
