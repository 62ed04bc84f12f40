#include "core/base/curves_look.h"

#include <array>
#include <cmath>
#include <utility>

namespace latent {
namespace {

using L = CurvesLook;

constexpr std::array<std::pair<const char*, bool L::*>, 6> switches{{{"bound", &L::bound},
                                                                     {"train", &L::train},
                                                                     {"test", &L::test},
                                                                     {"logX", &L::logX},
                                                                     {"logY", &L::logY},
                                                                     {"sharedY", &L::sharedY}}};

std::optional<AxisRange> rangeFromJson(const Json& json) {
  if (!json.is_array() || json.size() != 2 || !json[0].is_number() || !json[1].is_number())
    return std::nullopt;
  const AxisRange range{json[0].get<double>(), json[1].get<double>()};
  const bool sound = std::isfinite(range.low) && std::isfinite(range.high) && range.low < range.high;
  return sound ? std::optional(range) : std::nullopt;
}

} // namespace

Json toJson(const CurvesLook& look) {
  Json json = {{"part", look.part}, {"smoothing", look.smoothing}, {"facet", look.facet}};
  for (const auto& [key, on] : switches) json[key] = look.*on;
  return json;
}

CurvesLook curvesLookFromJson(const Json& json) {
  CurvesLook look;
  if (!json.is_object()) return look;
  for (const auto& [key, on] : switches)
    if (json.contains(key) && json[key].is_boolean()) look.*on = json[key].get<bool>();
  for (const auto& [key, text] : {std::pair("part", &look.part), std::pair("facet", &look.facet)})
    if (json.contains(key) && json[key].is_string()) *text = json[key].get<std::string>();
  if (json.contains("smoothing") && json["smoothing"].is_number()) {
    const double weight = json["smoothing"].get<double>();
    if (weight >= 0 && weight <= 0.99) look.smoothing = weight;
  }
  return look;
}

Json toJson(const CurvesArea& area) {
  Json y = Json::array();
  for (const AxisRange& range : area.y) y.push_back({range.low, range.high});
  return {{"x", {area.x.low, area.x.high}}, {"y", std::move(y)}};
}

std::optional<CurvesArea> curvesAreaFromJson(const Json& json) {
  if (!json.is_object() || !json.contains("x") || !json.contains("y")) return std::nullopt;
  const auto x = rangeFromJson(json["x"]);
  if (!x || !json["y"].is_array() || json["y"].empty()) return std::nullopt;
  CurvesArea area{*x, {}};
  for (const Json& each : json["y"]) {
    const auto y = rangeFromJson(each);
    if (!y) return std::nullopt;
    area.y.push_back(*y);
  }
  return area;
}

} // namespace latent
