#include "core/figure/colours.h"

#include "core/figure/figure.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latent {
namespace {

/// CIE 1976 L*a*b* (D65) to sRGB, clipped to what a screen can show.
Rgb fromLab(double lightness, double a, double b) {
  const double fy = (lightness + 16) / 116, fx = fy + a / 500, fz = fy - b / 200;
  const auto inverse = [](double t) {
    return t > 6.0 / 29 ? t * t * t : 3 * (6.0 / 29) * (6.0 / 29) * (t - 4.0 / 29);
  };
  const double x = 0.95047 * inverse(fx), y = inverse(fy), z = 1.08883 * inverse(fz);
  const auto level = [](double linear) {
    const double c = std::clamp(linear, 0.0, 1.0);
    const double gamma = c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
    return static_cast<uint8_t>(std::lround(255 * gamma));
  };
  return {level(3.2406 * x - 1.5372 * y - 0.4986 * z), level(-0.9689 * x + 1.8758 * y + 0.0415 * z),
          level(0.0557 * x - 0.2040 * y + 1.0570 * z)};
}

/// 0..1 by rank among the values of one column.
std::vector<double> ranks(const std::vector<float>& embedding, size_t column) {
  const size_t codes = embedding.size() / 2;
  std::vector<size_t> order(codes);
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(
      order, [&](size_t i, size_t j) { return embedding[2 * i + column] < embedding[2 * j + column]; });
  std::vector<double> rank(codes, 0.5);
  for (size_t i = 0; i < codes && codes > 1; ++i)
    rank[order[i]] = static_cast<double>(i) / static_cast<double>(codes - 1);
  return rank;
}

} // namespace

std::string colourText(const Rgb& colour) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string text = "#";
  for (const uint8_t channel : colour) {
    text += digits[channel / 16];
    text += digits[channel % 16];
  }
  return text;
}

Rgb viridis(double t) {
  // Every eighth of the map; in between it is straight to within what a screen shows.
  static constexpr std::array<Rgb, 9> stops{{{0x44, 0x01, 0x54},
                                             {0x47, 0x2D, 0x7B},
                                             {0x3B, 0x52, 0x8B},
                                             {0x2C, 0x72, 0x8E},
                                             {0x21, 0x90, 0x8C},
                                             {0x27, 0xAD, 0x81},
                                             {0x5D, 0xC8, 0x63},
                                             {0xAA, 0xDC, 0x32},
                                             {0xFD, 0xE7, 0x25}}};
  if (std::isnan(t)) return {0x99, 0x99, 0x99};
  const double place = std::clamp(t, 0.0, 1.0) * (stops.size() - 1);
  const size_t below = std::min(static_cast<size_t>(place), stops.size() - 2);
  const double part = place - static_cast<double>(below);
  Rgb mixed;
  for (size_t i = 0; i < mixed.size(); ++i)
    mixed[i] = static_cast<uint8_t>(std::lround((1 - part) * stops[below][i] + part * stops[below + 1][i]));
  return mixed;
}

std::vector<Rgb> codeColours(const std::vector<float>& embedding) {
  const std::vector<double> first = ranks(embedding, 0), second = ranks(embedding, 1);
  std::vector<Rgb> colours;
  for (size_t i = 0; i < first.size(); ++i)
    colours.push_back(fromLab(32 + 52 * first[i], 8, -46 + 92 * second[i]));
  return colours;
}

bool wantsDarkInk(const Rgb& ground) {
  return 0.299 * ground[0] + 0.587 * ground[1] + 0.114 * ground[2] > 0.52 * 255;
}

// Paul Tol, "Colour schemes" (SRON/EPS/TN/09-002), muted; the tenth is its pale grey.
std::string classColour(int64_t label) {
  static constexpr std::array muted = {"#CC6677", "#332288", "#DDCC77", "#117733", "#88CCEE",
                                       "#882255", "#44AA99", "#999933", "#AA4499", "#DDDDDD"};
  if (label < 0) return "#BBBBBB";
  return muted[static_cast<size_t>(label) % muted.size()];
}

// Okabe and Ito, "Color Universal Design"; the strongest first, grey in place of black, which a dark ground
// swallows.
std::string runColour(int index) {
  static constexpr std::array okabeIto = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                          "#E69F00", "#56B4E9", "#F0E442", "#999999"};
  return okabeIto[static_cast<size_t>(index < 0 ? 0 : index) % okabeIto.size()];
}

Image errorImage(const Image& x, const Image& output) {
  const auto area = static_cast<size_t>(x.shape.height) * static_cast<size_t>(x.shape.width);
  Image error{{3, x.shape.height, x.shape.width}, std::vector<float>(3 * area)};
  for (size_t i = 0; i < area; ++i) {
    double sum = 0;
    for (size_t channel = 0; channel < static_cast<size_t>(x.shape.channels); ++channel)
      sum += std::abs(double{x.pixels[channel * area + i]} - output.pixels[channel * area + i]);
    const Rgb colour = viridis(sum / x.shape.channels);
    for (size_t k = 0; k < 3; ++k) error.pixels[k * area + i] = static_cast<float>(colour[k]) / 255.0F;
  }
  return error;
}

} // namespace latent
