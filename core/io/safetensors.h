// The safetensors format: eight bytes of little-endian header length, a JSON header, the raw data.
#pragma once

#include "core/base/array.h"
#include "core/base/result.h"
#include "core/base/weights.h"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

namespace latent {

struct SafeTensors {
  NamedArrays arrays;
  std::map<std::string, std::string> metadata; ///< "__metadata__"
};

/// Every number of the header is checked against the file: lengths, offsets, overlaps, products of
/// dimensions. Input errors name the file and the tensor or byte offset.
Result<SafeTensors> parseSafetensors(std::span<const std::byte> bytes, const std::string& nameForErrors);
Result<SafeTensors> readSafetensors(const std::filesystem::path& path);
Status writeSafetensors(const std::filesystem::path& path, const SafeTensors& content);

/// Weights as named float tensors, with `step` and `epoch` in the metadata beside what is given.
/// `type` is f32 or f16 (half precision for weights that ship with the program).
Status writeWeights(const std::filesystem::path& path, const Weights& weights,
                    std::map<std::string, std::string> metadata, ElementType type = ElementType::f32);
/// Layout in the order of the file; the model that receives them matches by name (viewer.h).
Result<std::shared_ptr<const Weights>> readWeights(const std::filesystem::path& path);

} // namespace latent
