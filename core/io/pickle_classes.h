// The classes and functions by name that a state dictionary may refer to.
#pragma once

#include "core/io/pickle.h"

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace latent::pickle {

inline constexpr std::string_view orderedDict = "collections.OrderedDict";
inline constexpr std::string_view rebuildTensor = "torch._utils._rebuild_tensor_v2";
inline constexpr std::string_view rebuildParameter = "torch._utils._rebuild_parameter";

inline constexpr std::array<std::pair<std::string_view, StorageType>, 10> storageClasses{
    {{"torch.HalfStorage", StorageType::f16},
     {"torch.BFloat16Storage", StorageType::bf16},
     {"torch.FloatStorage", StorageType::f32},
     {"torch.DoubleStorage", StorageType::f64},
     {"torch.ByteStorage", StorageType::u8},
     {"torch.CharStorage", StorageType::i8},
     {"torch.ShortStorage", StorageType::i16},
     {"torch.IntStorage", StorageType::i32},
     {"torch.LongStorage", StorageType::i64},
     {"torch.BoolStorage", StorageType::boolean}}};

inline std::optional<StorageType> storageTypeOf(std::string_view name) {
  for (const auto& [known, type] : storageClasses)
    if (known == name) return type;
  return std::nullopt;
}

inline bool isKnownClass(std::string_view name) {
  return name == orderedDict || name == rebuildTensor || name == rebuildParameter || storageTypeOf(name);
}

} // namespace latent::pickle
