#include "ui/plots/facet_grid.h"

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int narrowest = 170;     // px; narrower facets cannot be read
constexpr double xAxisHeight = 40; // of its tick labels and its label
constexpr double titleHeight = 20;
constexpr double legendHeight = 30;

} // namespace

bool FacetGrid::setNames(const std::vector<QString>& names) {
  if (names == m_names && !m_facets.empty()) return false;
  m_names = names;
  m_facets.clear();
  m_grid->simplify();
  for (const QString& name : names) m_facets.push_back(std::make_unique<CurveFacet>(*m_plot, name));
  return true;
}

/// As many as stay readable, so that n facets fill a rectangle.
int FacetGrid::columns(const QSize& room) const {
  const int count = static_cast<int>(m_facets.size());
  const int fitting = std::max(1, room.width() / narrowest);
  const int wanted = room.height() > room.width() ? (count + 3) / 4 : (count + 1) / 2;
  return std::clamp(wanted, 1, std::min(fitting, count));
}

double FacetGrid::axisHeight(const QSize& room) const {
  if (m_facets.empty()) return room.height();
  const int perRow = columns(room);
  const int rows = (static_cast<int>(m_facets.size()) + perRow - 1) / perRow;
  const double title = m_names.front().isEmpty() ? 0 : titleHeight;
  return std::max(1.0, (room.height() - legendHeight - xAxisHeight) / rows - title);
}

void FacetGrid::place(const QSize& room, const QString& xLabel) {
  const int count = static_cast<int>(m_facets.size());
  if (count == 0) return;
  for (const auto& facet : m_facets) facet->leaveLayout();
  m_grid->simplify();
  const int perRow = columns(room);
  for (int i = 0; i < count; ++i) {
    CurveFacet& facet = *m_facets[static_cast<size_t>(i)];
    const int row = i / perRow;
    const bool titled = !m_names[static_cast<size_t>(i)].isEmpty();
    if (titled) m_grid->addElement(2 * row, i % perRow, facet.titleElement());
    m_grid->addElement(titled ? 2 * row + 1 : row, i % perRow, facet.rect());
    const bool lowest = i + perRow >= count; // of its column: the horizontal axis is shared
    facet.xAxis()->setLabel(lowest ? xLabel : QString());
    facet.xAxis()->setTickLabels(lowest);
  }
  // The lowest row has the horizontal axis' labels besides; all vertical axes are to be equally long.
  const double height = axisHeight(room);
  for (int row = 0; row < m_grid->rowCount(); ++row) {
    const bool lowest = row == m_grid->rowCount() - 1;
    m_grid->setRowStretchFactor(row, lowest ? (height + xAxisHeight) / height : 1);
  }
  alignMargins(perRow);
}

void FacetGrid::alignMargins(int columns) {
  for (int column = 0; column < columns; ++column) {
    auto* group = new QCPMarginGroup(m_plot);
    for (size_t i = static_cast<size_t>(column); i < m_facets.size(); i += static_cast<size_t>(columns))
      m_facets[i]->rect()->setMarginGroup(QCP::msLeft | QCP::msRight, group);
  }
  for (QCPMarginGroup* group : m_plot->findChildren<QCPMarginGroup*>())
    if (group->isEmpty()) delete group;
}

} // namespace latent::ui
