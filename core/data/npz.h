// Images in NumPy's .npz archives (numpy.savez): the layouts of dSprites and of Keras' mnist.npz.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/archive.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace latent {

struct NpzOptions {
  uint64_t seed = 0;                       ///< of the 90/10 split
  int64_t maximumBytes = int64_t{8} << 30; ///< of one array, unpacked
};

/// Either `imgs` with, if there, `labels`, `latents_values` and `latents_classes`, split 90/10 by the seed;
/// or `x_train` and `x_test` with, if there, `y_train` and `y_test`. Images are uint8 or bool: [N, H, W], [N,
/// H, W, C] or [N, C, H, W] with C = 1 or 3 (where both last forms would do: [N, H, W, C]). Labels are whole
/// numbers [N] or [N, 1]. latents_values [N, K] becomes the generating factors. With six latents they bear
/// the names of dSprites and the second of latents_classes is the class (Matthey et al. 2017).
///
/// Only these members are read, in pieces; pickled ones are refused and never loaded. Input errors name the
/// archive, the member and the byte. `id`, `name` and `path` of the result are left empty.
Result<std::shared_ptr<Dataset>> readNpz(ArchiveReader archive, const NpzOptions& options,
                                         JobControl* control = nullptr);

} // namespace latent
