#include "ui/widgets/code_colours.h"

#include "core/figure/colours.h"

namespace latent::ui {

std::vector<QColor> codeColours(const std::vector<float>& embedding) {
  std::vector<QColor> colours;
  for (const auto& [red, green, blue] : latent::codeColours(embedding))
    colours.emplace_back(red, green, blue);
  return colours;
}

QColor inkOn(const QColor& ground) {
  const auto channel = [](int value) { return static_cast<uint8_t>(value); };
  const Rgb rgb{channel(ground.red()), channel(ground.green()), channel(ground.blue())};
  return wantsDarkInk(rgb) ? QColor(0x1D, 0x1F, 0x22) : QColor(Qt::white);
}

} // namespace latent::ui
