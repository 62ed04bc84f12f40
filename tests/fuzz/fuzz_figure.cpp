// Any bytes as a figure file: refused with an input error, or a figure no larger than the file.
#include "core/figure/figure.h"

#include <cstdlib>

extern "C" bool readsFuzzInput(const uint8_t* data, size_t size) {
  return latent::parseFigure(std::as_bytes(std::span(data, size)), "fuzz").ok();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto figure = latent::parseFigure(std::as_bytes(std::span(data, size)), "fuzz");
  if (!figure) {
    if (figure.error().fault != latent::Fault::input || figure.error().message.empty()) std::abort();
    return 0;
  }
  size_t bytes = 0;
  for (const latent::FigurePanel& panel : figure->panels) {
    if (const auto* plane = std::get_if<latent::PlanePanel>(&panel)) bytes += plane->pixels.size();
    if (const auto* images = std::get_if<latent::ImagesPanel>(&panel)) bytes += images->pixels.size();
  }
  if (bytes > size) std::abort();
  (void)latent::figureToCsv(*figure);
  return 0;
}
