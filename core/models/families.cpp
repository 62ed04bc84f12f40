#include "core/models/families.h"

#include "core/models/architecture.h"
#include "core/models/flat_model.h"

#include <algorithm>

namespace latent {

namespace {

constexpr int64_t kMaximumWeights = 128'000'000; // 2 GB with gradients and moments

const ModelFamily* findModelFamily(const std::string& id) {
  const auto& all = modelFamilies();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ModelFamily& f) { return f.info.id == id; });
  return found == all.end() ? nullptr : &*found;
}

std::string shapeText(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

/// Where a tensor of the wanted layout lies in the given one; an Error that names what does not fit.
Result<const WeightEntry*> findEntry(const WeightLayout& given, const WeightEntry& wanted) {
  for (const WeightEntry& entry : given) {
    if (entry.name != wanted.name) continue;
    if (entry.shape == wanted.shape) return &entry;
    return inputError("The weights do not fit the model: " + wanted.name + " has the shape " +
                      shapeText(entry.shape) + " where " + shapeText(wanted.shape) +
                      " is needed; use the parameters that the weights were trained with.");
  }
  return inputError("The weights do not fit the model: " + wanted.name +
                    " is missing; use the family and the hidden layers that the weights were trained with.");
}

} // namespace

const std::vector<FamilyInfo>& families() {
  static const std::vector<FamilyInfo> infos = [] {
    std::vector<FamilyInfo> list;
    for (const ModelFamily& family : modelFamilies()) list.push_back(family.info);
    return list;
  }();
  return infos;
}

const FamilyInfo* findFamily(const std::string& id) {
  const ModelFamily* family = findModelFamily(id);
  return family ? &family->info : nullptr;
}

Result<ModelSpec> makeModelSpec(const std::string& familyId, const ImageShape& shape,
                                const Parameters& given) {
  const ModelFamily* family = findModelFamily(familyId);
  if (!family) {
    std::string known;
    for (const FamilyInfo& info : families()) known += (known.empty() ? "" : ", ") + info.id;
    return usageError("There is no model family '" + familyId + "'; known are " + known + ".");
  }
  if (shape.channels < 1 || shape.height < 1 || shape.width < 1) {
    return usageError("A model needs images with at least one channel, row and column; these have " +
                      shapeText({shape.channels, shape.height, shape.width}) + ".");
  }
  Result<Parameters> parameters = completeParameters(family->info.schema, given);
  if (!parameters) return parameters.error();

  ModelSpec spec{familyId, shape, std::move(*parameters)};
  if (spec.parameters.has("architecture")) {
    const Architecture& architecture = architectureOf(spec);
    if (architecture.check) {
      if (Status status = architecture.check(spec); !status) return status.error();
    }
  }
  if (family->check) {
    if (Status status = family->check(spec); !status) return status.error();
  }
  const int64_t weights = countWeights(spec);
  if (weights > kMaximumWeights) {
    return usageError("The model would have " + std::to_string(weights / 1'000'000) +
                      " million weights, at most " + std::to_string(kMaximumWeights / 1'000'000) +
                      " million are allowed; use smaller layers or smaller images.");
  }
  return spec;
}

int64_t countWeights(const ModelSpec& spec) {
  int64_t count = 0;
  for (const WeightEntry& entry : *weightLayout(spec)) count += entry.count();
  return count;
}

std::shared_ptr<const WeightLayout> weightLayout(const ModelSpec& spec) {
  return std::make_shared<const WeightLayout>(layoutOf(*buildModel(spec, torch::Device(torch::kMeta))));
}

Result<std::shared_ptr<const Weights>> matchWeights(const ModelSpec& spec, const Weights& weights) {
  if (!weights.layout) return inputError("The weights do not fit the model: they name no tensors.");
  const std::shared_ptr<const WeightLayout> layout = weightLayout(spec);
  const WeightLayout& given = *weights.layout;

  auto matched = std::make_shared<Weights>();
  matched->step = weights.step;
  matched->epoch = weights.epoch;
  matched->layout = layout;
  for (const WeightEntry& wanted : *layout) {
    const Result<const WeightEntry*> found = findEntry(given, wanted);
    if (!found) return found.error();
    const int64_t offset = (*found)->offset;
    const int64_t count = wanted.count();
    if (offset < 0 || offset > static_cast<int64_t>(weights.values.size()) - count) {
      return inputError("The weights are damaged: " + wanted.name + " lies outside of the values.");
    }
    const auto first = weights.values.begin() + offset;
    matched->values.insert(matched->values.end(), first, first + count);
  }
  for (const WeightEntry& entry : given) {
    const bool wanted = std::any_of(layout->begin(), layout->end(),
                                    [&](const WeightEntry& e) { return e.name == entry.name; });
    if (!wanted) {
      return inputError(
          "The weights do not fit the model: " + entry.name +
          " is left over; use the family and the hidden layers that the weights were trained with.");
    }
  }
  return std::shared_ptr<const Weights>(std::move(matched));
}

} // namespace latent
