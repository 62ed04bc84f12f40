#include "core/figure/figure_page.h"
#include "core/figure/figure_tex.h"
#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/drawing_program.h"
#include "core/run/figures.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace latent {
namespace {

namespace fs = std::filesystem;

bool isPicture(const std::string& ending) {
  return ending == ".png" || ending == ".pdf" || ending == ".svg";
}

fs::path beside(fs::path file, const char* ending) {
  return file.replace_extension(ending);
}

/// One figure on its way into its files.
struct Drawing {
  Figure figure; ///< with its page in the provenance
  fs::path file;
  std::string tex;    ///< what FILE.tex will hold; "" = none is wanted
  fs::path picture{}; ///< drawn, in the work folder; empty for a csv
};

Result<Drawing> prepared(const Figure& figure, const fs::path& file, const DrawOptions& options) {
  const std::string ending = file.extension().string();
  if (ending != ".csv" && !isPicture(ending))
    return usageError("The ending of " + file.string() +
                      " names no kind of figure; use .png, .pdf, .svg or .csv.");
  Drawing drawing{figure, file, ""};
  if (figure.provenance.is_object()) drawing.figure.provenance["page"] = pageOf(figure, options.dpi);
  if (!options.tex) return drawing;
  auto tex = figureToTex(figure, beside(file, ".csv").filename().string());
  if (!tex) return tex.error();
  drawing.tex = std::move(*tex);
  return drawing;
}

/// Draws all pictures into the folder, which is made where there are any, with one process.
Status drawPictures(std::vector<Drawing>& drawings, std::optional<WorkFolder>& work, double dpi,
                    JobControl& control) {
  const bool any = std::ranges::any_of(
      drawings, [](const Drawing& drawing) { return isPicture(drawing.file.extension().string()); });
  if (!any) return done();
  const fs::path folder = work.emplace().path();
  if (folder.empty()) return workError("Cannot make a temporary folder for the figure.");
  std::vector<std::string> words;
  std::vector<fs::path> pictures;
  const Drawing* first = nullptr;
  for (Drawing& drawing : drawings) {
    const std::string ending = drawing.file.extension().string();
    if (!isPicture(ending)) continue;
    if (first == nullptr) first = &drawing;
    const std::string number = std::to_string(pictures.size());
    const fs::path content = folder / (number + ".figure");
    drawing.picture = folder / (number + ending);
    if (control.cancelled()) return Error{Fault::interrupted, "Cancelled; no figure was written."};
    if (Status status = writeFigure(content, drawing.figure); !status) return status;
    words.insert(words.end(), {content.string(), drawing.picture.string()});
    pictures.push_back(drawing.picture);
  }
  if (Status status = findDrawingProgram(first->file.extension().string().substr(1)); !status) return status;
  words.insert(words.end(), {"--dpi", formatNumber(dpi)});
  return runDrawingProgram(words, pictures, first->file, control);
}

Status write(const Drawing& drawing, const DrawOptions& options) {
  const bool numbers = drawing.picture.empty() || options.tex;
  if (!drawing.picture.empty()) {
    const auto bytes = readPicture(drawing.picture);
    if (!bytes) return bytes.error();
    if (Status status = writeFileAtomically(drawing.file, *bytes); !status) return status;
  }
  if (numbers) {
    Status status = writeTextAtomically(beside(drawing.file, ".csv"), figureToCsv(drawing.figure));
    if (!status) return status;
  }
  if (options.tex) {
    Status status = writeTextAtomically(beside(drawing.file, ".tex"), drawing.tex);
    if (!status) return status;
  }
  if (!options.sidecar) return done();
  return writeTextAtomically(beside(drawing.file, ".json"),
                             drawing.figure.provenance.dump(2, ' ', false, Json::error_handler_t::replace) +
                                 "\n");
}

} // namespace

Status drawFigures(const std::vector<Figure>& figures, const std::vector<fs::path>& files,
                   const DrawOptions& options, JobControl& control) {
  assert(figures.size() == files.size());
  std::vector<Drawing> drawings;
  for (size_t i = 0; i < figures.size(); ++i) {
    auto drawing = prepared(figures[i], files[i], options);
    if (!drawing) return drawing.error();
    drawings.push_back(std::move(*drawing));
  }
  std::optional<WorkFolder> folder;
  if (Status status = drawPictures(drawings, folder, options.dpi, control); !status) return status;
  for (const Drawing& drawing : drawings)
    if (Status status = write(drawing, options); !status) return status;
  return done();
}

Status drawFigure(const Figure& figure, const fs::path& file, const DrawOptions& options,
                  JobControl& control) {
  return drawFigures({figure}, {file}, options, control);
}

} // namespace latent
