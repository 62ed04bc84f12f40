#include "core/figure/figure.h"

#include <array>
#include <charconv>
#include <cmath>

namespace latent {
namespace {

/// Words as TeX's readers of tables and all others take them: without what ends a field, a line or a group.
std::string plainWords(std::string text) {
  for (char& c : text) {
    if (c == ',') c = ';';
    if (c == '"') c = '\'';
    if (c == '{') c = '(';
    if (c == '}') c = ')';
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  return text;
}

/// Shortest text that reads back to the same number, whatever the locale; "nan" whatever its sign.
template<class T>
void appendNumber(std::string& csv, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) {
      csv += "nan";
      return;
    }
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  csv.append(digits.data(), end);
}

/// panel,kind,series,index,x,y,value,name
class Rows {
 public:
  Rows(std::string& csv, size_t panel) : m_csv(csv), m_panel(panel) {}

  void add(const CurvesPanel& panel) {
    for (size_t s = 0; s < panel.series.size(); ++s) {
      const FigureSeries& series = panel.series[s];
      name(series.label);
      for (size_t i = 0; i < series.x.size(); ++i) row("curve", s, i, series.x[i], series.y[i]);
      for (size_t i = 0; i < series.lower.size(); ++i) row("lower", s, i, series.x[i], series.lower[i]);
      for (size_t i = 0; i < series.upper.size(); ++i) row("upper", s, i, series.x[i], series.upper[i]);
    }
  }

  void add(const PlanePanel& panel) {
    for (size_t i = 0; i < panel.pointX.size(); ++i) {
      const int64_t label = panel.pointLabel[i];
      const bool named = label >= 0 && static_cast<size_t>(label) < panel.classes.size();
      name(named ? panel.classes[static_cast<size_t>(label)] : "");
      row("point", label, i, panel.pointX[i], panel.pointY[i], label);
    }
    name(panel.valueName);
    for (size_t i = 0; i < panel.pointValue.size(); ++i)
      row("point_value", 0, i, panel.pointX[i], panel.pointY[i], panel.pointValue[i]);
    name("");
    for (size_t i = 0; i < panel.rings.size(); ++i)
      row("ring", 0, i, panel.ringCentre.x, panel.ringCentre.y, panel.rings[i]);
    for (size_t i = 0; i < panel.fields.size(); ++i) add(panel.fields[i], i);
    name("");
    for (size_t i = 0; i < panel.ellipses.size(); ++i) {
      const PlaneEllipse& e = panel.ellipses[i];
      row("half_axis", 1, i, e.x, e.y, e.halfX);
      row("half_axis", 2, i, e.x, e.y, e.halfY);
      row("angle", 0, i, e.x, e.y, e.angle);
    }
    for (size_t i = 0; i < panel.marks.size(); ++i) {
      name(panel.marks[i].text);
      row("mark", 0, i, panel.marks[i].x, panel.marks[i].y);
    }
  }

  void add(const CellsPanel& panel) {
    for (size_t i = 0; i < panel.numbers.size(); ++i) {
      const auto index = static_cast<int>(i);
      if (panel.numbers[i] >= 0)
        row("cell", 0, i, index % panel.columns, index / panel.columns, panel.numbers[i]);
    }
  }

  void add(const BarsPanel& panel) {
    for (size_t i = 0; i < panel.values.size(); ++i) {
      name(panel.labels[i]);
      row("bar", i, 0, i, panel.values[i]);
    }
  }

  void add(const ImagesPanel& panel) {
    const int64_t plane = int64_t{panel.height} * panel.width;
    const int64_t pixels = panel.channels * plane;
    for (int r = 0; r < panel.rows; ++r) {
      for (int column = 0; column < panel.columns; ++column) {
        name(label(panel.rowLabels, r) + ":" + label(panel.columnLabels, column));
        const int64_t image = int64_t{r} * panel.columns + column;
        for (int64_t i = 0; i < pixels; ++i)
          row("pixel", image, i, i % panel.width, i % plane / panel.width,
              level(panel.pixels[static_cast<size_t>(image * pixels + i)]));
      }
    }
  }

 private:
  void add(const PlaneField& field, size_t series) {
    const TileGrid grid{field.rect, field.rows, field.columns};
    name(field.name);
    for (size_t i = 0; i < field.values.size(); ++i) {
      const auto index = static_cast<int>(i);
      const PlanePoint at = grid.centre(index / field.columns, index % field.columns);
      row("field", series, i, at.x, at.y, field.values[i]);
    }
  }

  /// Of the rows that follow.
  void name(const std::string& words) { m_name = plainWords(words); }

  template<class S, class I, class X, class Y>
  void row(const char* kind, S series, I index, X x, Y y) {
    begin(kind, series, index, x, y);
    end();
  }
  template<class S, class I, class X, class Y, class V>
  void row(const char* kind, S series, I index, X x, Y y, V value) {
    begin(kind, series, index, x, y);
    appendNumber(m_csv, value);
    end();
  }
  template<class S, class I, class X, class Y>
  void begin(const char* kind, S series, I index, X x, Y y) {
    appendNumber(m_csv, m_panel);
    m_csv.append(",").append(kind).append(",");
    appendNumber(m_csv, series);
    m_csv += ',';
    appendNumber(m_csv, index);
    m_csv += ',';
    appendNumber(m_csv, x);
    m_csv += ',';
    appendNumber(m_csv, y);
    m_csv += ',';
  }
  void end() { m_csv.append(",").append(m_name).append("\n"); }

  static float level(uint8_t pixel) { return static_cast<float>(pixel) / 255.0F; }
  static std::string label(const std::vector<std::string>& labels, int index) {
    const auto i = static_cast<size_t>(index);
    return i < labels.size() && !labels[i].empty() ? labels[i] : std::to_string(index);
  }

  std::string& m_csv;
  size_t m_panel;
  std::string m_name;
};

} // namespace

// `series` is a number, so that a plot is picked out of the rows by panel, kind and series; its words are in
// `name`. curve: index and value pairs; lower and upper: the same of its band. point: x and y are its place
// on the plane, series and value its label, `name` its class. ring: x and y are its centre, value is the
// radius. field: x and y are the centre of a cell. half_axis (series 1 and 2) and angle: of a posterior's
// ellipse about x and y. mark: a place by name. cell: x and y are its column and row, value its code. bar:
// series and x are its number, y its value, `name` its label. pixel: series is the image, `name` its
// row:column by label, x and y the pixel's column and row from the top, value its level in [0,1], as
// everywhere outside of files of bytes.
std::string figureToCsv(const Figure& figure) {
  std::string csv = "panel,kind,series,index,x,y,value,name\n";
  for (size_t i = 0; i < figure.panels.size(); ++i) {
    Rows rows(csv, i);
    std::visit([&](const auto& panel) { rows.add(panel); }, figure.panels[i]);
  }
  return csv;
}

} // namespace latent
