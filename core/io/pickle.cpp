#include "core/io/pickle.h"

#include "core/io/pickle_classes.h"
#include "core/io/pickle_machine.h"
#include "core/io/printable.h"

#include <array>
#include <bit>
#include <cstring>
#include <set>
#include <stdexcept>
#include <string_view>

namespace latent {
namespace {

using pickle::Kind;
using pickle::Program;
using pickle::Ref;
using pickle::Refused;
using pickle::Value;

constexpr size_t maximumDimensions = 16;
constexpr int64_t maximumElements = int64_t{1} << 40;
constexpr std::array<std::string_view, 3> wrappers{"state_dict", "model_state_dict", "model"};

int64_t checkedLength(int64_t length) {
  if (length < 0 || length > maximumElements) throw Refused("has a damaged shape, stride or offset");
  return length;
}

int64_t lengthOf(const Value& value) {
  return checkedLength(value.kind == Kind::integer ? value.integer : -1);
}

std::vector<int64_t> lengthsOf(const Program& program, Ref ref) {
  const Value& value = program[ref];
  if ((value.kind != Kind::tuple && value.kind != Kind::list) || value.items.size() > maximumDimensions)
    throw Refused("has a damaged shape, stride or offset");
  std::vector<int64_t> lengths;
  for (const Ref item : value.items) lengths.push_back(lengthOf(program[item]));
  return lengths;
}

void checkBounds(const PickledTensor& tensor) {
  const int64_t count = checkedCount(tensor.shape, storageElementSize(tensor.type));
  if (count < 0 || tensor.offset > tensor.storageElements) throw Refused("lies outside of its storage");
  if (count == 0) return;
  if (count > tensor.storageElements)
    throw Refused("repeats elements of its storage; save it with .contiguous()");
  int64_t last = tensor.offset;
  for (size_t i = 0; i < tensor.shape.size(); ++i) {
    const int64_t steps = tensor.shape[i] - 1, stride = tensor.strides[i];
    if (steps > 0 && stride > (tensor.storageElements - last) / steps)
      throw Refused("lies outside of its storage");
    last += steps * stride;
  }
  if (last >= tensor.storageElements) throw Refused("lies outside of its storage");
}

/// Arguments of _rebuild_tensor_v2: storage, offset, shape, strides, requires_grad, hooks and in newer
/// versions metadata, which would change the meaning of the values.
PickledTensor readTensor(const Program& program, const Value& value) {
  const auto& arguments = value.items;
  if (arguments.size() != 6 && arguments.size() != 7) throw Refused("has damaged arguments");
  if (arguments.size() == 7)
    if (const Value& metadata = program[arguments[6]]; metadata.kind != Kind::none && !metadata.items.empty())
      throw Refused(
          "is a view with metadata (conjugate or negative); save it with .resolve_neg().resolve_conj()");
  const Value& storage = program[arguments[0]];
  if (storage.kind != Kind::storage) throw Refused("has no storage");
  PickledTensor tensor;
  tensor.storage = storage.text;
  tensor.type = *pickle::storageTypeOf(program[storage.items[0]].text);
  tensor.storageElements = checkedLength(storage.integer);
  tensor.offset = lengthOf(program[arguments[1]]);
  tensor.shape = lengthsOf(program, arguments[2]);
  tensor.strides = lengthsOf(program, arguments[3]);
  if (tensor.shape.size() != tensor.strides.size()) throw Refused("has a damaged shape, stride or offset");
  checkBounds(tensor);
  return tensor;
}

/// The dictionary under one of the usual names of a training checkpoint, or the outer one itself.
Ref findState(const Program& program, std::string& wrapper) {
  const Value& root = program[program.root];
  if (root.kind != Kind::dictionary)
    throw Refused(std::string("it holds ") + nameOf(root.kind) +
                  ", not a dictionary of tensors; save model.state_dict()");
  for (const std::string_view name : wrappers)
    for (size_t i = 0; i < root.items.size(); i += 2) {
      const Value& key = program[root.items[i]];
      if (key.kind != Kind::text || key.text != name || program[root.items[i + 1]].kind != Kind::dictionary)
        continue;
      wrapper = name;
      return root.items[i + 1];
    }
  return program.root;
}

PickledState readState(std::span<const std::byte> bytes) {
  const Program program = pickle::run(bytes);
  PickledState state;
  const Value& dictionary = program[findState(program, state.wrapper)];
  std::set<std::string_view> names;
  for (size_t i = 0; i < dictionary.items.size(); i += 2) {
    const Value &key = program[dictionary.items[i]], &value = program[dictionary.items[i + 1]];
    if (key.kind != Kind::text) throw Refused(std::string("a key is ") + nameOf(key.kind) + ", not a name");
    const std::string name = "\"" + printable(key.text) + "\"";
    if (!names.insert(key.text).second) throw Refused("it names " + name + " twice");
    if (value.kind != Kind::tensor)
      throw Refused("the entry " + name + " is " + nameOf(value.kind) +
                    ", not a tensor; save model.state_dict() alone");
    try {
      state.tensors.push_back(readTensor(program, value));
    } catch (const Refused& refused) {
      throw Refused("the tensor " + name + " " + refused.what());
    }
    state.tensors.back().name = key.text;
  }
  if (state.tensors.empty()) throw Refused("it holds no tensors");
  return state;
}

/// Elements of type T in the tensor's order.
template<class T, class Convert>
std::vector<float> gather(const PickledTensor& tensor, std::span<const std::byte> storage, Convert convert) {
  std::vector<float> values(static_cast<size_t>(tensor.count()));
  std::vector<int64_t> index(tensor.shape.size());
  int64_t at = tensor.offset;
  for (float& value : values) {
    T element;
    std::memcpy(&element, storage.data() + static_cast<size_t>(at) * sizeof(T), sizeof(T));
    value = convert(element);
    for (size_t d = index.size(); d-- > 0;) { // like a mileage counter
      at += tensor.strides[d];
      if (++index[d] < tensor.shape[d]) break;
      at -= tensor.shape[d] * tensor.strides[d];
      index[d] = 0;
    }
  }
  return values;
}

template<class T>
std::vector<float> gather(const PickledTensor& tensor, std::span<const std::byte> storage) {
  return gather<T>(tensor, storage, [](T element) { return static_cast<float>(element); });
}

} // namespace

int64_t storageElementSize(StorageType type) {
  switch (type) {
  case StorageType::u8:
  case StorageType::i8:
  case StorageType::boolean:
    return 1;
  case StorageType::f16:
  case StorageType::bf16:
  case StorageType::i16:
    return 2;
  case StorageType::f32:
  case StorageType::i32:
    return 4;
  case StorageType::f64:
  case StorageType::i64:
    return 8;
  }
  return 0;
}

std::string storageTypeName(StorageType type) {
  switch (type) {
  case StorageType::f16:
    return "float16";
  case StorageType::bf16:
    return "bfloat16";
  case StorageType::f32:
    return "float32";
  case StorageType::f64:
    return "float64";
  case StorageType::u8:
    return "uint8";
  case StorageType::i8:
    return "int8";
  case StorageType::i16:
    return "int16";
  case StorageType::i32:
    return "int32";
  case StorageType::i64:
    return "int64";
  case StorageType::boolean:
    return "bool";
  }
  return {};
}

bool isFloating(StorageType type) {
  return type == StorageType::f16 || type == StorageType::bf16 || type == StorageType::f32 ||
         type == StorageType::f64;
}

int64_t PickledTensor::count() const {
  int64_t n = 1;
  for (const int64_t d : shape) n *= d;
  return n;
}

Result<PickledState> parsePickledState(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  try {
    return readState(bytes);
  } catch (const Refused& refused) {
    return inputError(nameForErrors + ": " + refused.what() + ".");
  }
}

std::vector<float> gatherTensor(const PickledTensor& tensor, std::span<const std::byte> storage) {
  if (static_cast<int64_t>(storage.size()) != tensor.storageElements * storageElementSize(tensor.type))
    throw std::logic_error("gatherTensor: the storage has another length");
  switch (tensor.type) {
  case StorageType::f16:
    return gather<uint16_t>(tensor, storage, floatFromHalf);
  case StorageType::bf16:
    return gather<uint16_t>(tensor, storage, floatFromBfloat16);
  case StorageType::f32:
    return gather<float>(tensor, storage);
  case StorageType::f64:
    return gather<double>(tensor, storage);
  case StorageType::u8:
  case StorageType::boolean:
    return gather<uint8_t>(tensor, storage);
  case StorageType::i8:
    return gather<int8_t>(tensor, storage);
  case StorageType::i16:
    return gather<int16_t>(tensor, storage);
  case StorageType::i32:
    return gather<int32_t>(tensor, storage);
  case StorageType::i64:
    return gather<int64_t>(tensor, storage);
  }
  throw std::logic_error("gatherTensor: unknown type");
}

} // namespace latent
