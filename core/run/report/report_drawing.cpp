#include "core/run/report/report_drawing.h"

#include "core/run/figures.h"

#include <algorithm>

namespace latent::detail {

Report fittedTo(const Report& report, const ReportOptions& options) {
  Report fitted = report;
  for (ReportItem& item : fitted.items) {
    if (!item.figure || item.figure->widthMm <= options.widthMm) continue;
    Figure figure = *item.figure;
    // A page of given height keeps its proportions.
    figure.heightMm *= options.widthMm / figure.widthMm;
    figure.widthMm = options.widthMm;
    item.figure = std::make_shared<const Figure>(std::move(figure));
  }
  return fitted;
}

Status drawFiguresOf(const Report& report, const std::filesystem::path& folder, const std::string& ending,
                     const ReportOptions& options, JobControl& control) {
  std::vector<Figure> figures;
  std::vector<std::filesystem::path> files;
  for (const ReportItem& item : report.items) {
    if (!item.figure) continue;
    figures.push_back(*item.figure);
    files.push_back(folder / (item.id + ending));
  }
  if (figures.empty()) return done();
  DrawOptions drawing;
  drawing.dpi = options.dpi;
  return drawFigures(figures, files, drawing, control);
}

Error cancelledReport() {
  return {Fault::interrupted, "Cancelled; no report was written."};
}

Status checkReport(const Report& report, const ReportOptions& options) {
  if (report.items.empty()) return usageError("The report is empty; add a figure or a table to it first.");
  if (!(options.widthMm >= 60 && options.widthMm <= 190))
    return usageError("The text of a report must be from 60 to 190 mm wide.");
  if (!(options.dpi >= 30 && options.dpi <= 1200))
    return usageError("The resolution must be from 30 to 1200 dots an inch.");
  return done();
}

std::vector<std::string> numbersOf(const Report& report) {
  int figures = 0, tables = 0;
  std::vector<std::string> numbers;
  for (const ReportItem& item : report.items)
    numbers.push_back(std::to_string(item.figure ? ++figures : ++tables));
  return numbers;
}

} // namespace latent::detail
