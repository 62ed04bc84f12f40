// What figures of latent points have in common: a run with continuous latents, and the codes of images.
#pragma once

#include "core/base/frames.h"
#include "core/base/job.h"
#include "core/base/latent_point.h"
#include "core/data/dataset.h"
#include "core/explore/viewer.h"
#include "core/run/figures.h"

#include <cstdint>
#include <string>
#include <vector>

namespace latent {

/// Usage error for a model of tokens: "... has codes in place of continuous latents, so there is nothing to
/// traverse."
Result<Viewer> openLatents(const FigureSource& source, const std::string& whatFor);

/// mu of some images, one after the other. Usage error for images of another shape than the run's.
Result<std::vector<LatentPoint>> codesOf(const Viewer& viewer, const std::vector<Image>& images,
                                         JobControl& control);
/// mu of some images of a split, one after the other. Usage error for an image that is not there or data of
/// another shape than the run's.
Result<std::vector<LatentPoint>> codesOfItems(const Viewer& viewer, const Split& split,
                                              const std::vector<int64_t>& items, JobControl& control);

/// Where nothing is held still by an image: 0, the prior's mean; without a prior the mean of the codes, for
/// which `points` is read.
LatentPoint meanPoint(const ModelSpec& spec, const Encoded& points);

bool hasPrior(const ModelSpec& spec);

/// "test" or "train" of the data set.
const std::shared_ptr<const Split>& splitOf(const Dataset& data, const std::string& name);

} // namespace latent
