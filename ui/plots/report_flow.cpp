#include "ui/plots/report_flow.h"

namespace latent::ui {
namespace {

/// The end of the blocks that stand together from `first` on.
size_t groupEnd(const std::vector<ReportBlock>& blocks, size_t first) {
  size_t end = first;
  while (end < blocks.size() && blocks[end].withNext) ++end;
  return end < blocks.size() ? end + 1 : end;
}

double heightOf(const std::vector<ReportBlock>& blocks, size_t first, size_t end) {
  double height = 0;
  for (size_t i = first; i < end; ++i) height += blocks[i].above + blocks[i].height;
  return height;
}

} // namespace

std::vector<std::vector<PlacedBlock>> pagesOf(const std::vector<ReportBlock>& blocks, double height) {
  std::vector<std::vector<PlacedBlock>> pages(1);
  double y = 0;
  size_t together = 0; // blocks before this one stay on the page
  for (size_t i = 0; i < blocks.size(); ++i) {
    const ReportBlock& block = blocks[i];
    if (i >= together) {
      together = groupEnd(blocks, i);
      // What is higher than a page is cut somewhere.
      if (heightOf(blocks, i, together) > height) together = i + 1;
      if (!pages.back().empty() && y + heightOf(blocks, i, together) > height) {
        pages.emplace_back();
        y = 0;
      }
    }
    if (pages.back().empty()) {
      if (block.head) {
        pages.back().push_back({block.head.get(), 0});
        y = block.head->height;
      }
    } else {
      y += block.above;
    }
    pages.back().push_back({&block, y});
    y += block.height;
  }
  return pages;
}

} // namespace latent::ui
