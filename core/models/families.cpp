#include "core/models/families.h"

#include "core/models/architecture.h"
#include "core/models/flat_model.h"

#include <algorithm>

namespace latent {

namespace {

constexpr double kLargestImage = 1e8;            // values; any model of such images would be refused
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

} // namespace

const std::vector<FamilyInfo>& families() {
  static const std::vector<FamilyInfo> infos = [] {
    std::vector<FamilyInfo> list;
    for (const ModelFamily& family : modelFamilies())
      if (family.info.trainable) list.push_back(family.info);
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
  // In double: a record may say sizes whose product passes every integer.
  const double values = static_cast<double>(shape.channels) * shape.height * shape.width;
  if (values > kLargestImage) {
    return usageError("Images of " + shapeText({shape.channels, shape.height, shape.width}) +
                      " are too large for a model; use smaller images.");
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
  const std::shared_ptr<const WeightLayout> layout = weightLayout(spec);
  int64_t count = 0;
  for (const WeightEntry& entry : *layout) count += entry.count();
  return count;
}

std::shared_ptr<const WeightLayout> weightLayout(const ModelSpec& spec) {
  return std::make_shared<const WeightLayout>(layoutOf(*buildModel(spec, torch::Device(torch::kMeta))));
}

} // namespace latent
