// data.pkl of a file that torch.save wrote: which tensors there are and where their values lie. Nothing is
// executed: a fixed list of opcodes and of named classes is understood, all else is refused by name.
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace latent {

enum class StorageType { f16, bf16, f32, f64, u8, i8, i16, i32, i64, boolean };
int64_t storageElementSize(StorageType type);  ///< bytes
std::string storageTypeName(StorageType type); ///< "float16", "int64"
bool isFloating(StorageType type);

/// One tensor of a state dictionary: a strided view of a storage, which is the archive's member data/KEY.
struct PickledTensor {
  std::string name;
  std::string storage; ///< KEY; several tensors may share one
  StorageType type = StorageType::f32;
  int64_t storageElements = 0; ///< length of the whole storage
  int64_t offset = 0;          ///< elements
  std::vector<int64_t> shape;
  std::vector<int64_t> strides; ///< elements, none negative
  int64_t count() const;
};

struct PickledState {
  std::vector<PickledTensor> tensors; ///< in the order of the dictionary
  std::string wrapper;                ///< key of the outer dictionary that held them, "" where there was none
};

/// A dictionary of tensors, or one inside another under "state_dict", "model_state_dict" or "model" (what
/// else the outer one holds is left out). Every element of a tensor lies inside its storage, and none has
/// more elements than its storage. Input errors name the byte, the class or the entry.
Result<PickledState> parsePickledState(std::span<const std::byte> bytes, const std::string& nameForErrors);

/// The tensor's elements, row-major. `storage` holds storageElements * storageElementSize(type) bytes
/// (std::logic_error otherwise). Integers and booleans are converted, too.
std::vector<float> gatherTensor(const PickledTensor& tensor, std::span<const std::byte> storage);

} // namespace latent
