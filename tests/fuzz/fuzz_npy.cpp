// Any bytes as an .npy file: refused with an input error, or an array as long as its shape says.
#include "core/io/npy.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto array = latent::parseNpy(std::as_bytes(std::span(data, size)), "fuzz");
  if (!array) {
    if (array.error().fault != latent::Fault::input || array.error().message.empty()) std::abort();
    return 0;
  }
  if (array->bytes.size() > size) std::abort();
  if (static_cast<int64_t>(array->bytes.size()) != array->count() * latent::elementSize(array->type))
    std::abort();
  return 0;
}
