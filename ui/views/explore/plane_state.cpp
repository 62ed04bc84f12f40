#include "ui/views/explore/plane_state.h"

#include <array>
#include <utility>

namespace latent::ui {
namespace {

using L = PlaneLayers;

constexpr std::array<std::pair<const char*, bool L::*>, 11> switches{{{"tiles", &L::tiles},
                                                                      {"points", &L::points},
                                                                      {"rings", &L::rings},
                                                                      {"ellipse", &L::ellipse},
                                                                      {"class_names", &L::classNames},
                                                                      {"legend", &L::legend},
                                                                      {"density", &L::density},
                                                                      {"magnification", &L::magnification},
                                                                      {"ellipses", &L::ellipses},
                                                                      {"contours", &L::contours},
                                                                      {"quantiles", &L::quantiles}}};
constexpr std::array<std::pair<const char*, double L::*>, 8> opacities{
    {{"tile_opacity", &L::tileOpacity},
     {"tile_opacity_under_points", &L::tileOpacityUnderPoints},
     {"point_opacity", &L::pointOpacity},
     {"ring_opacity", &L::ringOpacity},
     {"ellipse_opacity", &L::ellipseOpacity},
     {"ellipses_opacity", &L::ellipsesOpacity},
     {"density_opacity", &L::densityOpacity},
     {"magnification_opacity", &L::magnificationOpacity}}};

} // namespace

Json layersToJson(const PlaneLayers& layers) {
  Json json = Json::object();
  for (const auto& [key, on] : switches) json[key] = layers.*on;
  for (const auto& [key, opacity] : opacities) json[key] = layers.*opacity;
  return json;
}

PlaneLayers layersFromJson(const Json& json, PlaneLayers known) {
  if (!json.is_object()) return known;
  for (const auto& [key, on] : switches)
    if (json.contains(key) && json[key].is_boolean()) known.*on = json[key].get<bool>();
  for (const auto& [key, opacity] : opacities) {
    if (!json.contains(key) || !json[key].is_number()) continue;
    const double value = json[key].get<double>();
    if (value >= 0 && value <= 1) known.*opacity = value;
  }
  return known;
}

} // namespace latent::ui
