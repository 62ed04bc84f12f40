// The latent plane of a run with its layers, as a figure.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/image.h"
#include "core/base/job.h"
#include "core/base/plane_look.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/run/figure_source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// Which two directions a plane has, in words; planeFigure turns them into axes.
struct PlaneChoice {
  int first = 0, second = 1; ///< latents, from 0; unused with `main`
  bool main = false;         ///< the two main directions of the encoded test images, about their mean
  std::optional<LatentPoint>
      at; ///< where the rest is held; nothing: 0 (runs with a prior) or the codes' mean
};

struct PlaneOptions {
  std::optional<PlaneRect>
      rect; ///< nothing: [-3,3] for runs with a prior, else the codes' range with a margin
  int rows = 20, columns = 20;
  std::optional<PlaneAxes> axes; ///< these instead of the choice
  PlaneChoice choice;
  int64_t points = 10000; ///< test points drawn, 0 = none
  PlaneLook look;         ///< rings need a prior and orthonormal axes
  /// Of the fields; 0: cells of a hundredth and of a thirtieth of the longer side.
  int densityRows = 0, densityColumns = 0, magnificationRows = 0, magnificationColumns = 0;
  std::string xLabel, yLabel;   ///< "" = what the axes are
  LatentPoint z;                ///< of the mark of the point; empty = none
  bool linked = false;          ///< z belongs to a point of another run
  std::optional<Subject> input; ///< marked at its code
  double widthMm = 84, fontPoints = 8;
};
Result<Figure> planeFigure(const FigureSource& source, const PlaneOptions& options, const Dataset* data,
                           JobControl& control);

/// Planes of several runs, each from planeFigure, as panels side by side. `names` are the runs', in order.
Figure planesBesideEachOther(std::vector<Figure> planes, const std::vector<std::string>& names,
                             double widthMm);

/// The tiles alone, unrounded: [rows, columns, C, H, W] in [0,1], row 0 = lowest second coordinate.
struct PlaneTiles {
  PlaneAxes axes;
  TileGrid grid;
  ImageShape shape;
  std::vector<float> pixels;
};
Result<PlaneTiles> planeTiles(const FigureSource& source, const PlaneOptions& options, const Dataset* data,
                              JobControl& control);

} // namespace latent
