#include "ui/widgets/code_colours.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace latent::ui {
namespace {

/// CIE 1976 L*a*b* (D65) to sRGB, clipped to what a screen can show.
QColor fromLab(double lightness, double a, double b) {
  const double fy = (lightness + 16) / 116, fx = fy + a / 500, fz = fy - b / 200;
  const auto inverse = [](double t) {
    return t > 6.0 / 29 ? t * t * t : 3 * (6.0 / 29) * (6.0 / 29) * (t - 4.0 / 29);
  };
  const double x = 0.95047 * inverse(fx), y = inverse(fy), z = 1.08883 * inverse(fz);
  const auto gamma = [](double linear) {
    const double c = std::clamp(linear, 0.0, 1.0);
    return c <= 0.0031308 ? 12.92 * c : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
  };
  return QColor::fromRgbF(static_cast<float>(gamma(3.2406 * x - 1.5372 * y - 0.4986 * z)),
                          static_cast<float>(gamma(-0.9689 * x + 1.8758 * y + 0.0415 * z)),
                          static_cast<float>(gamma(0.0557 * x - 0.2040 * y + 1.0570 * z)));
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

std::vector<QColor> codeColours(const std::vector<float>& embedding) {
  const std::vector<double> first = ranks(embedding, 0), second = ranks(embedding, 1);
  std::vector<QColor> colours;
  for (size_t i = 0; i < first.size(); ++i)
    colours.push_back(fromLab(32 + 52 * first[i], 8, -46 + 92 * second[i]));
  return colours;
}

QColor inkOn(const QColor& ground) {
  const double luminance = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF();
  return luminance > 0.52 ? QColor(0x1D, 0x1F, 0x22) : QColor(Qt::white);
}

} // namespace latent::ui
