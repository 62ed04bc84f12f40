// What the movies have in common. Private to core/run/movie.
#pragma once

#include "core/run/movie/movies.h"

#include <string>
#include <vector>

namespace latent {

/// With so many decimals, whatever the locale; never "-0.00".
std::string fixedNumber(double value, int decimals);

/// Usage error for a number of frames out of range.
Status checkWay(const MovieWay& way);

/// Images of one run, each with words above it.
struct LabelledImages {
  std::string name; ///< of the run
  ImageShape shape;
  std::vector<std::string> labels;
  std::vector<uint8_t> pixels; ///< [labels, C, H, W]
};
/// Runs side by side, at most four, the images of each in rows in which their words have room.
Figure imagesSideBySide(const std::vector<LabelledImages>& runs, const std::string& title);

} // namespace latent
