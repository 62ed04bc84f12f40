// How much of an image is left when its latents are disturbed. No torch in this header.
#pragma once

#include "core/base/job.h"
#include "core/base/noise_curve.h"
#include "core/base/result.h"
#include "core/measure/classifier.h"

namespace latent {

/// For every run, sigma, subject and draw: decode(mu(x) + sigma eps), its squared error against x as the run
/// sees it (pixel mode applied) summed over the pixels, and whether `classifier` reads in it the class that
/// it reads in the clean x. The same measure and the same eps for all runs. Without a classifier no shares.
/// Computed in chunks of 100 images; draws at sigma 0 are all one and are computed once. Usage error: no
/// runs, subjects or sigmas, sigmas below 0, draws below 1, models of tokens, images of several shapes, a
/// spread that is missing or of another size than z; input error: weights of another model;
/// Fault::interrupted after a cancel.
Result<NoiseCurves> measureNoise(const NoiseQuestion& question, const Classifier* classifier,
                                 JobControl& control);

} // namespace latent
