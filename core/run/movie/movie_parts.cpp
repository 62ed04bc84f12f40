#include "core/run/movie/movie_parts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace latent {
namespace {

constexpr size_t runsInARow = 4;
constexpr double wordsMm = 17; // "z10 = −0.42" on the movie's page

/// Row `row` of a run's images; white where it has none.
ImagesPanel rowOf(const LabelledImages& run, size_t row, size_t columns) {
  ImagesPanel panel;
  if (row == 0) panel.title = run.name;
  panel.rows = 1;
  panel.columns = static_cast<int>(columns);
  panel.channels = run.shape.channels;
  panel.height = run.shape.height;
  panel.width = run.shape.width;
  const auto image = static_cast<size_t>(run.shape.pixels());
  for (size_t i = row * columns; i < (row + 1) * columns; ++i) {
    if (i < run.labels.size()) {
      const auto from = run.pixels.begin() + static_cast<std::ptrdiff_t>(i * image);
      panel.pixels.insert(panel.pixels.end(), from, from + static_cast<std::ptrdiff_t>(image));
      panel.columnLabels.push_back(run.labels[i]);
    } else {
      panel.pixels.resize(panel.pixels.size() + image, 255);
      panel.columnLabels.emplace_back();
    }
  }
  return panel;
}

} // namespace

std::string fixedNumber(double value, int decimals) {
  std::array<char, 400> text;
  const double smallest = 0.5 * std::pow(10.0, -decimals);
  const double shown = std::abs(value) < smallest ? 0.0 : value;
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), shown, std::chars_format::fixed, decimals);
  return {text.data(), end.ptr};
}

Status checkWay(const MovieWay& way) {
  if (way.frames >= kFewestMovieFrames && way.frames <= kMostMovieFrames) return done();
  return usageError("frames: " + std::to_string(way.frames) + " is not in " +
                    std::to_string(kFewestMovieFrames) + " to " + std::to_string(kMostMovieFrames) + ".");
}

int movieLength(const MovieWay& way) {
  return way.back ? std::max(way.frames, 2 * way.frames - 2) : way.frames;
}

double movieShare(const MovieWay& way, int frame) {
  const int last = way.frames - 1;
  return static_cast<double>(frame <= last ? frame : 2 * last - frame) / last;
}

Figure imagesSideBySide(const std::vector<LabelledImages>& runs, const std::string& title) {
  Figure figure;
  figure.widthMm = kMovieWidthMm;
  figure.heightMm = 0;
  figure.title = title;
  const size_t across = std::min(runs.size(), runsInARow);
  const double room = kMovieWidthMm / static_cast<double>(across);
  const auto fitting = static_cast<size_t>(std::max(1.0, room / wordsMm));
  size_t most = 1;
  for (const LabelledImages& run : runs) most = std::max(most, run.labels.size());
  const size_t rows = (most + fitting - 1) / fitting, columns = (most + rows - 1) / rows;
  figure.panelColumns = static_cast<int>(across);
  const LabelledImages nothing{"", runs.front().shape, {}, {}}; // in the last row
  for (size_t first = 0; first < runs.size(); first += across)
    for (size_t row = 0; row < rows; ++row)
      for (size_t i = first; i < first + across; ++i)
        figure.panels.emplace_back(rowOf(i < runs.size() ? runs[i] : nothing, row, columns));
  return figure;
}

} // namespace latent
