// Synthetic handwriting: a data set that is always there, with known generating factors.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/data/dataset.h"

#include <memory>

namespace latent {

/// "digits": 10,000 training and 2,000 test images, 1x28x28, classes balanced and in random order, the same
/// on every machine: the generator uses no function whose rounding differs between C libraries. The factors
/// of an image are
///   slant         run to the right per rise, -0.2 .. 0.6
///   stroke width  pixels, 1.6 .. 3.8
///   scale         height of the pen path in pixels, divided by 20: 0.7 .. 0.95
///   x, y          centre of the pen path from the centre of the image, pixels, right and down: -1.5 .. 1.5,
///                 further only where the ink would leave the image
///   skeleton      which way of writing its class, from 0
/// What else differs between two images is a small smooth deformation. Fault::interrupted when cancelled.
Result<std::shared_ptr<const Dataset>> makeDigits(JobControl* control = nullptr);

} // namespace latent
