// Any bytes as a file of CIFAR-10, plain or gzip.
#include "core/data/cifar.h"
#include "core/data/payload.h"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto reader = latent::PayloadReader::over({data, size}, "fuzz");
  if (!reader.ok()) return 0;
  for (const int64_t images : {-1, 2}) {
    auto again = latent::PayloadReader::over({data, size}, "fuzz");
    const auto batch =
        latent::readCifarBatch([&](std::span<uint8_t> out) { return again->read(out); }, "fuzz", images);
    if (!batch.ok()) {
      if (batch.error().fault != latent::Fault::input || batch.error().message.empty()) std::abort();
      continue;
    }
    if (batch->labels.empty() || batch->pixels.size() != batch->labels.size() * 3072) std::abort();
    if (images >= 0 && static_cast<int64_t>(batch->labels.size()) != images) std::abort();
    if (*std::max_element(batch->labels.begin(), batch->labels.end()) > 9) std::abort();
  }
  return 0;
}
