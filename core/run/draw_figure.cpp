#include "core/figure/figure_page.h"
#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/drawing_program.h"
#include "core/run/figures.h"

namespace latent {
namespace {

namespace fs = std::filesystem;

/// `figure` holds its page already.
Status drawInto(const Figure& figure, const fs::path& file, double dpi, JobControl& control) {
  const std::string kind = file.extension().string();
  if (kind == ".csv") return writeTextAtomically(file, figureToCsv(figure));
  if (kind != ".png" && kind != ".pdf" && kind != ".svg")
    return usageError("The ending of " + file.string() +
                      " names no kind of figure; use .png, .pdf, .svg or .csv.");
  if (const Status status = findDrawingProgram(kind.substr(1)); !status) return status;
  const WorkFolder folder;
  if (folder.path().empty()) return workError("Cannot make a temporary folder for the figure.");
  const fs::path content = folder.path() / "figure", picture = folder.path() / ("picture" + kind);
  if (Status status = writeFigure(content, figure); !status) return status;
  const auto bytes = runDrawingProgram({content.string(), picture.string(), "--dpi", formatNumber(dpi)},
                                       picture, file, control);
  if (!bytes) return bytes.error();
  return writeFileAtomically(file, *bytes);
}

} // namespace

Status drawFigure(const Figure& figure, const fs::path& file, const DrawOptions& options,
                  JobControl& control) {
  Figure complete = figure;
  if (complete.provenance.is_object()) complete.provenance["page"] = pageOf(figure, options.dpi);
  Status drawn = drawInto(complete, file, options.dpi, control);
  if (!drawn || !options.sidecar) return drawn;
  fs::path sidecar = file;
  return writeTextAtomically(sidecar.replace_extension(".json"),
                             complete.provenance.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace latent
