// The numbers of a model over a split, shared by training and evaluation.
#pragma once

#include "core/models/image_source.h"
#include "core/models/model.h"
#include "core/models/named_measures.h"

#include <functional>
#include <optional>

namespace latent {

/// Means of the model's terms at `step` over all images and what it measures of a whole pass, in batches of
/// 500, one posterior sample an image; noise and binarisation come from `seed` alone. `goOn` is asked before
/// each batch with the fraction done; false gives nothing.
std::optional<Measures> measureModel(Model& model, PixelMode pixels, ImageSource& images, uint64_t seed,
                                     const torch::Device& device, int64_t step,
                                     const std::function<bool(double)>& goOn);

} // namespace latent
