// What the writers of reports share. Private to core/run/report.
#pragma once

#include "core/run/report/report.h"

#include <filesystem>
#include <string>
#include <vector>

namespace latent::detail {

/// The report as it is drawn: wider figures are as wide as the text.
Report fittedTo(const Report& report, const ReportOptions& options);

/// Draws each figure into the folder as ID.ending, with one process. Progress is that of the drawing.
Status drawFiguresOf(const Report& report, const std::filesystem::path& folder, const std::string& ending,
                     const ReportOptions& options, JobControl& control);

/// The error of a report that is not made because somebody said so.
Error cancelledReport();

/// Usage error: a width that leaves no margin or no room, a resolution that no printer has.
Status checkReport(const Report& report, const ReportOptions& options);

/// "1", "2" ... of each item, figures and tables counted apart.
std::vector<std::string> numbersOf(const Report& report);

} // namespace latent::detail
