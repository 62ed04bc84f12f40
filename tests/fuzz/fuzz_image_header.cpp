// Any bytes as the beginning of an image file: the size that a decoder may be shown.
#include "core/data/image_header.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto header = latent::readImageHeader({data, size}, "fuzz");
  if (!header.ok()) {
    if (header.error().fault != latent::Fault::input || header.error().message.empty()) std::abort();
    return 0;
  }
  if (header->width < 1 || header->height < 1 || header->width > (int64_t{1} << 27) / header->height)
    std::abort();
  return 0;
}
