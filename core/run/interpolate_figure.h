// A path between the codes of two images, for each run in a row.
#pragma once

#include "core/base/latent_path.h"
#include "core/base/latent_place.h"
#include "core/run/figures.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct InterpolateOptions {
  std::string split = "test";
  int64_t from = 0, to = 1;              ///< items of the split
  std::optional<LatentPlace> begin, end; ///< in place of `from` and `to`
  PathOptions path;
  double widthMm = 174, fontPoints = 8;
};

struct Interpolations {
  std::vector<int64_t> steps;        ///< of each source's weights
  int frames = 0;                    ///< pathLength(options.path)
  Image from, to;                    ///< as the first source sees them; empty where a point has no picture
  std::vector<std::vector<float>> z; ///< [sources] of [frames, K]
  ImageShape shape;
  std::vector<float> pixels; ///< [sources, frames, C, H, W] in [0,1]
};

/// Usage error: a model of tokens, items that are not there, frames out of bounds, images of another shape.
Result<Interpolations> interpolate(const std::vector<FigureSource>& sources,
                                   const InterpolateOptions& options, const Dataset& data,
                                   JobControl& control);

/// Rows: the two inputs at their places, then one row a source.
Result<Figure> interpolateFigure(const std::vector<FigureSource>& sources, const InterpolateOptions& options,
                                 const Dataset& data, JobControl& control);

} // namespace latent
