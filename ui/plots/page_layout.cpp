#include "ui/plots/page_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latent::ui {
namespace {

constexpr double panelGap = 1.5; // in ems
constexpr double legendGap = 0.4;

double preferred(const FigurePanel& any, double width, const PageStyle& style) {
  return std::visit([&](const auto& panel) { return preferredHeight(panel, width, style); }, any);
}

/// Curves and bars may have any height.
bool isFlexible(const FigurePanel& any) {
  return std::holds_alternative<CurvesPanel>(any) || std::holds_alternative<BarsPanel>(any);
}

/// Images find their place in a cell themselves: they share its width with their labels.
bool keepsItsShape(const FigurePanel& any) {
  return std::holds_alternative<PlanePanel>(any) || std::holds_alternative<CellsPanel>(any);
}

/// The largest width at which the panel is no higher than `height`.
double widthFor(const FigurePanel& any, double most, double height, const PageStyle& style) {
  if (preferred(any, most, style) <= height + 1) return most;
  double low = 1, high = most;
  constexpr int steps = 24; // a millionth of the page
  for (int i = 0; i < steps; ++i) {
    const double middle = (low + high) / 2;
    (preferred(any, middle, style) <= height ? low : high) = middle;
  }
  return low;
}

/// The panels in so many columns of an area.
struct Grid {
  const Figure& figure;
  const PageStyle& style;
  int columns;
  double width; ///< of the area
  double gap = panelGap * style.em;

  int count() const { return static_cast<int>(figure.panels.size()); }
  int rows() const { return (count() + columns - 1) / columns; }
  double cellWidth() const { return std::max(1.0, (width - (columns - 1) * gap) / columns); }
  double gaps() const { return gap * std::max(0, rows() - 1); }
  const FigurePanel& panel(int i) const { return figure.panels[static_cast<size_t>(i)]; }

  std::vector<double> preferredRows() const {
    std::vector<double> heights(static_cast<size_t>(rows()), 1);
    for (int i = 0; i < count(); ++i) {
      double& row = heights[static_cast<size_t>(i / columns)];
      row = std::max(row, preferred(panel(i), cellWidth(), style));
    }
    return heights;
  }

  /// What is left of a panel's width where the rows must share `height`.
  double fit(double height) const {
    const std::vector<double> wanted = preferredRows();
    const double sum = std::accumulate(wanted.begin(), wanted.end(), 0.0);
    return cellWidth() * std::min(1.0, std::max(1.0, height - gaps()) / sum);
  }

  /// Rows that fill `height` where one of them can, else as high as they want to be at most.
  std::vector<double> rowsIn(double height) const {
    std::vector<double> heights = preferredRows();
    const double free = std::max(1.0, height - gaps());
    const double sum = std::accumulate(heights.begin(), heights.end(), 0.0);
    std::vector<bool> flexible(heights.size());
    double flexibleSum = 0;
    for (int i = 0; i < count(); ++i)
      if (isFlexible(panel(i))) flexible[static_cast<size_t>(i / columns)] = true;
    for (size_t row = 0; row < heights.size(); ++row)
      if (flexible[row]) flexibleSum += heights[row];
    for (size_t row = 0; row < heights.size(); ++row) {
      if (sum > free)
        heights[row] *= free / sum;
      else if (flexible[row])
        heights[row] += (free - sum) * heights[row] / flexibleSum;
    }
    return heights;
  }

  /// The cells of a row of that height; panels that are narrower than their cell stand together in the
  /// middle.
  void addRow(int row, double left, double top, double height, std::vector<QRectF>& cells) const {
    const int first = row * columns, last = std::min(count(), first + columns);
    std::vector<double> widths;
    for (int i = first; i < last; ++i)
      widths.push_back(keepsItsShape(panel(i)) ? widthFor(panel(i), cellWidth(), height, style)
                                               : cellWidth());
    const double used = std::accumulate(widths.begin(), widths.end(), gap * (last - first - 1));
    const bool narrower =
        std::any_of(widths.begin(), widths.end(), [&](double w) { return w < cellWidth() - 1; });
    double x = left + (narrower ? (width - used) / 2 : 0);
    for (const double w : widths) {
      cells.emplace_back(x, top, w, height);
      x += w + gap;
    }
  }
};

Grid gridOf(const Figure& figure, const PageStyle& style, double width, double height) {
  const int count = static_cast<int>(figure.panels.size());
  Grid best{figure, style, std::clamp(figure.panelColumns, 1, std::max(1, count)), width};
  if (height <= 0 || count < 2) return best;
  double fit = best.fit(height);
  for (int columns = best.columns + 1; columns <= count; ++columns) {
    const Grid other{figure, style, columns, width};
    constexpr double worthwhile = 1.1;
    if (const double otherFit = other.fit(height); otherFit > worthwhile * fit) {
      fit = otherFit;
      best.columns = columns;
    }
  }
  return best;
}

} // namespace

PageLayout layOutPage(const Figure& figure, const PageStyle& style) {
  const double edge = 0.25 * style.em; // ink at the very edge is lost in print
  const double pageWidth = figure.widthMm * unitsPerMm;
  const double inner = std::max(1.0, pageWidth - 2 * edge);
  const double title = titleHeight(figure.title, style);
  const bool right = figure.legend == LegendPlace::right;
  PageLayout layout{PageLegend(figure, style), {}, {}, {}, {}};
  PageLegend& legend = layout.legend;
  constexpr double mostBeside = 0.4; // of the width
  right ? legend.arrangeDown(mostBeside * inner) : legend.arrangeAcross(inner);
  const bool any = !legend.isEmpty();
  const double beside = any && right ? legend.size().width() + panelGap * style.em : 0;
  const double across = any && !right ? legend.size().height() + legendGap * style.em : 0;

  double pageHeight = figure.heightMm * unitsPerMm; // 0 = follows
  constexpr double mostOfLegend = 0.4;
  if (pageHeight > 0 && across > mostOfLegend * pageHeight)
    pageHeight += (legend.rows() - 2) * legend.rowHeight();
  if (pageHeight > 0 && right) pageHeight = std::max(pageHeight, 2 * edge + title + legend.size().height());

  const double around = 2 * edge + title + across;
  const double width = std::max(1.0, inner - beside);
  const Grid grid = gridOf(figure, style, width, pageHeight > 0 ? pageHeight - around : 0);
  const std::vector<double> rows = pageHeight > 0 ? grid.rowsIn(pageHeight - around) : grid.preferredRows();
  double content = std::accumulate(rows.begin(), rows.end(), grid.gaps());
  if (pageHeight <= 0) {
    if (right) content = std::max(content, legend.size().height());
    pageHeight = around + content;
  }

  const double spare = std::max(0.0, pageHeight - around - content) / 2; // above and below all panels
  double top = edge + title + spare;
  layout.title = QRectF(edge, edge, inner, title);
  layout.legendAt = QPointF(right ? edge + width + panelGap * style.em : edge, top);
  if (figure.legend == LegendPlace::above) top += across;
  for (int row = 0; row < grid.rows(); ++row) {
    const double height = rows[static_cast<size_t>(row)];
    grid.addRow(row, edge, top, height, layout.cells);
    top += height + grid.gap;
  }
  if (figure.legend == LegendPlace::below && any) layout.legendAt.setY(top - grid.gap + legendGap * style.em);
  layout.size = QSizeF(pageWidth, pageHeight);
  return layout;
}

} // namespace latent::ui
