#include "core/run/movie/palette.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace latent::detail {
namespace {

constexpr size_t mostColours = 256;
constexpr size_t mostKept = 32;       // of the most frequent colours, as they are
constexpr double keptShare = 0.002;   // of all pixels, at least
constexpr size_t mostSamples = 16384; // of k-means

struct Counted {
  Colour colour;
  uint32_t count;
};

/// One colour for every cube of 2^(3 drop) neighbours: their mean.
std::vector<Counted> gathered(const std::vector<Counted>& colours, int drop) {
  struct Sum {
    std::array<double, 3> parts{};
    double weight = 0;
  };
  const int bits = 8 - drop;
  std::vector<Sum> cubes(size_t{1} << (3 * bits));
  for (const Counted& each : colours) {
    const auto parts = partsOf(each.colour);
    Sum& cube = cubes[static_cast<size_t>(parts[0] >> drop << (2 * bits) | parts[1] >> drop << bits |
                                          parts[2] >> drop)];
    for (size_t i = 0; i < 3; ++i) cube.parts[i] += static_cast<double>(each.count) * parts[i];
    cube.weight += each.count;
  }
  std::vector<Counted> means;
  for (const Sum& cube : cubes) {
    if (cube.weight == 0) continue;
    const auto part = [&](size_t i) {
      return static_cast<uint8_t>(std::lround(cube.parts[i] / cube.weight));
    };
    const double most = std::numeric_limits<uint32_t>::max();
    means.push_back(
        {colourOf(part(0), part(1), part(2)), static_cast<uint32_t>(std::min(cube.weight, most))});
  }
  return means;
}

/// The means of `clusters` groups of neighbouring colours, each colour by how often it occurs.
std::vector<Colour> centres(const std::vector<Counted>& colours, int clusters) {
  cv::Mat samples(static_cast<int>(colours.size()), 3, CV_32F);
  for (int i = 0; i < samples.rows; ++i) {
    const auto parts = partsOf(colours[static_cast<size_t>(i)].colour);
    for (int j = 0; j < 3; ++j) samples.at<float>(i, j) = static_cast<float>(parts[static_cast<size_t>(j)]);
  }
  cv::setRNGSeed(1); // of this thread: equal movies get equal colours
  cv::Mat labels;
  cv::kmeans(samples, clusters, labels,
             cv::TermCriteria(cv::TermCriteria::EPS + cv::TermCriteria::COUNT, 20, 0.5), 1,
             cv::KMEANS_PP_CENTERS);
  std::vector<std::array<double, 4>> sums(static_cast<size_t>(clusters));
  for (int i = 0; i < samples.rows; ++i) {
    auto& sum = sums[static_cast<size_t>(labels.at<int>(i))];
    const double weight = colours[static_cast<size_t>(i)].count;
    for (int j = 0; j < 3; ++j) sum[static_cast<size_t>(j)] += weight * samples.at<float>(i, j);
    sum[3] += weight;
  }
  std::vector<Colour> means;
  for (const auto& sum : sums) {
    if (sum[3] == 0) continue;
    const auto part = [&](size_t i) { return static_cast<uint8_t>(std::lround(sum[i] / sum[3])); };
    means.push_back(colourOf(part(0), part(1), part(2)));
  }
  return means;
}

/// The colours that stay as they are, most frequent first; they leave `colours`.
std::vector<Colour> takeFrequent(std::vector<Counted>& colours) {
  double pixels = 0;
  for (const Counted& each : colours) pixels += each.count;
  std::ranges::stable_sort(colours, std::ranges::greater(), &Counted::count);
  std::vector<Colour> kept;
  for (const Counted& each : colours)
    if (kept.size() < mostKept && each.count >= keptShare * pixels) kept.push_back(each.colour);
  colours.erase(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(kept.size()));
  return kept;
}

} // namespace

void ColourCounts::add(const MoviePicture& picture) {
  for (size_t i = 0; i + 2 < picture.rgb.size(); i += 3) {
    uint32_t& count = m_counts[colourOf(picture.rgb[i], picture.rgb[i + 1], picture.rgb[i + 2])];
    if (count < std::numeric_limits<uint32_t>::max()) ++count;
  }
}

std::vector<Colour> ColourCounts::present() const {
  std::vector<Colour> colours;
  for (Colour colour = 0; colour < m_counts.size(); ++colour)
    if (m_counts[colour] > 0) colours.push_back(colour);
  return colours;
}

Palette::Palette(const ColourCounts& counts)
    : m_colours(counts.present()), m_nearest(size_t{1} << 24, int16_t{-1}) {
  if (m_colours.size() > mostColours) {
    std::vector<Counted> others;
    for (const Colour colour : m_colours) others.push_back({colour, counts.of(colour)});
    m_colours = takeFrequent(others);
    for (int drop = 2; others.size() > mostSamples && drop <= 4; ++drop) others = gathered(others, drop);
    const auto clusters = static_cast<int>(std::min(mostColours - m_colours.size(), others.size()));
    const std::vector<Colour> means = centres(others, clusters);
    m_colours.insert(m_colours.end(), means.begin(), means.end());
    std::ranges::sort(m_colours);
    m_colours.erase(std::unique(m_colours.begin(), m_colours.end()), m_colours.end());
  }
  for (size_t i = 0; i < m_colours.size(); ++i) m_nearest[m_colours[i]] = static_cast<int16_t>(i);
}

uint8_t Palette::nearest(Colour colour) {
  int16_t& known = m_nearest[colour];
  if (known >= 0) return static_cast<uint8_t>(known);
  const auto wanted = partsOf(colour);
  int closest = std::numeric_limits<int>::max();
  for (size_t i = 0; i < m_colours.size(); ++i) {
    const auto parts = partsOf(m_colours[i]);
    int distance = 0;
    for (size_t j = 0; j < 3; ++j) distance += (parts[j] - wanted[j]) * (parts[j] - wanted[j]);
    if (distance >= closest) continue;
    closest = distance;
    known = static_cast<int16_t>(i);
  }
  return static_cast<uint8_t>(known);
}

std::vector<uint8_t> Palette::indices(const MoviePicture& picture, Dithering dithering) {
  const auto width = static_cast<size_t>(picture.width), height = static_cast<size_t>(picture.height);
  std::vector<uint8_t> result(width * height);
  using Errors = std::vector<std::array<float, 3>>; // of a row, with a place before its first pixel
  Errors here(width + 2), below(width + 2);
  for (size_t y = 0; y < height; ++y) {
    for (size_t x = 0; x < width; ++x) {
      const uint8_t* pixel = picture.rgb.data() + 3 * (y * width + x);
      const Colour own = colourOf(pixel[0], pixel[1], pixel[2]);
      uint8_t& index = result[y * width + x];
      index = nearest(own);
      if (dithering == Dithering::none || m_colours[index] == own) continue;
      // Floyd and Steinberg 1976: 7, 3, 5 and 1 sixteenths of the error go right and to the row below.
      std::array<float, 3> wanted{};
      std::array<uint8_t, 3> shown{};
      for (size_t i = 0; i < 3; ++i) {
        wanted[i] = std::clamp(static_cast<float>(pixel[i]) + here[x + 1][i], 0.0F, 255.0F);
        shown[i] = static_cast<uint8_t>(std::lround(wanted[i]));
      }
      index = nearest(colourOf(shown[0], shown[1], shown[2]));
      const auto got = partsOf(m_colours[index]);
      for (size_t i = 0; i < 3; ++i) {
        const float error = (wanted[i] - static_cast<float>(got[i])) / 16;
        here[x + 2][i] += 7 * error;
        below[x][i] += 3 * error;
        below[x + 1][i] += 5 * error;
        below[x + 2][i] += error;
      }
    }
    here.swap(below);
    std::ranges::fill(below, std::array<float, 3>{});
  }
  return result;
}

} // namespace latent::detail
