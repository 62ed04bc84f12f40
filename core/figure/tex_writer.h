// Pieces of PGFPlots code. Private to core/figure.
#pragma once

#include "core/figure/figure.h"
#include "core/figure/grey_figure.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace latent::detail {

/// In millimetres from the lower left corner of the page.
struct TexBox {
  double left = 0, bottom = 0, width = 0, height = 0;
};

/// What the axes of a figure share. Lengths follow the font, as on the pages that latent-figures draws.
struct TexStyle {
  const Figure& figure; ///< in greys already where it is to be
  bool numbersInside;   ///< the numbers stand in the code, not in \latentdata

  double em() const { return figure.fontPoints * 25.4 / 72; } ///< mm
  double left() const { return 4.6 * em(); }                  ///< of an axis: tick labels and label
  double bottom() const { return 3.4 * em(); }
  double right(const FigurePanel& panel) const;
  double top(const std::string& panelTitle) const { return (panelTitle.empty() ? 0.6 : 2.1) * em(); }
};

struct TexLegendEntry {
  std::string label;   ///< plain text
  std::string options; ///< of \addlegendimage
  bool operator==(const TexLegendEntry&) const = default;
};

/// Whether PGFPlots draws something of the panel, and whether it draws all of it.
bool drawsInTex(const FigurePanel& panel);
bool isWhollyTex(const FigurePanel& panel);
const std::string& titleOf(const FigurePanel& panel);

/// Height over width of the axes' inside; 0 where any is right.
double shapeOf(const FigurePanel& panel);

/// Entries of the panel in the figure's legend that are not among `entries` yet are appended.
void addLegend(const FigurePanel& panel, const TexStyle& style, std::vector<TexLegendEntry>& entries);
void addColours(const FigurePanel& panel, const TexStyle& style, std::set<std::string>& colours);

/// The axis environment of panel `index` whose inside is `box`. `more`: options and commands of its own.
struct TexExtra {
  std::string options, commands;
};
std::string texAxis(size_t index, const TexBox& box, const TexStyle& style, const TexExtra& more);

std::string texNumber(double value); ///< shortest text of the same number; "nan", "inf"
std::string texMm(double mm);        ///< "12.5mm"
/// Plain text with true minus signs where words begin with a hyphen.
std::string texText(const std::string& text);

} // namespace latent::detail
