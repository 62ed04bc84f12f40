#include "core/figure/figure_json.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace latent::detail {
namespace {

constexpr int64_t maximumSide = 32767; // of a composed image in pixels: what painters can address
constexpr double maximumMm = 2000;

// ---- writing

template<class T>
Json store(const std::vector<T>& values, std::vector<int64_t> shape, std::vector<std::byte>& bytes) {
  const Array array = Array::of(values, shape);
  Json reference = {{"offset", bytes.size()}, {"shape", std::move(shape)}};
  bytes.insert(bytes.end(), array.bytes.begin(), array.bytes.end());
  return reference;
}

template<class T>
Json store(const std::vector<T>& values, std::vector<std::byte>& bytes) {
  return store(values, {static_cast<int64_t>(values.size())}, bytes);
}

Json rectToJson(const PlaneRect& rect) {
  return {rect.left, rect.right, rect.lower, rect.upper};
}

Json toJson(const CurvesPanel& panel, std::vector<std::byte>& bytes) {
  Json series = Json::array();
  for (const FigureSeries& s : panel.series) {
    Json x = store(s.x, bytes);
    Json y = store(s.y, bytes);
    Json item = {{"label", s.label},   {"inLegend", s.inLegend}, {"colour", s.colour}, {"pattern", s.pattern},
                 {"marker", s.marker}, {"x", std::move(x)},      {"y", std::move(y)}};
    if (!s.lower.empty()) { // arrays follow each other in the order in which they are read
      item["lower"] = store(s.lower, bytes);
      item["upper"] = store(s.upper, bytes);
    }
    series.push_back(std::move(item));
  }
  return {{"kind", "curves"},       {"title", panel.title},   {"xLabel", panel.xLabel},
          {"yLabel", panel.yLabel}, {"logX", panel.logX},     {"logY", panel.logY},
          {"legend", panel.legend}, {"wholeX", panel.wholeX}, {"series", std::move(series)}};
}

Json toJson(const PlanePanel& panel, std::vector<std::byte>& bytes) {
  Json json = {{"kind", "plane"},
               {"title", panel.title},
               {"xLabel", panel.xLabel},
               {"yLabel", panel.yLabel},
               {"rect", rectToJson(panel.rect)},
               {"tileOpacity", panel.tileOpacity},
               {"classes", panel.classes},
               {"rings", panel.rings},
               {"ringCentre", {panel.ringCentre.x, panel.ringCentre.y}}};
  if (!panel.pixels.empty()) {
    json["grid"] = rectToJson(panel.grid.rect);
    json["pixels"] = store(
        panel.pixels,
        {panel.grid.rows, panel.grid.columns, panel.channels, panel.tileHeight, panel.tileWidth}, bytes);
  }
  json["pointX"] = store(panel.pointX, bytes);
  json["pointY"] = store(panel.pointY, bytes);
  json["pointLabel"] = store(panel.pointLabel, bytes);
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

// ---- reading

/// A place in the JSON with the words that name it in an error.
struct Place {
  const Json& json;
  std::string name;

  [[noreturn]] void fail(const std::string& what) const { throw BadFigure(name + " " + what); }

  Place at(const char* key) const {
    if (!json.is_object()) fail("is not an object");
    const auto found = json.find(key);
    const std::string path = name.empty() ? key : name + "." + key;
    if (found == json.end()) throw BadFigure(path + " is missing");
    return {*found, path};
  }
  bool has(const char* key) const { return json.is_object() && json.contains(key); }
  Place at(size_t index) const { return {json[index], name + "[" + std::to_string(index) + "]"}; }

  size_t arraySize() const {
    if (!json.is_array()) fail("is not a list");
    return json.size();
  }
  std::string text() const {
    if (!json.is_string()) fail("is not a text");
    return json.get<std::string>();
  }
  bool flag() const {
    if (!json.is_boolean()) fail("is neither true nor false");
    return json.get<bool>();
  }
  double number(double low, double high) const {
    const double value = json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (!(value >= low && value <= high)) { // also refuses NaN
      std::string range = Json(low).dump() + " to " + Json(high).dump();
      fail("is not a number from " + range);
    }
    return value;
  }
  int64_t integer(int64_t low, int64_t high) const {
    const bool fits = json.is_number_integer() &&
                      (!json.is_number_unsigned() ||
                       json.get<uint64_t>() <= static_cast<uint64_t>(std::numeric_limits<int64_t>::max()));
    const int64_t value = fits ? json.get<int64_t>() : low;
    if (!fits || value < low || value > high) {
      fail("is not an integer from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return value;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> values(arraySize());
    for (size_t i = 0; i < values.size(); ++i) values[i] = at(i).text();
    return values;
  }
};

/// Hands out the arrays in the order of the file; each begins where the one before it ended.
class ArrayReader {
 public:
  explicit ArrayReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

  std::vector<int64_t> shapeOf(const Place& place, size_t dimensions) const {
    const Place shape = place.at("shape");
    if (shape.arraySize() != dimensions)
      shape.fail("does not have " + std::to_string(dimensions) + " dimensions");
    std::vector<int64_t> sizes(dimensions);
    for (size_t i = 0; i < dimensions; ++i) {
      sizes[i] = shape.at(i).integer(0, std::numeric_limits<int64_t>::max());
    }
    return sizes;
  }

  template<class T>
  std::vector<T> read(const Place& place, const std::vector<int64_t>& shape) {
    const int64_t count = checkedCount(shape, sizeof(T));
    const auto left = static_cast<int64_t>(m_bytes.size() - m_position);
    if (count < 0 || count > left / static_cast<int64_t>(sizeof(T)))
      place.fail("reaches past the end of the file");
    if (place.at("offset").integer(0, std::numeric_limits<int64_t>::max()) !=
        static_cast<int64_t>(m_position)) {
      place.at("offset").fail("is not " + std::to_string(m_position) + ", where the array before it ends");
    }
    std::vector<T> values(static_cast<size_t>(count));
    if (count > 0) std::memcpy(values.data(), m_bytes.data() + m_position, values.size() * sizeof(T));
    m_position += values.size() * sizeof(T);
    return values;
  }

  template<class T>
  std::vector<T> readList(const Place& place) {
    return read<T>(place, shapeOf(place, 1));
  }

  bool atEnd() const { return m_position == m_bytes.size(); }

 private:
  std::span<const std::byte> m_bytes;
  size_t m_position = 0;
};

/// [rows, columns, C, H, W] of an image grid, small enough to be composed into one picture.
std::vector<int64_t> imageGridShape(const ArrayReader& arrays, const Place& place) {
  const std::vector<int64_t> shape = arrays.shapeOf(place, 5);
  for (int64_t size : shape) {
    if (size < 1 || size > maximumSide) place.at("shape").fail("has a side that is not from 1 to 32767");
  }
  if (shape[2] != 1 && shape[2] != 3) place.at("shape").fail("has neither 1 nor 3 channels");
  if (shape[0] * shape[3] > maximumSide || shape[1] * shape[4] > maximumSide) {
    place.at("shape").fail("composes to more than 32767 pixels a side");
  }
  return shape;
}

PlaneRect rectFromJson(const Place& place) {
  constexpr double limit = 1e9;
  if (place.arraySize() != 4) place.fail("does not have four numbers");
  const PlaneRect rect{place.at(size_t{0}).number(-limit, limit), place.at(1).number(-limit, limit),
                       place.at(2).number(-limit, limit), place.at(3).number(-limit, limit)};
  // A floor on the size keeps ticks and scales finite.
  if (!(rect.width() > 1e-9 && rect.height() > 1e-9)) place.fail("is empty");
  return rect;
}

bool isColour(const std::string& text) {
  return text.size() == 7 && text[0] == '#' &&
         std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
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
  const Place list = place.at("series");
  for (size_t i = 0; i < list.arraySize(); ++i) {
    const Place item = list.at(i);
    FigureSeries series;
    series.label = item.at("label").text();
    if (item.has("inLegend")) series.inLegend = item.at("inLegend").flag();
    series.colour = item.at("colour").text();
    if (!isColour(series.colour)) item.at("colour").fail("is not a colour like #0072B2");
    series.pattern = static_cast<int>(item.at("pattern").integer(0, 3));
    if (item.has("marker")) series.marker = static_cast<int>(item.at("marker").integer(0, 3));
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
  return panel;
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
  if (place.has("ringCentre")) {
    const Place centre = place.at("ringCentre");
    if (centre.arraySize() != 2) centre.fail("is not two numbers");
    panel.ringCentre = {centre.at(size_t{0}).number(-1e9, 1e9), centre.at(size_t{1}).number(-1e9, 1e9)};
  }
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

FigurePanel panelFromJson(const Place& place, ArrayReader& arrays) {
  const std::string kind = place.at("kind").text();
  if (kind == "curves") return curvesFromJson(place, arrays);
  if (kind == "plane") return planeFromJson(place, arrays);
  if (kind == "images") return imagesFromJson(place, arrays);
  place.at("kind").fail("is none of curves, plane and images");
}

} // namespace

Json figureToJson(const Figure& figure, std::vector<std::byte>& bytes) {
  Json panels = Json::array();
  for (const FigurePanel& panel : figure.panels) {
    panels.push_back(std::visit([&](const auto& p) { return toJson(p, bytes); }, panel));
  }
  return {{"format", "latent-figure"},           {"version", 1},
          {"widthMm", figure.widthMm},           {"heightMm", figure.heightMm},
          {"fontPoints", figure.fontPoints},     {"title", figure.title},
          {"panelColumns", figure.panelColumns}, {"panels", std::move(panels)},
          {"provenance", figure.provenance}};
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
  figure.widthMm = place.at("widthMm").number(5, maximumMm);
  figure.heightMm = place.at("heightMm").number(0, maximumMm);
  figure.fontPoints = place.at("fontPoints").number(1, 100);
  figure.title = place.at("title").text();
  figure.panelColumns = static_cast<int>(place.at("panelColumns").integer(1, 100));
  const Place panels = place.at("panels");
  for (size_t i = 0; i < panels.arraySize(); ++i)
    figure.panels.push_back(panelFromJson(panels.at(i), arrays));
  figure.provenance = place.at("provenance").json;
  if (!figure.provenance.is_object()) place.at("provenance").fail("is not an object");
  if (!arrays.atEnd()) throw BadFigure("bytes follow the last array");
  return figure;
}

} // namespace latent::detail
