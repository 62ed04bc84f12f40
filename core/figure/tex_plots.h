// What PGFPlots draws of each kind of panel. Private to core/figure.
#pragma once

#include "core/figure/tex_writer.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace latent::detail {

/// Where a plot has its numbers: rows of the file, or pairs in the code.
struct TexNumbers {
  const TexStyle& style;
  std::string panel; ///< its number in the file

  /// A plot of one series. `options` begins without a comma.
  std::string plot(const std::string& options, const char* kind, size_t series, const std::vector<double>& x,
                   const std::vector<double>& y) const;
};
std::string texPairs(const std::vector<double>& x, const std::vector<double>& y); ///< "(0,1) (1,2)"

// Of each kind: options of its axis, its plots, its entries in a legend, and the colours of both.
std::string axisOptions(const CurvesPanel& panel);
std::string axisOptions(const BarsPanel& panel);
std::string axisOptions(const PlanePanel& panel, const Figure& figure);
std::string plots(const CurvesPanel& panel, const TexNumbers& numbers);
std::string plots(const BarsPanel& panel, const TexNumbers& numbers);
std::string plots(const PlanePanel& panel, const TexNumbers& numbers);
std::vector<TexLegendEntry> legendOf(const CurvesPanel& panel, const Figure& figure);
std::vector<TexLegendEntry> legendOf(const PlanePanel& panel, const Figure& figure);
std::set<std::string> coloursOf(const CurvesPanel& panel);
std::set<std::string> coloursOf(const BarsPanel& panel);
std::set<std::string> coloursOf(const PlanePanel& panel, const Figure& figure);

const char* texMark(PointShape shape);
std::string texDigits(const std::string& colour); ///< "RRGGBB" of "#rrggbb"
std::string texColour(const std::string& colour); ///< name of "#RRGGBB" in the code
std::string texPt(double points);                 ///< "0.4pt", to a hundredth

} // namespace latent::detail
