// The facets of a CurvesView as a rectangle: vertical axes of one length, one horizontal axis a column.
// Private to ui/plots.
#pragma once

#include "ui/plots/curve_facet.h"

#include <QSize>
#include <QString>

#include <memory>
#include <vector>

namespace latent::ui {

class FacetGrid {
 public:
  /// `grid` is a layout of `plot` for pairs of axes, each under its title.
  FacetGrid(QCustomPlot& plot, QCPLayoutGrid& grid) : m_plot(&plot), m_grid(&grid) {}

  /// Facets of these names, "" for one without a title, in place of what there is. False where they are
  /// there already; otherwise place() puts them into the grid.
  bool setNames(const std::vector<QString>& names);
  const std::vector<std::unique_ptr<CurveFacet>>& facets() const { return m_facets; }

  /// Puts the facets into the grid of a view of `room` pixels, the label under the lowest of each column.
  void place(const QSize& room, const QString& xLabel);
  /// Pixels of one vertical axis in a view of `room` pixels, about.
  double axisHeight(const QSize& room) const;

 private:
  int columns(const QSize& room) const;
  void alignMargins(int columns);

  QCustomPlot* m_plot;
  QCPLayoutGrid* m_grid;
  std::vector<QString> m_names;
  std::vector<std::unique_ptr<CurveFacet>> m_facets;
};

} // namespace latent::ui
