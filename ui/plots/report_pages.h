// A report as one PDF: title, sections, figures as vectors with their captions, tables, page numbers.
#pragma once

#include "core/base/result.h"
#include "core/figure/report.h"

#include <QString>

namespace latent::ui {

struct ReportPaper {
  bool letter = false;  ///< US letter in place of A4
  double widthMm = 160; ///< of the text
};

/// A figure never parts from its caption; one that is higher than a page is made smaller. Fonts are embedded;
/// the provenance of all figures stands in the XMP, their numbers and those of the tables are attached. The
/// file appears whole or not at all (QSaveFile). Work error with the reason.
Status paintReport(const Report& report, const QString& file, const ReportPaper& paper);

} // namespace latent::ui
