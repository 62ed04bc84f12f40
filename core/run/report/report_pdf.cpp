// The report as one PDF, laid out and drawn by latent-figures.
#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/drawing_program.h"
#include "core/run/report/report_drawing.h"

namespace latent {

namespace fs = std::filesystem;

Status writeReportPdf(const Report& report, const fs::path& file, const ReportOptions& options,
                      JobControl& control) {
  using namespace detail;
  if (Status status = checkReport(report, options); !status) return status;
  if (Status status = findDrawingProgram("pdf"); !status) return status;
  const WorkFolder folder;
  if (folder.path().empty()) return workError("Cannot make a temporary folder for the report.");
  const fs::path content = folder.path() / "report", picture = folder.path() / "report.pdf";
  if (Status status = saveReport(content, fittedTo(report, options)); !status) return status;
  if (control.cancelled()) return cancelledReport();
  const auto bytes =
      runDrawingProgram({"--report", content.string(), picture.string(), "--paper",
                         options.letter ? "letter" : "a4", "--width", formatNumber(options.widthMm)},
                        picture, file, control);
  if (control.cancelled()) return cancelledReport();
  if (!bytes) return bytes.error();
  return writeFileAtomically(file, *bytes);
}

} // namespace latent
