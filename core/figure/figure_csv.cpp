#include "core/figure/figure.h"

#include <array>
#include <charconv>
#include <cmath>

namespace latent {
namespace {

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

/// Shortest text that reads back to the same number, whatever the locale; empty for NaN.
template<class T>
void appendNumber(std::string& csv, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(value)) return;
  }
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  csv.append(digits.data(), end);
}

/// panel,kind,series,index,x,y,value
class Rows {
 public:
  Rows(std::string& csv, size_t panel) : m_csv(csv), m_panel(panel) {}

  template<class X, class Y>
  void add(const char* kind, const std::string& series, int64_t index, X x, Y y) {
    begin(kind, series, index);
    appendNumber(m_csv, x);
    m_csv += ',';
    appendNumber(m_csv, y);
    m_csv += ",\n";
  }
  template<class X, class Y, class V>
  void add(const char* kind, const std::string& series, int64_t index, X x, Y y, V value) {
    begin(kind, series, index);
    appendNumber(m_csv, x);
    m_csv += ',';
    appendNumber(m_csv, y);
    m_csv += ',';
    appendNumber(m_csv, value);
    m_csv += '\n';
  }

  void add(const CurvesPanel& panel) {
    for (const FigureSeries& series : panel.series) {
      const std::string label = quoted(series.label);
      for (size_t i = 0; i < series.x.size(); ++i) {
        add("curve", label, static_cast<int64_t>(i), series.x[i], series.y[i]);
      }
      for (size_t i = 0; i < series.lower.size(); ++i) {
        add("lower", label, static_cast<int64_t>(i), series.x[i], series.lower[i]);
        add("upper", label, static_cast<int64_t>(i), series.x[i], series.upper[i]);
      }
    }
  }

  void add(const PlanePanel& panel) {
    for (size_t i = 0; i < panel.pointX.size(); ++i) {
      const int64_t label = panel.pointLabel[i];
      const bool named = label >= 0 && static_cast<size_t>(label) < panel.classes.size();
      add("point", named ? quoted(panel.classes[static_cast<size_t>(label)]) : "", static_cast<int64_t>(i),
          panel.pointX[i], panel.pointY[i], label);
      if (i < panel.pointValue.size())
        add("point_value", quoted(panel.valueName), static_cast<int64_t>(i), panel.pointX[i], panel.pointY[i],
            panel.pointValue[i]);
    }
    for (size_t i = 0; i < panel.rings.size(); ++i) {
      add("ring", "", static_cast<int64_t>(i), panel.ringCentre.x, panel.ringCentre.y, panel.rings[i]);
    }
    for (const PlaneField& field : panel.fields) add(field);
    for (size_t i = 0; i < panel.ellipses.size(); ++i) {
      const PlaneEllipse& e = panel.ellipses[i];
      const auto index = static_cast<int64_t>(i);
      add("half_axis", "1", index, e.x, e.y, e.halfX);
      add("half_axis", "2", index, e.x, e.y, e.halfY);
      add("angle", "", index, e.x, e.y, e.angle);
    }
    for (size_t i = 0; i < panel.marks.size(); ++i)
      add("mark", quoted(panel.marks[i].text), static_cast<int64_t>(i), panel.marks[i].x, panel.marks[i].y);
  }

  void add(const PlaneField& field) {
    const TileGrid grid{field.rect, field.rows, field.columns};
    const std::string name = quoted(field.name);
    for (size_t i = 0; i < field.values.size(); ++i) {
      const auto index = static_cast<int>(i);
      const PlanePoint at = grid.centre(index / field.columns, index % field.columns);
      add("field", name, index, at.x, at.y, field.values[i]);
    }
  }

  void add(const CellsPanel& panel) {
    for (size_t i = 0; i < panel.numbers.size(); ++i) {
      const auto index = static_cast<int>(i);
      if (panel.numbers[i] >= 0)
        add("cell", "", index, index % panel.columns, index / panel.columns, panel.numbers[i]);
    }
  }

  void add(const BarsPanel& panel) {
    for (size_t i = 0; i < panel.values.size(); ++i)
      add("bar", quoted(panel.labels[i]), static_cast<int64_t>(i), i, panel.values[i]);
  }

  void add(const ImagesPanel& panel) {
    const int64_t plane = int64_t{panel.height} * panel.width;
    const int64_t pixels = panel.channels * plane;
    for (int row = 0; row < panel.rows; ++row) {
      for (int column = 0; column < panel.columns; ++column) {
        const std::string name =
            quoted(label(panel.rowLabels, row) + ":" + label(panel.columnLabels, column));
        const int64_t first = (int64_t{row} * panel.columns + column) * pixels;
        for (int64_t i = 0; i < pixels; ++i) {
          add("pixel", name, i, i % panel.width, i % plane / panel.width,
              level(panel.pixels[static_cast<size_t>(first + i)]));
        }
      }
    }
  }

 private:
  void begin(const char* kind, const std::string& series, int64_t index) {
    appendNumber(m_csv, m_panel);
    m_csv.append(",").append(kind).append(",").append(series).append(",");
    appendNumber(m_csv, index);
    m_csv += ',';
  }
  static float level(uint8_t pixel) { return static_cast<float>(pixel) / 255.0F; }
  static std::string label(const std::vector<std::string>& labels, int index) {
    const auto i = static_cast<size_t>(index);
    return i < labels.size() && !labels[i].empty() ? labels[i] : std::to_string(index);
  }

  std::string& m_csv;
  size_t m_panel;
};

} // namespace

// curve: index and value pairs; lower and upper: the same of its band. point: x and y are its place on the
// plane, `series` its class, value its label. ring: x and y are its centre, value is the radius. field: x and
// y are the centre of a cell. half_axis and angle: of a posterior's ellipse about x and y. mark: a place by
// name. cell: x and y are its column and row, value its code. bar: y is its value, `series` its label. pixel:
// `series` is row:column by label, x and y the pixel's column and row from the top, its level in [0,1], as
// everywhere outside of files of bytes.
std::string figureToCsv(const Figure& figure) {
  std::string csv = "panel,kind,series,index,x,y,value\n";
  for (size_t i = 0; i < figure.panels.size(); ++i) {
    Rows rows(csv, i);
    std::visit([&](const auto& panel) { rows.add(panel); }, figure.panels[i]);
  }
  return csv;
}

} // namespace latent
