#include "core/train/detail/tensor_arrays.h"

#include <cstring>

namespace latent {

namespace {

ElementType elementType(torch::ScalarType type) {
  switch (type) {
  case torch::kFloat32:
    return ElementType::f32;
  case torch::kInt64:
    return ElementType::i64;
  case torch::kUInt8:
    return ElementType::u8;
  default:
    throw std::logic_error("toArray: a checkpoint holds float32, int64 and uint8 only");
  }
}

} // namespace

Array toArray(const torch::Tensor& tensor) {
  const torch::Tensor local = tensor.detach().cpu().contiguous();
  Array array;
  array.type = elementType(local.scalar_type());
  array.shape = local.sizes().vec();
  array.bytes.resize(local.nbytes());
  std::memcpy(array.bytes.data(), local.data_ptr(), array.bytes.size());
  return array;
}

torch::Tensor fromArray(const NamedArrays& arrays, const std::string& name, torch::ScalarType type) {
  const Array* array = findArray(arrays, name);
  if (!array) throw CheckpointError("The checkpoint is incomplete: " + name + " is missing.");
  torch::Tensor tensor = torch::empty(array->shape, type);
  if (array->type != elementType(type) || tensor.nbytes() != array->bytes.size()) {
    throw CheckpointError("The checkpoint is damaged: " + name + " has another type or length.");
  }
  std::memcpy(tensor.data_ptr(), array->bytes.data(), array->bytes.size());
  return tensor;
}

void appendNamed(NamedArrays& arrays, const std::string& prefix, const WeightLayout& layout,
                 const torch::Tensor& flat) {
  for (const WeightEntry& entry : layout) {
    if (entry.offset + entry.count() > flat.numel()) continue;
    arrays.emplace_back(prefix + entry.name,
                        toArray(flat.narrow(0, entry.offset, entry.count()).view(entry.shape)));
  }
}

void copyNamed(const NamedArrays& arrays, const std::string& prefix, const WeightLayout& layout,
               const torch::Tensor& flat) {
  torch::NoGradGuard noGrad;
  for (const WeightEntry& entry : layout) {
    if (entry.offset + entry.count() > flat.numel()) continue;
    const torch::Tensor tensor = fromArray(arrays, prefix + entry.name, torch::kFloat32);
    if (tensor.sizes() != torch::IntArrayRef(entry.shape)) {
      throw CheckpointError("The checkpoint is of another model: " + prefix + entry.name +
                            " has another shape.");
    }
    flat.narrow(0, entry.offset, entry.count()).view(entry.shape).copy_(tensor);
  }
}

} // namespace latent
