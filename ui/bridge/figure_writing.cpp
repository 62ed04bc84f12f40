#include "ui/bridge/figure_writing.h"

#include "core/figure/figure_tex.h"
#include "core/io/files.h"
#include "core/run/figures.h"

#include <QTemporaryDir>

#include <filesystem>
#include <utility>
#include <vector>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

constexpr int64_t largestFile = int64_t{1} << 30;

struct Piece {
  fs::path to;
  std::vector<std::byte> bytes;
};

Error cancelled() {
  return {Fault::interrupted, "Cancelled; no figure was written."};
}

std::vector<std::byte> bytesOf(const std::string& text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

fs::path beside(fs::path file, const char* extension) {
  return file.replace_extension(extension);
}

Result<fs::path> temporaryPlace(const QTemporaryDir& folder, const fs::path& name) {
  if (!folder.isValid())
    return workError("Cannot make a temporary folder for the figure: " + folder.errorString().toStdString() +
                     ".");
  return fs::path(folder.path().toStdString()) / name;
}

/// Drawn in a temporary folder, so that nothing appears where the person looks before all of it is there.
Result<std::vector<Piece>> drawPieces(const Figure& figure, const FigurePage& page, const FigureFiles& files,
                                      JobControl& control) {
  const fs::path file = files.file.toStdString();
  const QTemporaryDir folder;
  const auto drawn = temporaryPlace(folder, "figure" + file.extension().string());
  if (!drawn) return drawn.error();
  if (const Status status = drawFigure(figure, *drawn, {page.dpi, files.sidecar}, control); !status)
    return status.error();
  std::vector<Piece> pieces;
  const auto take = [&pieces](const fs::path& from, const fs::path& to) -> Status {
    auto bytes = readFile(from, largestFile);
    if (!bytes) return bytes.error();
    pieces.push_back({to, *std::move(bytes)});
    return done();
  };
  const bool table = file.extension() == ".csv";
  if ((files.numbers || files.tex) && !table)
    pieces.push_back({beside(file, ".csv"), bytesOf(figureToCsv(figure))});
  if (files.tex && !table) {
    const auto tex = figureToTex(figure, beside(file, ".csv").filename().string());
    if (!tex) return tex.error();
    pieces.push_back({beside(file, ".tex"), bytesOf(*tex)});
  }
  if (files.sidecar)
    if (const Status read = take(beside(*drawn, ".json"), beside(file, ".json")); !read) return read.error();
  if (const Status read = take(*drawn, file); !read) return read.error();
  return pieces;
}

} // namespace

Status writeFigureFiles(const Figure& figure, const FigurePage& page, const FigureFiles& files,
                        JobControl& control) {
  Figure paged = figure;
  setPage(page, paged);
  const auto pieces = drawPieces(paged, page, files, control);
  if (control.cancelled()) return cancelled();
  if (!pieces) return pieces.error();

  std::error_code error;
  const fs::path folder = fs::path(files.file.toStdString()).parent_path();
  if (!folder.empty()) fs::create_directories(folder, error);
  if (error)
    return workError("Cannot make the folder " + folder.string() + ": " + error.message() +
                     "; choose another one.");
  std::vector<fs::path> fresh; // taken away again if a later one cannot be written
  for (const Piece& piece : *pieces) {
    const bool there = fs::exists(piece.to, error);
    Status status = control.cancelled() ? Status(cancelled()) : writeFileAtomically(piece.to, piece.bytes);
    if (!status) {
      for (const fs::path& file : fresh) fs::remove(file, error);
      return status;
    }
    if (!there) fresh.push_back(piece.to);
  }
  return done();
}

Result<QImage> drawPage(const Figure& figure, const FigurePage& page, double dpi, JobControl& control) {
  Figure paged = figure;
  setPage(page, paged);
  const QTemporaryDir folder;
  const auto place = temporaryPlace(folder, "page.png");
  if (!place) return place.error();
  if (const Status drawn = drawFigure(paged, *place, {dpi}, control); !drawn) return drawn.error();
  QImage picture(QString::fromStdString(place->string()));
  if (picture.isNull()) return workError("latent-figures wrote a page that cannot be read.");
  return picture;
}

FigureTexts figureTexts(const Figure& figure, const FigurePage& page) {
  Figure paged = figure;
  setPage(page, paged);
  FigureTexts texts;
  texts.csv = QString::fromStdString(figureToCsv(paged));
  // What a field quotes keeps its commas and loses the quotes.
  bool quoted = false;
  for (const QChar c : std::as_const(texts.csv)) {
    if (c == QLatin1Char('"'))
      quoted = !quoted;
    else
      texts.tabs += !quoted && c == QLatin1Char(',') ? QLatin1Char('\t') : c;
  }
  const std::string word = paged.provenance.is_object() ? paged.provenance.value("kind", "figure") : "figure";
  texts.latex = QString::fromStdString(figureToLatex(paged, paged.title, word + ".pdf"));
  texts.drawsInTex = drawsInTex(paged);
  return texts;
}

} // namespace latent::ui
