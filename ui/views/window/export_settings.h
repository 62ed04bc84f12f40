// How figures are exported; remembered with the window.
#pragma once

#include "core/figure/figure_page.h"
#include "ui/bridge/figure_bridge.h"

#include <QString>

class QSettings;

namespace latent::ui {

struct ExportSettings {
  QString folder;
  QString extension = QStringLiteral("pdf");
  FigurePage page; ///< its title is that of one figure: only "" (none) is remembered
  bool numbers = true, tex = false, sidecar = false;
  bool realSize = true; ///< how the preview is seen
  bool used = false;    ///< false until a first export: then "again" asks as well

  /// FILE and what goes beside it. A table has no page, so nothing but the provenance goes beside it.
  FigureFiles filesOf(const QString& file) const;
};

/// Entries of the group "export"; what is missing or out of range keeps its default.
ExportSettings readExportSettings(const QSettings& settings);
void writeExportSettings(QSettings& settings, const ExportSettings& exporting);

/// Limits of what a person may choose, in mm, points and dots an inch.
inline constexpr double narrowestPage = 20, largestPage = 1000;
inline constexpr double smallestFont = 4, largestFont = 40;
inline constexpr double thinnestCurve = 0.2, thickestCurve = 6;
inline constexpr double coarsestDpi = 72, finestDpi = 1200;

} // namespace latent::ui
