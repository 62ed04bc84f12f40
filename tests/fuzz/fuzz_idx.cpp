// Any bytes as an IDX file, plain or gzip: they are refused with an input error or read as the header says.
#include "core/base/array.h"
#include "core/data/idx.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr int64_t maximumBytes = 1 << 20;
  for (const std::vector<int64_t>& shape : {std::vector<int64_t>{-1, -1, -1}, {-1}}) {
    const latent::Result<latent::IdxArray> array =
        latent::parseIdx({data, size}, "fuzz", {.shape = shape, .maximumBytes = maximumBytes});
    if (!array.ok()) {
      if (array.error().fault != latent::Fault::input || array.error().message.empty()) std::abort();
      continue;
    }
    const int64_t count = latent::checkedCount(array->shape, 1);
    if (count < 1 || count > maximumBytes || static_cast<int64_t>(array->bytes.size()) != count) std::abort();
    if (array->sha256.size() != 64) std::abort();
  }
  return 0;
}
