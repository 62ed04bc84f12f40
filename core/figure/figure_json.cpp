#include "core/figure/figure_json.h"

#include "core/figure/figure_page.h"
#include "core/figure/figure_place.h"
#include "core/figure/plane_json.h"

#include <cmath>

namespace latent::detail {
namespace {

// ---- writing

Json toJson(const CurvesPanel& panel, std::vector<std::byte>& bytes) {
  Json series = Json::array();
  for (const FigureSeries& s : panel.series) {
    Json x = store(s.x, bytes);
    Json y = store(s.y, bytes);
    Json item = {{"label", s.label},   {"inLegend", s.inLegend}, {"colour", s.colour}, {"pattern", s.pattern},
                 {"marker", s.marker}, {"x", std::move(x)},      {"y", std::move(y)}};
    if (s.faint) item["faint"] = true;
    if (!s.lower.empty()) { // arrays follow each other in the order in which they are read
      item["lower"] = store(s.lower, bytes);
      item["upper"] = store(s.upper, bytes);
    }
    series.push_back(std::move(item));
  }
  Json json = {{"kind", "curves"},       {"title", panel.title},   {"xLabel", panel.xLabel},
               {"yLabel", panel.yLabel}, {"logX", panel.logX},     {"logY", panel.logY},
               {"legend", panel.legend}, {"wholeX", panel.wholeX}, {"series", std::move(series)}};
  if (panel.xRange) json["xRange"] = {panel.xRange->low, panel.xRange->high};
  if (panel.yRange) json["yRange"] = {panel.yRange->low, panel.yRange->high};
  for (const CurveMark& mark : panel.marks) json["marks"].push_back({{"x", mark.x}, {"text", mark.text}});
  return json;
}

Json toJson(const ImagesPanel& panel, std::vector<std::byte>& bytes) {
  Json pixels =
      store(panel.pixels, {panel.rows, panel.columns, panel.channels, panel.height, panel.width}, bytes);
  return {{"kind", "images"},
          {"title", panel.title},
          {"places", panel.places},
          {"pixels", std::move(pixels)},
          {"rowLabels", panel.rowLabels},
          {"columnLabels", panel.columnLabels}};
}

Json toJson(const CellsPanel& panel, std::vector<std::byte>& bytes) {
  Json numbers = store(panel.numbers, {panel.rows, panel.columns}, bytes);
  return {
      {"kind", "cells"}, {"title", panel.title}, {"numbers", std::move(numbers)}, {"colours", panel.colours}};
}

Json toJson(const BarsPanel& panel, std::vector<std::byte>& bytes) {
  Json values = store(panel.values, bytes);
  return {{"kind", "bars"},          {"title", panel.title},        {"xLabel", panel.xLabel},
          {"yLabel", panel.yLabel},  {"values", std::move(values)}, {"labels", panel.labels},
          {"colours", panel.colours}};
}

// ---- reading

std::optional<AxisRange> axisFrom(const Place& panel, const char* key, bool logarithmic) {
  if (!panel.has(key)) return std::nullopt;
  const Place place = panel.at(key);
  if (place.arraySize() != 2) place.fail("is not two numbers");
  constexpr double most = 1e300;
  const AxisRange range{place.at(size_t{0}).number(-most, most), place.at(1).number(-most, most)};
  if (!(range.low < range.high)) place.fail("has no low below its high");
  if (logarithmic && range.low <= 0) place.fail("has no logarithm");
  return range;
}

CurvesPanel curvesFromJson(const Place& place, ArrayReader& arrays) {
  CurvesPanel panel;
  panel.title = place.at("title").text();
  panel.xLabel = place.at("xLabel").text();
  panel.yLabel = place.at("yLabel").text();
  panel.logX = place.at("logX").flag();
  panel.logY = place.at("logY").flag();
  panel.legend = place.at("legend").flag();
  if (place.has("wholeX")) panel.wholeX = place.at("wholeX").flag();
  panel.xRange = axisFrom(place, "xRange", panel.logX);
  panel.yRange = axisFrom(place, "yRange", panel.logY);
  const Place list = place.at("series");
  for (size_t i = 0; i < list.arraySize(); ++i) {
    const Place item = list.at(i);
    FigureSeries series;
    series.label = item.at("label").text();
    if (item.has("inLegend")) series.inLegend = item.at("inLegend").flag();
    series.colour = item.at("colour").colour();
    series.pattern = static_cast<int>(item.at("pattern").integer(0, 3));
    if (item.has("marker")) series.marker = static_cast<int>(item.at("marker").integer(0, 3));
    if (item.has("faint")) series.faint = item.at("faint").flag();
    series.x = arrays.readList<double>(item.at("x"));
    series.y = arrays.readList<double>(item.at("y"));
    if (series.x.size() != series.y.size()) item.fail("has x and y of different lengths");
    if (item.has("lower")) {
      series.lower = arrays.readList<double>(item.at("lower"));
      series.upper = arrays.readList<double>(item.at("upper"));
      if (series.lower.size() != series.x.size() || series.upper.size() != series.x.size())
        item.fail("has a band of another length than its curve");
    }
    panel.series.push_back(std::move(series));
  }
  if (!place.has("marks")) return panel;
  const Place marks = place.at("marks");
  for (size_t i = 0; i < marks.arraySize(); ++i)
    panel.marks.push_back({marks.at(i).at("x").number(-1e300, 1e300), marks.at(i).at("text").text()});
  return panel;
}

ImagesPanel imagesFromJson(const Place& place, ArrayReader& arrays) {
  ImagesPanel panel;
  panel.title = place.at("title").text();
  const std::vector<int64_t> shape = imageGridShape(arrays, place.at("pixels"));
  panel.rows = static_cast<int>(shape[0]);
  panel.columns = static_cast<int>(shape[1]);
  panel.channels = static_cast<int>(shape[2]);
  panel.height = static_cast<int>(shape[3]);
  panel.width = static_cast<int>(shape[4]);
  if (place.has("places")) panel.places = static_cast<int>(place.at("places").integer(0, maximumSide));
  panel.pixels = arrays.read<uint8_t>(place.at("pixels"), shape);
  panel.rowLabels = place.at("rowLabels").texts();
  panel.columnLabels = place.at("columnLabels").texts();
  return panel;
}

CellsPanel cellsFromJson(const Place& place, ArrayReader& arrays) {
  constexpr int64_t mostCells = 1024; // of a side
  CellsPanel panel;
  panel.title = place.at("title").text();
  const std::vector<int64_t> shape = arrays.shapeOf(place.at("numbers"), 2);
  for (const int64_t side : shape)
    if (side < 1 || side > mostCells) place.at("numbers").fail("has a side that is not from 1 to 1024");
  panel.rows = static_cast<int>(shape[0]);
  panel.columns = static_cast<int>(shape[1]);
  panel.numbers = arrays.read<int64_t>(place.at("numbers"), shape);
  panel.colours = place.at("colours").colours();
  if (panel.colours.size() != panel.numbers.size()) place.fail("has not a colour for each cell");
  return panel;
}

BarsPanel barsFromJson(const Place& place, ArrayReader& arrays) {
  BarsPanel panel;
  panel.title = place.at("title").text();
  panel.xLabel = place.at("xLabel").text();
  panel.yLabel = place.at("yLabel").text();
  panel.values = arrays.readList<double>(place.at("values"));
  for (const double value : panel.values)
    if (!(value >= 0 && std::isfinite(value)))
      place.at("values").fail("holds what is no number of at least 0");
  panel.labels = place.at("labels").texts();
  panel.colours = place.at("colours").colours();
  if (panel.labels.size() != panel.values.size() || panel.colours.size() != panel.values.size())
    place.fail("has not a label and a colour for each value");
  return panel;
}

void readPage(const Place& place, Figure& figure) {
  using namespace page_limits;
  figure.widthMm = place.at("widthMm").number(leastMm, mostMm);
  figure.heightMm = place.at("heightMm").number(0, mostMm);
  figure.fontPoints = place.at("fontPoints").number(leastFont, mostFont);
  figure.curvePoints = place.at("curvePoints").number(leastCurve, mostCurve);
  figure.title = place.at("title").text();
  const auto legend = legendPlaceFromName(place.at("legend").text());
  if (!legend) place.at("legend").fail("is none of above, below, right and none");
  figure.legend = *legend;
  figure.greyscale = place.at("greyscale").flag();
  figure.smooth = place.at("smooth").flag();
  figure.panelColumns = static_cast<int>(place.at("panelColumns").integer(1, mostColumns));
}

FigurePanel panelFromJson(const Place& place, ArrayReader& arrays) {
  const std::string kind = place.at("kind").text();
  if (kind == "curves") return curvesFromJson(place, arrays);
  if (kind == "plane") return planeFromJson(place, arrays);
  if (kind == "images") return imagesFromJson(place, arrays);
  if (kind == "cells") return cellsFromJson(place, arrays);
  if (kind == "bars") return barsFromJson(place, arrays);
  place.at("kind").fail("is none of curves, plane, images, cells and bars");
}

} // namespace

Json figureToJson(const Figure& figure, std::vector<std::byte>& bytes) {
  Json panels = Json::array();
  for (const FigurePanel& panel : figure.panels) {
    panels.push_back(std::visit([&](const auto& p) { return toJson(p, bytes); }, panel));
  }
  Json json = {{"format", "latent-figure"}, {"version", 1}};
  json.update(pageOf(figure));
  json["panels"] = std::move(panels);
  json["provenance"] = figure.provenance;
  return json;
}

Figure figureFromJson(const Json& json, std::span<const std::byte> bytes) {
  const Place place{json, ""};
  if (!json.is_object() || place.at("format").text() != "latent-figure")
    throw BadFigure("it is not a figure file");
  if (place.at("version").integer(0, std::numeric_limits<int64_t>::max()) != 1) {
    throw BadFigure("its version is not 1, the one that this program reads");
  }
  ArrayReader arrays(bytes);
  Figure figure;
  readPage(place, figure);
  const Place panels = place.at("panels");
  for (size_t i = 0; i < panels.arraySize(); ++i)
    figure.panels.push_back(panelFromJson(panels.at(i), arrays));
  figure.provenance = place.at("provenance").json;
  if (!figure.provenance.is_object()) place.at("provenance").fail("is not an object");
  if (!arrays.atEnd()) throw BadFigure("bytes follow the last array");
  return figure;
}

} // namespace latent::detail
