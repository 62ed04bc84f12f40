// Any bytes as a file of weights, zip archive or safetensors: refused with an input error, or readable.
#include "core/io/state_file.h"

#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const auto file = latent::StateFile::parse({bytes.begin(), bytes.end()}, "fuzz");
  if (!file) {
    if (file.error().fault != latent::Fault::input || file.error().message.empty()) std::abort();
    return 0;
  }
  for (size_t i = 0; i < file->tensors().size(); ++i) {
    const auto values = file->read(i);
    if (!values && values.error().fault != latent::Fault::input) std::abort();
  }
  return 0;
}
