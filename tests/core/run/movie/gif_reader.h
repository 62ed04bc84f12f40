// A GIF as a player shows it.
#pragma once

#include "core/run/movie/movie_file.h"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace latent {

struct ReadGif {
  int width = 0, height = 0;
  std::vector<MoviePicture> frames; ///< whole, each over those before
  std::vector<int> delays;          ///< hundredths of a second
  int plays = 1;                    ///< 0 = for ever
  std::string comment;
};

/// Throws std::runtime_error where giflib refuses the file.
ReadGif readGif(const std::filesystem::path& file);

/// 0xRRGGBB
std::set<uint32_t> coloursOf(const MoviePicture& picture);

} // namespace latent
