// Pictures one after the other as an MP4 or a GIF.
#pragma once

#include "core/base/job.h"
#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace latent {

struct MoviePicture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgb; ///< [height, width, 3]
};

/// The pictures of a movie, each made or read when it is asked for, so that memory does not grow with their
/// number. A GIF asks twice for each: its colours are chosen over all of them.
struct MoviePictures {
  int count = 0;
  std::function<Result<MoviePicture>(int)> at; ///< 0 to count - 1
};

enum class Dithering { none, floydSteinberg };
std::string ditheringName(Dithering dithering);               ///< "none", "floyd-steinberg"
Result<Dithering> ditheringFromName(const std::string& name); ///< input error lists the names

struct MovieFormat {
  double rate = 25;                      ///< pictures a second, 0.1 to 60; of a GIF to 50
  int plays = 0;                         ///< of a GIF: so many times, 0 = for ever
  Dithering dithering = Dithering::none; ///< of a GIF with more than 256 colours
  Json provenance = Json::object();      ///< inside the file: comment of a GIF, XMP of an MP4
  bool sidecar = false;                  ///< the provenance also as FILE.json
};

constexpr double kSlowestRate = 0.1, kFastestRate = 60;
constexpr double kFastestGif = 50; ///< players slow down what is faster
constexpr int kMostPlays = 65536;  ///< that a GIF can hold

struct MovieFacts {
  int frames = 0, width = 0, height = 0;
  std::string codec; ///< "gif", "h264", "mpeg4"
  int colours = 0;   ///< of a GIF's palette
};

/// Before any work. Usage error: an ending other than .mp4 and .gif, a rate or a number of plays out of
/// range, a build without what writes such a file. Work error: the folder is not there or cannot be written.
Status checkMovie(const std::filesystem::path& file, const MovieFormat& format);

/// All pictures are as large as the first, whose sides are made even by a white column or row; what another
/// one has beyond is cut off, what it lacks is white. Written under a temporary name in the same folder and
/// renamed at the end, so that no half file is left by a cancel (Fault::interrupted) or a full disk (work
/// error). A GIF with at most 256 colours has exactly these. Sets the control's progress.
Result<MovieFacts> writeMovie(const MoviePictures& pictures, const std::filesystem::path& file,
                              const MovieFormat& format, JobControl& control);

} // namespace latent
