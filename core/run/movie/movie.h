// A movie as figures, one after the other, drawn and encoded.
#pragma once

#include "core/base/job.h"
#include "core/figure/figure.h"
#include "core/run/movie/movie_file.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace latent {

/// The figures of a movie, made in parts when they are asked for. All have the same panels, axes and labels
/// of the same size, so that nothing but what they show moves.
struct MovieScript {
  int frames = 0;
  /// Frames [first, first + count).
  std::function<Result<std::vector<Figure>>(int first, int count, JobControl& control)> figures;
  Json provenance; ///< that of one of its figures, with "movie": what moves, and how
};

/// Of every frame's page; a width in pixels is a resolution of it.
constexpr double kMovieWidthMm = 120;
constexpr int kNarrowestMovie = 64, kWidestMovie = 3840;
constexpr int kFewestMovieFrames = 2, kMostMovieFrames = 600;

struct MovieOptions {
  int widthPx = 640; ///< even; the height follows from the content
  MovieFormat format;
};

/// Before any work: checkMovie, and usage errors for a width that is odd or out of range.
Status checkMovie(const std::filesystem::path& file, const MovieOptions& options);

/// Draws and writes the movie. Held in memory at once: 16 figures or 64 MiB of them, one picture, and 96 MiB
/// for the colours of a GIF; drawn pictures wait in a temporary folder. Cancel leaves nothing. The movie's
/// provenance gets the size and the format.
Result<MovieFacts> makeMovie(const MovieScript& script, const std::filesystem::path& file,
                             const MovieOptions& options, JobControl& control);

/// The same, with the time that the script takes: nothing of the progress.
Result<MovieFacts> makeMovie(const std::function<Result<MovieScript>(JobControl&)>& write,
                             const std::filesystem::path& file, const MovieOptions& options,
                             JobControl& control);

/// Some of its frames as pictures, in this order: what a person sees before making it.
Result<std::vector<MoviePicture>> movieFrames(const MovieScript& script, const std::vector<int>& frames,
                                              int widthPx, JobControl& control);

} // namespace latent
