#include "core/models/interchange/state_dictionary.h"

#include "core/models/torch_compat.h"

#include <caffe2/serialize/inline_container.h>
#include <torch/csrc/jit/serialization/pickler.h>

namespace latent {
namespace {

/// Pickled without the type tags that TorchScript adds, which PyTorch's careful reader refuses.
struct Pickled {
  std::vector<char> bytes;
  std::vector<at::Tensor> storages; ///< storage i is the record data/i
};

Pickled pickle(const c10::IValue& value) {
  Pickled pickled;
  torch::jit::Pickler pickler(
      [&](const char* data, size_t size) { pickled.bytes.insert(pickled.bytes.end(), data, data + size); },
      nullptr, nullptr, nullptr, nullptr, /*tag_aggregates=*/false);
  pickler.protocol();
  pickler.pushIValue(value);
  pickler.stop();
  pickled.storages = pickler.tensorData();
  return pickled;
}

std::vector<std::byte> archive(const Pickled& pickled) {
  std::vector<std::byte> bytes;
  caffe2::serialize::PyTorchStreamWriter writer([&](const void* data, size_t size) {
    const auto* first = static_cast<const std::byte*>(data);
    bytes.insert(bytes.end(), first, first + size);
    return size;
  });
  writer.writeRecord("data.pkl", pickled.bytes.data(), pickled.bytes.size());
  for (size_t i = 0; i < pickled.storages.size(); ++i) {
    const at::Tensor& tensor = pickled.storages[i];
    writer.writeRecord("data/" + std::to_string(i), tensor.storage().data(), tensor.storage().nbytes());
  }
  writer.writeEndOfFile();
  return bytes;
}

} // namespace

Result<std::vector<std::byte>> toStateDictionary(const Weights& weights) {
  try {
    c10::impl::GenericDict dictionary(c10::StringType::get(), c10::TensorType::get());
    for (const WeightEntry& entry : *weights.layout) {
      // A copy with a storage of its own; from_blob has no form for constant data.
      auto* values = const_cast<float*>(weights.values.data() + entry.offset);
      dictionary.insert(entry.name, torch::from_blob(values, entry.shape, torch::kFloat32).clone());
    }
    return archive(pickle(dictionary));
  } catch (const c10::Error& error) {
    return workError("LibTorch could not write the state dictionary: " + compat::message(error));
  }
}

} // namespace latent
