#include "core/base/plane_look.h"

#include <array>
#include <cmath>
#include <utility>

namespace latent {
namespace {

using L = LayersLook;

constexpr std::array<std::pair<const char*, bool L::*>, 10> switches{{{"tiles", &L::tiles},
                                                                      {"points", &L::points},
                                                                      {"rings", &L::rings},
                                                                      {"density", &L::density},
                                                                      {"magnification", &L::magnification},
                                                                      {"contours", &L::contours},
                                                                      {"ellipse", &L::ellipse},
                                                                      {"ellipses", &L::ellipses},
                                                                      {"class_names", &L::classNames},
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
constexpr std::array<std::pair<const char*, std::string PlaneLook::*>, 3> texts{
    {{"column", &PlaneLook::column}, {"filter", &PlaneLook::filter}, {"value", &PlaneLook::value}}};

bool isOpacity(const Json& json) {
  return json.is_number() && json.get<double>() >= 0 && json.get<double>() <= 1;
}

Error wrong(const char* key) {
  return inputError(std::string(key) + " is not what a plane's look has there");
}

} // namespace

Json toJson(const LayersLook& layers) {
  Json json = Json::object();
  for (const auto& [key, on] : switches) json[key] = layers.*on;
  for (const auto& [key, opacity] : opacities) json[key] = layers.*opacity;
  return json;
}

LayersLook layersLookFromJson(const Json& json, LayersLook known) {
  if (!json.is_object()) return known;
  for (const auto& [key, on] : switches)
    if (json.contains(key) && json[key].is_boolean()) known.*on = json[key].get<bool>();
  for (const auto& [key, opacity] : opacities)
    if (json.contains(key) && isOpacity(json[key])) known.*opacity = json[key].get<double>();
  return known;
}

Json toJson(const PlaneLook& look) {
  Json json = toJson(static_cast<const LayersLook&>(look));
  for (const auto& [key, text] : texts)
    if (!(look.*text).empty()) json[key] = look.*text;
  if (std::isfinite(look.low)) json["low"] = look.low;
  if (std::isfinite(look.high)) json["high"] = look.high;
  if (look.isolated) json["isolated"] = *look.isolated;
  if (!look.selected.empty()) json["selected"] = look.selected;
  return json;
}

Result<PlaneLook> planeLookFromJson(const Json& json) {
  if (!json.is_object()) return inputError("it is no object");
  for (const auto& [key, on] : switches)
    if (json.contains(key) && !json[key].is_boolean()) return wrong(key);
  for (const auto& [key, opacity] : opacities)
    if (json.contains(key) && !isOpacity(json[key])) return wrong(key);
  PlaneLook look;
  static_cast<LayersLook&>(look) = layersLookFromJson(json, {});
  for (const auto& [key, text] : texts) {
    if (!json.contains(key)) continue;
    if (!json[key].is_string()) return wrong(key);
    look.*text = json[key].get<std::string>();
  }
  for (const auto& [key, end] : {std::pair("low", &look.low), std::pair("high", &look.high)}) {
    if (!json.contains(key)) continue;
    if (!json[key].is_number()) return wrong(key);
    *end = json[key].get<double>();
  }
  if (json.contains("isolated")) {
    if (!json["isolated"].is_number_integer()) return wrong("isolated");
    look.isolated = json["isolated"].get<int64_t>();
  }
  if (json.contains("selected")) {
    if (!json["selected"].is_array()) return wrong("selected");
    for (const Json& item : json["selected"]) {
      if (!item.is_number_integer() || item.get<int64_t>() < 0) return wrong("selected");
      look.selected.push_back(item.get<int64_t>());
    }
  }
  return look;
}

} // namespace latent
