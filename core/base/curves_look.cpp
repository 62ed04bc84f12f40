#include "core/base/curves_look.h"

#include <array>
#include <utility>

namespace latent {
namespace {

using L = CurvesLook;

constexpr std::array<std::pair<const char*, bool L::*>, 5> switches{
    {{"bound", &L::bound}, {"train", &L::train}, {"test", &L::test}, {"logX", &L::logX}, {"logY", &L::logY}}};

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

} // namespace latent
