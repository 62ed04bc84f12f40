#include "core/run/movie/movie_file.h"

#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/movie/movie_encoders.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr uint8_t white = 255;

bool isGif(const fs::path& file) {
  return file.extension() == ".gif";
}

/// In the folder of the movie, so that it can be renamed; gone unless it was kept. The name is plain: video
/// libraries read some names as addresses or as patterns of numbers.
class PartFile {
 public:
  explicit PartFile(const fs::path& file)
      : m_path(fs::absolute(file).parent_path() / (temporaryName("movie") + file.extension().string())) {}
  ~PartFile() {
    std::error_code ignored;
    fs::remove(m_path, ignored);
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const fs::path& path() const { return m_path; }
  Status becomes(const fs::path& file) const {
    std::error_code code;
    fs::rename(m_path, file, code);
    if (code) return workError("Cannot write " + file.string() + ": " + code.message() + ".");
    return done();
  }

 private:
  fs::path m_path;
};

int even(int side) {
  return side + side % 2;
}

/// On white paper of this size.
MoviePicture fitted(MoviePicture picture, int width, int height) {
  if (picture.width == width && picture.height == height) return picture;
  MoviePicture paper{width, height, {}};
  paper.rgb.assign(3 * static_cast<size_t>(width) * static_cast<size_t>(height), white);
  const auto row = [](const MoviePicture& of, int y) {
    return static_cast<std::ptrdiff_t>(3) * of.width * y;
  };
  const auto shared = static_cast<std::ptrdiff_t>(3) * std::min(width, picture.width);
  for (int y = 0; y < std::min(height, picture.height); ++y) {
    const auto from = picture.rgb.begin() + row(picture, y);
    std::copy(from, from + shared, paper.rgb.begin() + row(paper, y));
  }
  return paper;
}

Status check(const MoviePicture& picture) {
  const auto size =
      3 * static_cast<size_t>(std::max(0, picture.width)) * static_cast<size_t>(std::max(0, picture.height));
  if (size > 0 && picture.width <= 16384 && picture.height <= 16384 && picture.rgb.size() == size)
    return done();
  return usageError("A movie's pictures are 1 to 16384 pixels wide and high.");
}

Status writeSidecar(const fs::path& file, const Json& provenance) {
  fs::path sidecar = file;
  return writeTextAtomically(sidecar.replace_extension(".json"),
                             provenance.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace

std::string ditheringName(Dithering dithering) {
  return dithering == Dithering::none ? "none" : "floyd-steinberg";
}

Result<Dithering> ditheringFromName(const std::string& name) {
  for (const Dithering each : {Dithering::none, Dithering::floydSteinberg})
    if (ditheringName(each) == name) return each;
  return inputError("'" + name + "' is no dithering; known are none and floyd-steinberg.");
}

Status checkMovie(const fs::path& file, const MovieFormat& format) {
  if (!isGif(file) && file.extension() != ".mp4")
    return usageError("The ending of " + file.string() + " names no kind of movie; use .mp4 or .gif.");
  if (const std::string why = isGif(file) ? detail::whyNoGif() : detail::whyNoMp4(); !why.empty())
    return usageError(why);
  const double fastest = isGif(file) ? kFastestGif : kFastestRate;
  if (!(format.rate >= kSlowestRate && format.rate <= fastest))
    return usageError("rate: " + formatNumber(format.rate) + " is not in " + formatNumber(kSlowestRate) +
                      " to " + formatNumber(fastest) + " pictures a second" +
                      (isGif(file) ? " of a GIF." : "."));
  if (format.plays < 0 || format.plays > kMostPlays)
    return usageError("A GIF plays for ever or 1 to " + std::to_string(kMostPlays) + " times.");
  std::error_code ignored;
  const fs::path folder = fs::absolute(file, ignored).parent_path();
  if (!fs::is_directory(folder, ignored))
    return workError("The folder " + folder.string() + " for " + file.filename().string() +
                     " is not there; make it first, or choose another.");
  if (fs::is_directory(file, ignored))
    return workError("Cannot write " + file.string() + ": it is a folder.");
  if (::access(folder.c_str(), W_OK) != 0)
    return workError("Cannot write into " + folder.string() + ": " +
                     std::error_code(errno, std::generic_category()).message() + "; choose another folder.");
  return done();
}

Result<MovieFacts> writeMovie(const MoviePictures& pictures, const fs::path& file, const MovieFormat& format,
                              JobControl& control) {
  if (const Status status = checkMovie(file, format); !status) return status.error();
  if (pictures.count < 1) return usageError("A movie has at least one picture.");
  int width = 0, height = 0;
  const MoviePictures evenPictures{pictures.count, [&](int i) -> Result<MoviePicture> {
                                     auto picture = pictures.at(i);
                                     if (!picture) return picture.error();
                                     if (const Status status = check(*picture); !status)
                                       return status.error();
                                     if (width == 0) {
                                       width = even(picture->width);
                                       height = even(picture->height);
                                     }
                                     return fitted(std::move(*picture), width, height);
                                   }};
  std::error_code ignored; // a link stays a link
  const fs::path target = fs::is_symlink(file, ignored) ? fs::weakly_canonical(file, ignored) : file;
  const PartFile part(target);
  auto facts = isGif(file) ? detail::writeGif(evenPictures, part.path(), format, control)
                           : detail::writeMp4(evenPictures, part.path(), format, control);
  if (!facts) return facts.error();
  if (control.cancelled()) return detail::movieCancelled();
  if (const Status status = part.becomes(target); !status) return status.error();
  if (format.sidecar)
    if (const Status status = writeSidecar(file, format.provenance); !status) return status.error();
  return facts;
}

namespace detail {

Error movieCancelled() {
  return {Fault::interrupted, "Cancelled; no movie was written."};
}

Error movieNotWritten(int code) {
  std::string sentence =
      "Cannot write the movie: " + std::error_code(code, std::generic_category()).message();
  if (code == ENOSPC || code == EDQUOT) sentence += "; free some space and try again";
  return workError(sentence + ".");
}

} // namespace detail
} // namespace latent
