// Blocks of a report one below the other, cut into pages. Private to ui/plots.
#pragma once

#include <QPointF>

#include <functional>
#include <memory>
#include <vector>

class QCPPainter;

namespace latent::ui {

/// What is never cut. Lengths in units (page.h).
struct ReportBlock {
  double above = 0; ///< white before it, but not at the top of a page
  double height = 0;
  bool withNext = false; ///< stands on the page of the next one
  std::function<void(QCPPainter&, const QPointF& topLeft)> draw;
  /// Stands above it again where a page begins with it: the head of its table.
  std::shared_ptr<const ReportBlock> head{};
};

/// A block on its page.
struct PlacedBlock {
  const ReportBlock* block = nullptr;
  double top = 0; ///< from the top of the text
};

/// Fills pages of this height from the top. A block that is higher than a page has one of its own.
std::vector<std::vector<PlacedBlock>> pagesOf(const std::vector<ReportBlock>& blocks, double height);

} // namespace latent::ui
