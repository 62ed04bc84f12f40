// The values of a column of metadata as points are coloured by them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// Texts numbered by their order of sorting.
struct NumberedTexts {
  std::vector<std::string> values;
  std::vector<int64_t> classes; ///< of each text its place among `values`; -1 for ""
};
NumberedTexts numberTexts(const std::vector<std::string>& texts);

/// Lowest and highest finite number; 0 and 0 without one.
struct FiniteRange {
  double low = 0, high = 0;
};
template<class T>
FiniteRange finiteRange(std::span<const T> numbers);

} // namespace latent
