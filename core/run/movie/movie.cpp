#include "core/run/movie/movie.h"

#include "core/data/image_decode.h"
#include "core/run/drawing_program.h"
#include "core/run/figures.h"
#include "core/run/movie/part_of_job.h"

#include <algorithm>
#include <string>
#include <type_traits>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr int mostAtOnce = 16;
constexpr size_t mostBytesAtOnce = size_t{64} << 20;
constexpr double drawingShare = 0.8;  // of the time
constexpr double fontPoints = 7;      // on the movie's page
constexpr double smallestFontPx = 10; // that can be read

double dpiOf(int widthPx) {
  return widthPx * 25.4 / kMovieWidthMm;
}

void setMoviePage(Figure& figure, double dpi) {
  figure.widthMm = kMovieWidthMm;
  figure.heightMm = 0;
  figure.fontPoints = std::max(fontPoints, smallestFontPx * 72 / dpi);
  figure.provenance = Json::object(); // the movie's own says it for all
}

size_t bytesOf(const Figure& figure) {
  size_t bytes = 0;
  for (const FigurePanel& panel : figure.panels)
    std::visit(
        [&](const auto& each) {
          using Panel = std::decay_t<decltype(each)>;
          if constexpr (std::is_same_v<Panel, PlanePanel>)
            bytes += each.pixels.size() + each.pointX.size() * 16;
          else if constexpr (std::is_same_v<Panel, ImagesPanel>)
            bytes += each.pixels.size();
        },
        panel);
  return bytes;
}

fs::path pictureFile(const fs::path& folder, int frame) {
  return folder / ("frame-" + std::to_string(frame) + ".png");
}

/// Draws frames [first, first + count), as pictures in `folder`. Returns how large one figure is.
Result<size_t> drawPart(const MovieScript& script, int first, int count, double dpi, const fs::path& folder,
                        JobControl& control) {
  constexpr double makingShare = 0.5;
  std::vector<Figure> figures;
  std::vector<fs::path> files;
  size_t bytes = 1;
  for (int i = 0; i < count; ++i) {
    const double done = makingShare * i / count;
    PartOfJob part(control, done, done);
    auto figure = script.figures(first + i, 1, part.control());
    if (!figure) return figure.error();
    setMoviePage(figure->front(), dpi);
    bytes = std::max(bytes, bytesOf(figure->front()));
    figures.push_back(std::move(figure->front()));
    files.push_back(pictureFile(folder, first + i));
  }
  DrawOptions options;
  options.dpi = dpi;
  PartOfJob part(control, makingShare, 1);
  if (const Status drawn = drawFigures(figures, files, options, part.control()); !drawn) return drawn.error();
  return bytes;
}

Status drawAll(const MovieScript& script, double dpi, const fs::path& folder, JobControl& control) {
  int atOnce = 1; // the first tells how large the others will be
  for (int first = 0; first < script.frames;) {
    const int count = std::min(atOnce, script.frames - first);
    const auto share = [&](int frames) { return drawingShare * frames / script.frames; };
    PartOfJob part(control, share(first), share(first + count));
    const auto bytes = drawPart(script, first, count, dpi, folder, part.control());
    if (!bytes) return bytes.error();
    if (control.cancelled()) return Error{Fault::interrupted, "Cancelled; no movie was written."};
    atOnce = static_cast<int>(std::clamp<size_t>(mostBytesAtOnce / *bytes, 1, mostAtOnce));
    first += count;
  }
  return done();
}

Result<MoviePicture> readPictureFile(const fs::path& file) {
  const auto bytes = readPicture(file);
  if (!bytes) return bytes.error();
  const auto* data = reinterpret_cast<const uint8_t*>(bytes->data());
  const auto decoded = decodeImage({data, bytes->size()}, ImageFit(), "A frame of the movie");
  if (!decoded) return decoded.error();
  MoviePicture picture{decoded->width, decoded->height, std::vector<uint8_t>(decoded->pixels.size())};
  const size_t plane = decoded->pixels.size() / 3;
  for (size_t i = 0; i < plane; ++i)
    for (size_t c = 0; c < 3; ++c) picture.rgb[3 * i + c] = decoded->pixels[c * plane + i];
  return picture;
}

Error noFolder() {
  return workError("Cannot make a temporary folder for the movie's frames.");
}

} // namespace

Status checkMovie(const fs::path& file, const MovieOptions& options) {
  if (options.widthPx < kNarrowestMovie || options.widthPx > kWidestMovie || options.widthPx % 2 != 0)
    return usageError("width: " + std::to_string(options.widthPx) + " is no even number of pixels from " +
                      std::to_string(kNarrowestMovie) + " to " + std::to_string(kWidestMovie) + ".");
  return checkMovie(file, options.format);
}

Result<MovieFacts> makeMovie(const MovieScript& script, const fs::path& file, const MovieOptions& options,
                             JobControl& control) {
  if (const Status status = checkMovie(file, options); !status) return status.error();
  const WorkFolder folder;
  if (folder.path().empty()) return noFolder();
  if (const Status status = drawAll(script, dpiOf(options.widthPx), folder.path(), control); !status)
    return status.error();
  MovieFormat format = options.format;
  format.provenance = script.provenance;
  format.provenance["movie"].update({{"widthPx", options.widthPx}, {"rate", format.rate}});
  if (file.extension() == ".gif")
    format.provenance["movie"].update(
        {{"plays", format.plays}, {"dithering", ditheringName(format.dithering)}});
  const MoviePictures pictures{script.frames,
                               [&](int frame) { return readPictureFile(pictureFile(folder.path(), frame)); }};
  PartOfJob part(control, drawingShare, 1);
  return writeMovie(pictures, file, format, part.control());
}

Result<MovieFacts> makeMovie(const std::function<Result<MovieScript>(JobControl&)>& write,
                             const fs::path& file, const MovieOptions& options, JobControl& control) {
  if (const Status status = checkMovie(file, options); !status) return status.error();
  const auto script = [&] {
    PartOfJob part(control, 0, 0); // its own steps go from 0 to 1 again and again
    return write(part.control());
  }();
  if (!script) return script.error();
  return makeMovie(*script, file, options, control);
}

Result<std::vector<MoviePicture>> movieFrames(const MovieScript& script, const std::vector<int>& frames,
                                              int widthPx, JobControl& control) {
  const WorkFolder folder;
  if (folder.path().empty()) return noFolder();
  std::vector<Figure> figures;
  std::vector<fs::path> files;
  for (const int frame : frames) {
    auto figure = script.figures(frame, 1, control);
    if (!figure) return figure.error();
    setMoviePage(figure->front(), dpiOf(widthPx));
    figures.push_back(std::move(figure->front()));
    files.push_back(pictureFile(folder.path(), static_cast<int>(files.size())));
  }
  DrawOptions options;
  options.dpi = dpiOf(widthPx);
  if (const Status drawn = drawFigures(figures, files, options, control); !drawn) return drawn.error();
  std::vector<MoviePicture> pictures;
  for (const fs::path& file : files) {
    auto picture = readPictureFile(file);
    if (!picture) return picture.error();
    pictures.push_back(std::move(*picture));
  }
  return pictures;
}

} // namespace latent
