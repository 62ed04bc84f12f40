#include "core/figure/figure.h"

#include <array>

namespace latent {

// Paul Tol, "Colour schemes" (SRON/EPS/TN/09-002), muted; the tenth is its pale grey.
std::string classColour(int64_t label) {
  static constexpr std::array muted = {"#CC6677", "#332288", "#DDCC77", "#117733", "#88CCEE",
                                       "#882255", "#44AA99", "#999933", "#AA4499", "#DDDDDD"};
  if (label < 0) return "#BBBBBB";
  return muted[static_cast<size_t>(label) % muted.size()];
}

// Okabe and Ito, "Color Universal Design"; the strongest first, grey in place of black, which a dark ground
// swallows.
std::string runColour(int index) {
  static constexpr std::array okabeIto = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                          "#E69F00", "#56B4E9", "#F0E442", "#999999"};
  return okabeIto[static_cast<size_t>(index < 0 ? 0 : index) % okabeIto.size()];
}

} // namespace latent
