#include "core/data/column_values.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace latent {

NumberedTexts numberTexts(const std::vector<std::string>& texts) {
  std::map<std::string, int64_t> numbers;
  for (const std::string& text : texts) numbers.emplace(text, 0);
  numbers.erase("");
  NumberedTexts numbered;
  for (auto& [text, number] : numbers) {
    number = static_cast<int64_t>(numbered.values.size());
    numbered.values.push_back(text);
  }
  numbered.classes.reserve(texts.size());
  for (const std::string& text : texts) numbered.classes.push_back(text.empty() ? -1 : numbers.at(text));
  return numbered;
}

template<class T>
FiniteRange finiteRange(std::span<const T> numbers) {
  FiniteRange range;
  bool first = true;
  for (const T value : numbers) {
    if (!std::isfinite(value)) continue;
    range.low = first ? value : std::min<double>(range.low, value);
    range.high = first ? value : std::max<double>(range.high, value);
    first = false;
  }
  return range;
}
template FiniteRange finiteRange(std::span<const float>);
template FiniteRange finiteRange(std::span<const double>);

} // namespace latent
