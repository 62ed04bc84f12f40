#include "ui/views/compare/grid_layout.h"

#include "ui/widgets/pixel_scale.h"

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

constexpr int textLine = 16, headGap = 4, groupGap = 12, leadGap = 8;
constexpr int largestCell = 140;

double heightOf(const GridLayoutInput& input, double cellHeight) {
  double height = 0;
  for (size_t i = 0; i < input.groupStarts.size(); ++i)
    height += cellHeight + (i == 0 ? 0 : input.groupStarts[i] ? groupGap : GridLayout::gap);
  return height;
}

double headHeight(const GridLayoutInput& input, double cellHeight) {
  return input.headTexts * textLine + headGap + (input.headImages ? cellHeight + GridLayout::gap : 0);
}

double leadWidth(const GridLayoutInput& input, double cellWidth) {
  return input.leadImages ? cellWidth + leadGap : 0;
}

} // namespace

// The largest whole scale at which all lines and a good number of columns are seen; never below 56 px.
GridLayout::GridLayout(const GridLayoutInput& input) : m_input(input), m_columns(input.columns) {
  if (input.image.isEmpty()) return;
  const auto cellAt = [&](int scale) { return scaledSize(input.image, scale, input.ratio); };
  const auto smallSide = [&](int scale) { return std::min(cellAt(scale).width(), cellAt(scale).height()); };
  int smallest = 1;
  while (smallSide(smallest) < smallestCell) ++smallest;
  const auto fits = [&](int scale) {
    const QSizeF cell = cellAt(scale);
    if (std::max(cell.width(), cell.height()) > largestCell) return false;
    const int seen = std::min(input.columns, input.columnsInView);
    return headHeight(input, cell.height()) + heightOf(input, cell.height()) <= input.room.height() &&
           labelWidth + leadWidth(input, cell.width()) + seen * (cell.width() + gap) - gap <=
               input.room.width();
  };
  m_scale = smallest;
  while (fits(m_scale + 1)) ++m_scale;
  m_scale = std::max(smallest, m_scale + input.zoom);
  m_cell = cellAt(m_scale);
  m_left = labelWidth + leadWidth(input, m_cell.width());
  m_top = headHeight(input, m_cell.height());
  for (size_t i = 0; i < input.groupStarts.size(); ++i) {
    if (i > 0) m_height += input.groupStarts[i] ? groupGap : gap;
    m_tops.push_back(m_height);
    m_height += m_cell.height();
  }
}

double GridLayout::contentWidth() const {
  return m_columns > 0 ? m_columns * columnPitch() - gap : 0;
}

QRectF GridLayout::cellRect(int line, int column) const {
  return {snapped({m_left + column * columnPitch(), m_top + lineTop(line)}, m_input.ratio), m_cell};
}

QRectF GridLayout::headImageRect(int column) const {
  return {snapped({m_left + column * columnPitch(), m_top - gap - m_cell.height()}, m_input.ratio), m_cell};
}

QRectF GridLayout::leadRect(int line) const {
  return {snapped({static_cast<double>(labelWidth), m_top + lineTop(line)}, m_input.ratio), m_cell};
}

int GridLayout::columnAt(double x) const {
  if (x < 0 || m_cell.isEmpty()) return -1;
  const int column = static_cast<int>(x / columnPitch());
  return column < m_columns && x - column * columnPitch() < m_cell.width() ? column : -1;
}

int GridLayout::lineAt(double y) const {
  for (int line = 0; line < lines(); ++line)
    if (y >= lineTop(line) && y < lineTop(line) + m_cell.height()) return line;
  return -1;
}

} // namespace latent::ui
