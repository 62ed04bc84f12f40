#include "core/io/lines.h"
#include "core/io/safetensors.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace latent {
namespace {

Array toArray(const Weights& weights, const WeightEntry& entry, ElementType type) {
  const float* first = weights.values.data() + entry.offset;
  const auto count = static_cast<size_t>(entry.count());
  Array array{type, entry.shape, std::vector<std::byte>(count * static_cast<size_t>(elementSize(type)))};
  if (type == ElementType::f32) {
    std::memcpy(array.bytes.data(), first, array.bytes.size());
    return array;
  }
  for (size_t i = 0; i < count; ++i) {
    const uint16_t half = halfFromFloat(first[i]);
    std::memcpy(array.bytes.data() + 2 * i, &half, 2);
  }
  return array;
}

bool isFloat(ElementType type) {
  return type == ElementType::f16 || type == ElementType::bf16 || type == ElementType::f32 ||
         type == ElementType::f64;
}

} // namespace

Status writeWeights(const std::filesystem::path& path, const Weights& weights,
                    std::map<std::string, std::string> metadata, ElementType type) {
  if (type != ElementType::f32 && type != ElementType::f16)
    throw std::logic_error("writeWeights: weights are written as f32 or f16");
  SafeTensors content;
  metadata["step"] = std::to_string(weights.step);
  metadata["epoch"] = formatNumber(weights.epoch);
  content.metadata = std::move(metadata);
  for (const WeightEntry& entry : *weights.layout)
    content.arrays.emplace_back(entry.name, toArray(weights, entry, type));
  return writeSafetensors(path, content);
}

Result<std::shared_ptr<const Weights>> readWeights(const std::filesystem::path& path) {
  const auto content = readSafetensors(path);
  if (!content) return content.error();
  auto weights = std::make_shared<Weights>();
  const auto& metadata = content->metadata;
  // Weights of other programs carry neither; they count as step 0.
  if (const auto step = metadata.find("step"); step != metadata.end())
    if (!parseNumber(step->second, weights->step) || weights->step < 0)
      return inputError(path.string() + ": \"step\" of \"__metadata__\" is not a step.");
  if (const auto epoch = metadata.find("epoch"); epoch != metadata.end())
    if (!parseNumber(epoch->second, weights->epoch) || !(weights->epoch >= 0))
      return inputError(path.string() + ": \"epoch\" of \"__metadata__\" is not a number of epochs.");

  auto layout = std::make_shared<WeightLayout>();
  for (const auto& [name, array] : content->arrays) {
    if (!isFloat(array.type))
      return inputError(path.string() + ": tensor \"" + name + "\" does not hold floats.");
    layout->push_back({name, array.shape, static_cast<int64_t>(weights->values.size())});
    const auto values = array.toFloats();
    if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); }))
      return inputError(path.string() + " is damaged: tensor \"" + name +
                        "\" holds values that are no numbers.");
    weights->values.insert(weights->values.end(), values.begin(), values.end());
  }
  weights->layout = std::move(layout);
  return std::shared_ptr<const Weights>(std::move(weights));
}

} // namespace latent
