// What a model is made of, as plain values: for people and for programs. No torch here.
#pragma once

#include "core/base/model_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace latent {

struct SummaryRow {
  std::string name;           ///< as its weights begin: "encoder.0"
  std::string kind;           ///< "Conv 4x4 /2", "Linear"; "Weights" for a tensor that is no layer
  std::vector<int64_t> shape; ///< of what one image makes here, {64, 7, 7}; of the tensor itself for
                              ///< "Weights"; empty where it is not known
  int64_t weights = 0;
};

struct ModelSummary {
  int64_t weights = 0;          ///< countWeights(spec): of all rows
  std::vector<SummaryRow> rows; ///< everything with weights, from the image to the image
};

/// The spec comes from makeModelSpec. Allocates no weights.
ModelSummary modelSummary(const ModelSpec& spec);

/// "64x7x7"
std::string sizesText(const std::vector<int64_t>& sizes);

} // namespace latent
