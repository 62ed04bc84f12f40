#include "core/run/movie/movie_encoders.h"
#include "core/run/movie/palette.h"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <memory>
#include <unistd.h>

namespace latent::detail {
namespace {

constexpr double choosingShare = 0.35; // of the time, for the colours

/// A file whose first failure is remembered: giflib tells that something failed, not what.
struct Output {
  explicit Output(const std::filesystem::path& path) : file(std::fopen(path.c_str(), "wbx"), &std::fclose) {
    if (!file) code = errno;
  }
  bool write(const void* bytes, size_t size) {
    if (code == 0 && std::fwrite(bytes, 1, size, file.get()) != size) code = errno;
    return code == 0;
  }
  /// 0 or the errno of what failed.
  int close() {
    if (code == 0 && (std::fflush(file.get()) != 0 || ::fsync(::fileno(file.get())) != 0)) code = errno;
    if (std::fclose(file.release()) != 0 && code == 0) code = errno;
    return code;
  }

  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file;
  int code = 0;
};

int writeBytes(GifFileType* gif, const GifByteType* bytes, int size) {
  auto* output = static_cast<Output*>(gif->UserData);
  return output->write(bytes, static_cast<size_t>(size)) ? size : -1;
}

struct CloseGif {
  void operator()(GifFileType* gif) const {
    int ignored = 0;
    EGifCloseFile(gif, &ignored);
  }
};
using Gif = std::unique_ptr<GifFileType, CloseGif>;

struct FreeColours {
  void operator()(ColorMapObject* colours) const { GifFreeMapObject(colours); }
};
using ColourMap = std::unique_ptr<ColorMapObject, FreeColours>;

ColourMap mapOf(const std::vector<Colour>& colours) {
  int size = 2; // a power of two
  while (size < std::ssize(colours)) size *= 2;
  ColourMap map(GifMakeMapObject(size, nullptr));
  for (size_t i = 0; map && i < colours.size(); ++i) {
    const auto parts = partsOf(colours[i]);
    map->Colors[i] = {static_cast<GifByteType>(parts[0]), static_cast<GifByteType>(parts[1]),
                      static_cast<GifByteType>(parts[2])};
  }
  return map;
}

/// Players read the number as repetitions after the first time; once needs no extension.
bool putLoop(GifFileType* gif, int plays) {
  if (plays == 1) return true;
  const int repetitions = plays == 0 ? 0 : plays - 1;
  const std::array<GifByteType, 3> loop{1, static_cast<GifByteType>(repetitions & 255),
                                        static_cast<GifByteType>(repetitions >> 8)};
  return EGifPutExtensionLeader(gif, APPLICATION_EXT_FUNC_CODE) == GIF_OK &&
         EGifPutExtensionBlock(gif, 11, "NETSCAPE2.0") == GIF_OK &&
         EGifPutExtensionBlock(gif, loop.size(), loop.data()) == GIF_OK &&
         EGifPutExtensionTrailer(gif) == GIF_OK;
}

/// Hundredths of a second; the rounding is spread, so that the sum follows the rate.
int delayOf(int frame, double rate) {
  const auto until = [&](int i) { return std::llround(100.0 * i / rate); };
  return static_cast<int>(until(frame + 1) - until(frame));
}

struct Part {
  int left = 0, top = 0, width = 1, height = 1;
};

/// The smallest part that holds all changed pixels; one pixel where there are none.
Part changedPart(const std::vector<uint8_t>& before, const std::vector<uint8_t>& now, int width, int height) {
  if (before.empty()) return {0, 0, width, height};
  int left = width, right = -1, top = height, bottom = -1;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto at = static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x);
      if (before[at] == now[at]) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = y;
    }
  return right < 0 ? Part() : Part{left, top, right - left + 1, bottom - top + 1};
}

bool putFrame(GifFileType* gif, const std::vector<uint8_t>& indices, int width, const Part& part, int delay) {
  GraphicsControlBlock control{};
  control.DisposalMode = DISPOSE_DO_NOT;
  control.DelayTime = delay;
  control.TransparentColor = NO_TRANSPARENT_COLOR;
  std::array<GifByteType, 4> bytes{};
  EGifGCBToExtension(&control, bytes.data());
  if (EGifPutExtension(gif, GRAPHICS_EXT_FUNC_CODE, bytes.size(), bytes.data()) != GIF_OK ||
      EGifPutImageDesc(gif, part.left, part.top, part.width, part.height, false, nullptr) != GIF_OK)
    return false;
  std::vector<GifPixelType> line(static_cast<size_t>(part.width));
  for (int y = 0; y < part.height; ++y) {
    const auto first = indices.begin() + static_cast<std::ptrdiff_t>(part.top + y) * width + part.left;
    std::copy(first, first + part.width, line.begin());
    if (EGifPutLine(gif, line.data(), part.width) != GIF_OK) return false;
  }
  return true;
}

bool putHead(GifFileType* gif, const MoviePicture& first, const ColorMapObject& map,
             const MovieFormat& format) {
  EGifSetGifVersion(gif, true);
  const std::string provenance = format.provenance.dump(-1, ' ', true, Json::error_handler_t::replace);
  return EGifPutScreenDesc(gif, first.width, first.height, 8, 0, &map) == GIF_OK &&
         putLoop(gif, format.plays) && EGifPutComment(gif, provenance.c_str()) == GIF_OK;
}

Result<Palette> choosePalette(const MoviePictures& pictures, JobControl& control) {
  ColourCounts counts;
  for (int i = 0; i < pictures.count; ++i) {
    if (control.cancelled()) return movieCancelled();
    const auto picture = pictures.at(i);
    if (!picture) return picture.error();
    counts.add(*picture);
    control.setProgress(choosingShare * (i + 1) / pictures.count);
  }
  return Palette(counts);
}

} // namespace

std::string whyNoGif() {
  return {};
}

Result<MovieFacts> writeGif(const MoviePictures& pictures, const std::filesystem::path& file,
                            const MovieFormat& format, JobControl& control) {
  auto palette = choosePalette(pictures, control);
  if (!palette) return palette.error();
  const ColourMap map = mapOf(palette->colours());
  Output output(file);
  if (output.code != 0) return movieNotWritten(output.code);
  int problem = 0;
  Gif gif(EGifOpen(&output, writeBytes, &problem));
  if (!gif || !map) return movieNotWritten(ENOMEM);

  MovieFacts facts;
  std::vector<uint8_t> before;
  for (int i = 0; i < pictures.count; ++i) {
    if (control.cancelled()) return movieCancelled();
    const auto picture = pictures.at(i);
    if (!picture) return picture.error();
    std::vector<uint8_t> now = palette->indices(*picture, format.dithering);
    const Part part = changedPart(before, now, picture->width, picture->height);
    const bool written = (i > 0 || putHead(gif.get(), *picture, *map, format)) &&
                         putFrame(gif.get(), now, picture->width, part, delayOf(i, format.rate));
    if (!written) return movieNotWritten(output.code == 0 ? EIO : output.code);
    facts = {i + 1, picture->width, picture->height, "gif", static_cast<int>(std::ssize(palette->colours()))};
    before = std::move(now);
    control.setProgress(choosingShare + (1 - choosingShare) * (i + 1) / pictures.count);
  }
  if (EGifCloseFile(gif.release(), &problem) != GIF_OK && output.code == 0) output.code = EIO;
  if (const int code = output.close()) return movieNotWritten(code);
  return facts;
}

} // namespace latent::detail
