// How runs stand latent noise: what is asked and what comes back, plain values that cross threads.
#pragma once

#include "core/base/frames.h"
#include "core/base/latent_noise.h"
#include "core/base/model_spec.h"
#include "core/base/weights.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace latent {

struct NoiseRun {
  SourceId source;
  ModelSpec spec;
  std::shared_ptr<const Weights> weights;
  std::vector<float> spread; ///< [K], LatentSummary::spread of the test split; only for NoiseScale::spread
};

struct NoiseSubject {
  int64_t index = -1; ///< item of the split: NoiseKey::subject; -1 for an image of one's own
  Image image;        ///< before a run's pixel mode, which is applied
};

/// Runs x sigmas x subjects x draws, all with the same eps (latent_noise.h).
struct NoiseQuestion {
  std::vector<NoiseRun> runs; ///< all of one image shape; models of tokens have no latents to add noise to
  std::vector<NoiseSubject> subjects;
  std::vector<double> sigmas; ///< each >= 0
  NoiseScale scale = NoiseScale::raw;
  int draws = 1; ///< of eps for each subject, >= 1: draw 0, 1, ...
  uint64_t seed = 1;
};

/// One run over the sigmas. A subject's value is its mean over the draws; mean and standard deviation are
/// over the subjects (the deviation of all of them, divided by n).
struct NoiseCurve {
  SourceId source;
  int64_t step = 0;                          ///< of the weights
  std::vector<double> error, errorDeviation; ///< [sigmas] sum over pixels of (x - x̂)², x as the run sees it
  /// [sigmas] share of outputs that the classifier reads as the class which it reads in the clean x (whatever
  /// the data set's own label); empty without a classifier.
  std::vector<double> kept, keptDeviation;
  std::vector<float> subjectError; ///< [sigmas, subjects]
  std::vector<float> subjectKept;  ///< [sigmas, subjects] share of the draws; empty without a classifier
  std::vector<int> firstClass;     ///< [sigmas, subjects] class read in draw 0; empty without a classifier
};

struct NoiseCurves {
  std::vector<double> sigmas;
  std::vector<NoiseCurve> curves; ///< in the order of the runs
};

} // namespace latent
