// Runs under latent noise: what is left of images, in pictures and in curves.
#pragma once

#include "core/base/focus.h"
#include "core/base/noise_curve.h"
#include "core/measure/classifier.h"
#include "core/run/figures.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct NoiseOptions {
  std::string split = "test";
  std::vector<int64_t> items;   ///< pictured; empty = the first five
  std::optional<Subject> input; ///< pictured in place of `items`
  int64_t subjects = 500;       ///< of the curves: images 0, 1, ... of the split
  std::vector<double> sigmas{kNoiseLevels.begin(), kNoiseLevels.end()}; ///< rising
  NoiseScale scale = NoiseScale::raw;
  int draws = 4;             ///< of eps for each image
  bool meanPictures = false; ///< pictures are the mean over the draws; otherwise draw 0
  uint64_t seed = 1;
  bool pictures = true, curves = true; ///< what the figure holds
  double widthMm = 174, fontPoints = 8;
};

/// Usage error: no sigmas, sigmas that are below 0 or do not rise, draws not in 1 to 1000, no subjects.
Status checkNoise(const NoiseOptions& options);

struct NoisePictures {
  std::vector<Subject> subjects;
  std::vector<Image> inputs; ///< as the first run sees them
  ImageShape shape;
  std::vector<float> pixels; ///< [runs, items, sigmas, C, H, W] in [0,1]
};

/// decode(mu(x) + sigma eps) with the eps of (seed, item, draw), the same for every run.
Result<NoisePictures> noisePictures(const std::vector<NoiseRun>& runs, const NoiseOptions& options,
                                    const Dataset& data, JobControl& control);

/// measureNoise over the first `subjects` images of the split. Without a classifier errors alone.
Result<NoiseCurves> noiseCurves(const std::vector<NoiseRun>& runs, const NoiseOptions& options,
                                const Dataset& data, const Classifier* classifier, JobControl& control);

/// Pictures of each run side by side, below them the curves of error and of kept classes: mean over the
/// images with the 95 % interval of that mean, 1.96 deviation / sqrt(images), as a band. `classifier` may be
/// null.
Result<Figure> noiseFigure(const std::vector<FigureSource>& sources, const NoiseOptions& options,
                           const Dataset& data, const Classifier* classifier, JobControl& control);

} // namespace latent
