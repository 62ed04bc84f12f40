#include "ui/views/compare/cell_pictures.h"

#include <functional>
#include <numeric>

namespace latent::ui {

Image meanImage(const ImageShape& shape, std::span<const float> pixels) {
  const auto size = static_cast<size_t>(shape.pixels());
  const size_t count = pixels.size() / size;
  if (count == 1) return {shape, {pixels.begin(), pixels.end()}}; // the same bits
  std::vector<double> sums(size, 0);
  for (size_t i = 0; i < count * size; ++i) sums[i % size] += pixels[i];
  Image mean{shape, std::vector<float>(size)};
  for (size_t i = 0; i < size; ++i) mean.pixels[i] = static_cast<float>(sums[i] / static_cast<double>(count));
  return mean;
}

double squaredError(const Image& x, const Image& output) {
  return std::inner_product(x.pixels.begin(), x.pixels.end(), output.pixels.begin(), 0.0, std::plus<>(),
                            [](float a, float b) { return (double{a} - b) * (double{a} - b); });
}

} // namespace latent::ui
