// The two kinds of movie file. Private to core/run/movie; each is left out of a build that misses its
// library.
#pragma once

#include "core/run/movie/movie_file.h"

#include <string>

namespace latent::detail {

/// "" where this build can write such a file, else the sentence that says why not.
std::string whyNoGif();
std::string whyNoMp4();

/// Pictures of one even size into `file`, an absolute path that ends as its kind does and is not there yet.
Result<MovieFacts> writeGif(const MoviePictures& pictures, const std::filesystem::path& file,
                            const MovieFormat& format, JobControl& control);
Result<MovieFacts> writeMp4(const MoviePictures& pictures, const std::filesystem::path& file,
                            const MovieFormat& format, JobControl& control);

Error movieCancelled();
/// "Cannot write the movie: No space left on device; free some space and try again."
Error movieNotWritten(int code);

} // namespace latent::detail
