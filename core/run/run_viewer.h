// Looking at a run from a file job or a command: its weights in a viewer, and whole splits through it.
#pragma once

#include "core/base/frames.h"
#include "core/base/job.h"
#include "core/data/dataset.h"
#include "core/explore/viewer.h"
#include "core/run/run_folder.h"

#include <memory>
#include <optional>
#include <vector>

namespace latent {

/// A viewer that holds a kept snapshot of the run or its newest weights.
Result<Viewer> openViewer(const RunFolder& run, std::optional<int64_t> step);

/// Posteriors and labels of the first `limit` images (0 = all), with the numbers that the window shows. Input
/// error where the images have another shape than the model's; Fault::interrupted after a cancel.
Result<EncodeFrame> encodeSplit(const Viewer& viewer, std::shared_ptr<const Split> split, int64_t limit,
                                JobControl& control);

/// images: [n, C, H, W] in [0,1], before the run's pixel mode, which is applied.
Result<Encoded> encodeImages(const Viewer& viewer, const std::vector<float>& images, JobControl& control);

/// z: [n, K] row-major -> [n, C, H, W] in [0,1], in chunks of 100.
Result<std::vector<float>> decodeAll(const Viewer& viewer, const std::vector<float>& z, JobControl& control);

} // namespace latent
