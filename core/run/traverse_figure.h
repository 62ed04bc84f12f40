// One latent after the other moved through its range, as a figure.
#pragma once

#include "core/base/latent_place.h"
#include "core/base/latent_traversal.h"
#include "core/run/figures.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct TraverseOptions {
  std::vector<int>
      latents; ///< from 0; empty: up to ten that the run uses most (latentUse), the dead left out
  std::optional<TraversalRange> range; ///< nothing: by the prior where there is one, else by the data
  std::string split = "test";          ///< of `item`
  std::optional<int64_t> item;      ///< begins at the code of this image; nothing: prior mean, or mean code
  std::optional<LatentPlace> start; ///< in place of `item`
  int frames = 11;                  ///< 2 to 64
  bool grid = false;                ///< two latents against each other, frames x frames
  double widthMm = 174, fontPoints = 8;
};

/// The images of one run.
struct Traversal {
  int64_t step = 0; ///< of the weights
  LatentPoint start;
  std::vector<int> latents;
  std::vector<Interval> intervals;       ///< of each of these latents
  std::vector<std::optional<double>> kl; ///< of each in nats, for families with a prior where data was read
  std::vector<float> z; ///< [latents, frames, K]; grid: [frames, frames, K], row 0 = lowest second latent
  ImageShape shape;
  std::vector<float> pixels; ///< the same rows and columns of [C, H, W] in [0,1]
};

/// Whether making it needs the data set: what is most used, quantiles, an item and a mean code do.
bool traversalNeedsData(const FigureSource& source, const TraverseOptions& options);

/// Of a start by points the first one is taken. `data` may be null where traversalNeedsData() says no. Usage
/// error: a model of tokens, latents that are not there, a grid of other than two latents, frames or a range
/// out of bounds.
Result<Traversal> traverse(const FigureSource& source, const TraverseOptions& options, const Dataset* data,
                           JobControl& control);

/// One row for each latent of each run; with `grid` one panel a run.
Result<Figure> traverseFigure(const std::vector<FigureSource>& sources, const TraverseOptions& options,
                              const Dataset* data, JobControl& control);

} // namespace latent
