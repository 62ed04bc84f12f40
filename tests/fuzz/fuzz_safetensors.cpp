// Any bytes as a safetensors file: refused with an input error, or every array as long as its shape says.
#include "core/io/safetensors.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto content = latent::parseSafetensors(std::as_bytes(std::span(data, size)), "fuzz");
  if (!content) {
    if (content.error().fault != latent::Fault::input || content.error().message.empty()) std::abort();
    return 0;
  }
  size_t bytes = 0;
  for (const auto& [name, array] : content->arrays) {
    if (static_cast<int64_t>(array.bytes.size()) != array.count() * latent::elementSize(array.type))
      std::abort();
    bytes += array.bytes.size();
  }
  if (bytes > size) std::abort();
  return 0;
}
