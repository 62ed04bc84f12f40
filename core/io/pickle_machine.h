// The stack machine of Python's pickle format, as far as dictionaries of tensors need it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace latent::pickle {

/// Index of a value; values refer to each other by it, so that neither deep nesting nor circles matter.
using Ref = uint32_t;

enum class Kind { none, boolean, integer, real, text, tuple, list, dictionary, global, storage, tensor };
const char* nameOf(Kind kind); ///< "a text", "a list" ...

struct Value {
  Kind kind = Kind::none;
  int64_t integer = 0; ///< of an integer or a boolean; elements of a storage
  std::string text;    ///< of a text; "module.name" of a global; the key of a storage
  /// Elements of a tuple or list; key, value, key, value ... of a dictionary; the class of a storage; the
  /// arguments of torch._utils._rebuild_tensor_v2 of a tensor.
  std::vector<Ref> items;
};

/// What is wrong, without the file's name and the full stop.
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// All values that were made, and which of them the file is about.
struct Program {
  std::vector<Value> values;
  Ref root = 0;

  const Value& operator[](Ref ref) const { return values[ref]; }
};

/// Reads up to STOP. Throws Refused for an opcode or a class that is not known, and for damage.
Program run(std::span<const std::byte> bytes);

} // namespace latent::pickle
