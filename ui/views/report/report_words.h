// How a report's items are called.
#pragma once

#include "ui/bridge/report_bridge.h"

#include <QString>

namespace latent::ui {

/// "Plane", "Curves", "Table": what the item shows.
QString kindOf(const ReportEntry& entry);
/// "Figure 2", "Table 1": figures and tables are counted each on their own, as LaTeX does.
QString numberOf(const ReportBridge& report, int place);
/// The first line of the caption; the number and kind where there is none.
QString firstLine(const ReportBridge& report, int place);

} // namespace latent::ui
