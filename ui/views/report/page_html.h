// A page of the report as rich text, set as the document will be.
#pragma once

#include "ui/bridge/report_bridge.h"

#include <QSizeF>
#include <QString>

namespace latent::ui {

struct PageLook {
  double textWidth = 0;      ///< px
  double pixelsPerPoint = 1; ///< of type
  /// The picture of the figure, px; it is the resource "figure". Empty while there is none.
  QSizeF picture;
  QString problem; ///< in place of the picture
};

/// Title, author and introduction.
QString titleHtml(const ReportBridge& report, const PageLook& look);
/// The item with heading, caption and notes.
QString itemHtml(const ReportBridge& report, int place, const PageLook& look);
/// For screen readers.
QString pageWords(const ReportBridge& report, int place); ///< -1: the title page

} // namespace latent::ui
