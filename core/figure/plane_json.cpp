#include "core/figure/plane_json.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace latent::detail {
namespace {

constexpr std::array markNames{"point", "linked", "input"}; // in the order of PlaneMark::Kind
constexpr double farthest = 1e9;

std::pair<double, double> pairOf(const Place& place) {
  if (place.arraySize() != 2) place.fail("is not two numbers");
  return {place.at(size_t{0}).number(-farthest, farthest), place.at(1).number(-farthest, farthest)};
}

/// The ends of a scale of colours, which any finite numbers may be.
std::pair<double, double> rangeOf(const Place& place) {
  if (place.arraySize() != 2) place.fail("is not two numbers");
  constexpr double most = std::numeric_limits<float>::max();
  const double low = place.at(size_t{0}).number(-most, most), high = place.at(1).number(-most, most);
  if (low > high) place.fail("does not rise");
  return {low, high};
}

PlaneField fieldOf(const Place& place, ArrayReader& arrays) {
  PlaneField field;
  field.name = place.at("name").text();
  field.rect = rectFromJson(place.at("rect"));
  const std::vector<int64_t> shape = arrays.shapeOf(place.at("values"), 2);
  for (const int64_t side : shape)
    if (side < 1 || side > maximumSide) place.at("values").fail("has a side that is not from 1 to 32767");
  field.rows = static_cast<int>(shape[0]);
  field.columns = static_cast<int>(shape[1]);
  field.values = arrays.read<float>(place.at("values"), shape);
  std::tie(field.low, field.high) = rangeOf(place.at("range"));
  field.logarithmic = place.at("logarithmic").flag();
  if (field.logarithmic && !(field.low > 0)) place.at("range").fail("does not begin above 0");
  field.opacity = place.at("opacity").number(0, 1);
  field.veil = place.at("veil").flag();
  field.contours = place.at("contours").flag();
  return field;
}

PlaneEllipse ellipseOf(const Place& place) {
  PlaneEllipse ellipse;
  std::tie(ellipse.x, ellipse.y) = pairOf(place.at("at"));
  std::tie(ellipse.halfX, ellipse.halfY) = pairOf(place.at("half"));
  if (ellipse.halfX < 0 || ellipse.halfY < 0) place.at("half").fail("is not two numbers of at least 0");
  ellipse.angle = place.at("angle").number(-farthest, farthest);
  ellipse.label = place.at("label").integer(-1, std::numeric_limits<int64_t>::max());
  ellipse.strong = place.at("strong").flag();
  ellipse.opacity = place.at("opacity").number(0, 1);
  return ellipse;
}

PlaneMark markOf(const Place& place) {
  PlaneMark mark;
  const std::string kind = place.at("kind").text();
  const auto known = std::ranges::find(markNames, kind);
  if (known == markNames.end()) place.at("kind").fail("is none of point, linked and input");
  mark.kind = static_cast<PlaneMark::Kind>(known - markNames.begin());
  std::tie(mark.x, mark.y) = pairOf(place.at("at"));
  mark.text = place.at("text").text();
  return mark;
}

/// What figures of version 0.9 do not have.
void readMore(const Place& place, ArrayReader& arrays, PlanePanel& panel) {
  if (place.has("pointValue")) {
    panel.pointValue = arrays.readList<float>(place.at("pointValue"));
    if (panel.pointValue.size() != panel.pointX.size())
      place.fail("has pointX and pointValue of different lengths");
    panel.valueName = place.at("valueName").text();
    std::tie(panel.valueLow, panel.valueHigh) = rangeOf(place.at("valueRange"));
  }
  if (place.has("pointFaded")) {
    panel.pointFaded = arrays.readList<uint8_t>(place.at("pointFaded"));
    if (panel.pointFaded.size() != panel.pointX.size())
      place.fail("has pointX and pointFaded of different lengths");
  }
  const auto each = [&](const char* key, const auto& read) {
    if (!place.has(key)) return;
    const Place list = place.at(key);
    for (size_t i = 0; i < list.arraySize(); ++i) read(list.at(i));
  };
  each("fields", [&](const Place& field) { panel.fields.push_back(fieldOf(field, arrays)); });
  each("ellipses", [&](const Place& ellipse) { panel.ellipses.push_back(ellipseOf(ellipse)); });
  each("marks", [&](const Place& mark) { panel.marks.push_back(markOf(mark)); });
}

} // namespace

Json toJson(const PlanePanel& panel, std::vector<std::byte>& bytes) {
  Json json = {{"kind", "plane"},
               {"title", panel.title},
               {"xLabel", panel.xLabel},
               {"yLabel", panel.yLabel},
               {"rect", rectToJson(panel.rect)},
               {"tileOpacity", panel.tileOpacity},
               {"classes", panel.classes},
               {"rings", panel.rings},
               {"ringCentre", {panel.ringCentre.x, panel.ringCentre.y}},
               {"pointOpacity", panel.pointOpacity},
               {"ringOpacity", panel.ringOpacity},
               {"classNames", panel.classNames},
               {"ellipses", Json::array()},
               {"marks", Json::array()}};
  if (!panel.pixels.empty()) {
    json["grid"] = rectToJson(panel.grid.rect);
    json["pixels"] = store(
        panel.pixels,
        {panel.grid.rows, panel.grid.columns, panel.channels, panel.tileHeight, panel.tileWidth}, bytes);
  }
  json["pointX"] = store(panel.pointX, bytes);
  json["pointY"] = store(panel.pointY, bytes);
  json["pointLabel"] = store(panel.pointLabel, bytes);
  if (panel.quantiles) json["quantiles"] = {panel.quantiles->x, panel.quantiles->y};
  if (!panel.pointValue.empty()) {
    json["pointValue"] = store(panel.pointValue, bytes);
    json["valueName"] = panel.valueName;
    json["valueRange"] = {panel.valueLow, panel.valueHigh};
  }
  if (!panel.pointFaded.empty()) json["pointFaded"] = store(panel.pointFaded, bytes);
  json["fields"] = Json::array();
  for (const PlaneField& field : panel.fields)
    json["fields"].push_back({{"name", field.name},
                              {"rect", rectToJson(field.rect)},
                              {"values", store(field.values, {field.rows, field.columns}, bytes)},
                              {"range", {field.low, field.high}},
                              {"logarithmic", field.logarithmic},
                              {"opacity", field.opacity},
                              {"veil", field.veil},
                              {"contours", field.contours}});
  for (const PlaneEllipse& e : panel.ellipses)
    json["ellipses"].push_back({{"at", {e.x, e.y}},
                                {"half", {e.halfX, e.halfY}},
                                {"angle", e.angle},
                                {"label", e.label},
                                {"strong", e.strong},
                                {"opacity", e.opacity}});
  for (const PlaneMark& mark : panel.marks)
    json["marks"].push_back(
        {{"kind", markNames[static_cast<size_t>(mark.kind)]}, {"at", {mark.x, mark.y}}, {"text", mark.text}});
  return json;
}

PlanePanel planeFromJson(const Place& place, ArrayReader& arrays) {
  PlanePanel panel;
  panel.title = place.at("title").text();
  panel.xLabel = place.at("xLabel").text();
  panel.yLabel = place.at("yLabel").text();
  panel.rect = rectFromJson(place.at("rect"));
  panel.tileOpacity = place.at("tileOpacity").number(0, 1);
  panel.classes = place.at("classes").texts();
  const Place rings = place.at("rings");
  for (size_t i = 0; i < rings.arraySize(); ++i) panel.rings.push_back(rings.at(i).number(0, 1e9));
  if (place.has("ringCentre"))
    std::tie(panel.ringCentre.x, panel.ringCentre.y) = pairOf(place.at("ringCentre"));
  if (place.has("ringOpacity")) panel.ringOpacity = place.at("ringOpacity").number(0, 1);
  if (place.has("quantiles")) {
    const auto [x, y] = pairOf(place.at("quantiles"));
    panel.quantiles = PlanePoint{x, y};
  }
  if (place.has("pointOpacity")) panel.pointOpacity = place.at("pointOpacity").number(0, 1);
  if (place.has("classNames")) panel.classNames = place.at("classNames").flag();
  if (place.has("pixels")) {
    const std::vector<int64_t> shape = imageGridShape(arrays, place.at("pixels"));
    panel.grid.rect = rectFromJson(place.at("grid"));
    panel.grid.rows = static_cast<int>(shape[0]);
    panel.grid.columns = static_cast<int>(shape[1]);
    panel.channels = static_cast<int>(shape[2]);
    panel.tileHeight = static_cast<int>(shape[3]);
    panel.tileWidth = static_cast<int>(shape[4]);
    panel.pixels = arrays.read<uint8_t>(place.at("pixels"), shape);
  }
  panel.pointX = arrays.readList<float>(place.at("pointX"));
  panel.pointY = arrays.readList<float>(place.at("pointY"));
  panel.pointLabel = arrays.readList<int64_t>(place.at("pointLabel"));
  if (panel.pointX.size() != panel.pointY.size() || panel.pointX.size() != panel.pointLabel.size()) {
    place.fail("has pointX, pointY and pointLabel of different lengths");
  }
  readMore(place, arrays, panel);
  return panel;
}

} // namespace latent::detail
