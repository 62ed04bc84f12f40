// Figures and tables collected for a report: each as it was when it was collected, whatever its runs became.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/figure/report.h"

#include <filesystem>
#include <string>

namespace latent {

/// What the figure shows and the settings of its runs, from its provenance: one neutral sentence or two.
std::string captionOf(const Figure& figure);

/// A folder: report.json, and each figure as ID.figure beside it (writeFigure). Figures that are already
/// there under their id are not written again; those of no item are removed. Atomic file by file, report.json
/// last.
Status saveReport(const std::filesystem::path& folder, const Report& report);
Result<Report> openReport(const std::filesystem::path& folder);

struct ReportOptions {
  double widthMm = 160; ///< of the text; wider figures are drawn again at it
  double dpi = 300;     ///< of pixels inside
  bool letter = false;  ///< US letter in place of A4
};
/// main.tex, which stock pdflatex compiles, figures/ID.pdf with ID.csv, tables/ID.tex with ID.csv. The folder
/// appears whole or not at all; one that is not empty is refused (usage error) unless it is such a report.
Status writeReportLatex(const Report& report, const std::filesystem::path& folder,
                        const ReportOptions& options, JobControl& control);
/// One PDF with its figures as vectors. Drawn by latent-figures.
Status writeReportPdf(const Report& report, const std::filesystem::path& file, const ReportOptions& options,
                      JobControl& control);
/// One page that needs no other file and no network.
Status writeReportHtml(const Report& report, const std::filesystem::path& file, const ReportOptions& options,
                       JobControl& control);

} // namespace latent
