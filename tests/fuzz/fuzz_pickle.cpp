// Any bytes as the data.pkl of a state dictionary: refused with an input error, or tensors that lie inside
// their storages. Nothing is ever run.
#include "core/io/pickle.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto state = latent::parsePickledState(std::as_bytes(std::span(data, size)), "fuzz");
  if (!state) {
    if (state.error().fault != latent::Fault::input || state.error().message.empty()) std::abort();
    return 0;
  }
  constexpr int64_t longest = 1 << 20; // bytes of a storage that is worth filling here
  for (const latent::PickledTensor& tensor : state->tensors) {
    if (tensor.count() < 0 || tensor.count() > tensor.storageElements) std::abort();
    const int64_t bytes = tensor.storageElements * latent::storageElementSize(tensor.type);
    if (bytes > longest) continue;
    const std::vector<std::byte> storage(static_cast<size_t>(bytes));
    if (static_cast<int64_t>(latent::gatherTensor(tensor, storage).size()) != tensor.count()) std::abort();
  }
  return 0;
}
