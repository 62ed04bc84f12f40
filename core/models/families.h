// The model families as plain values: what menus, forms and command lines are made of. No torch here.
#pragma once

#include "core/base/family_info.h"
#include "core/base/model_spec.h"
#include "core/base/parameter.h"
#include "core/base/result.h"
#include "core/base/weights.h"

#include <memory>
#include <string>
#include <vector>

namespace latent {

/// Those that can be trained, in the order of the menu.
const std::vector<FamilyInfo>& families();
/// Of these and of those that can only be looked at; null for an unknown id.
const FamilyInfo* findFamily(const std::string& id);

/// Family id known, parameters complete and in range, shape usable by the architecture. Usage errors.
Result<ModelSpec> makeModelSpec(const std::string& family, const ImageShape& shape, const Parameters& given);

/// Names, shapes and offsets of the flat weights of such a model; the same for every instance.
std::shared_ptr<const WeightLayout> weightLayout(const ModelSpec& spec);

/// Elements of all of them.
int64_t countWeights(const ModelSpec& spec);

/// `weights` reordered into the layout of `spec`. Input error that names the tensors that are missing, left
/// over or of another shape (up to ten).
Result<std::shared_ptr<const Weights>> matchWeights(const ModelSpec& spec, const Weights& weights);

} // namespace latent
