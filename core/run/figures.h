// Figures of runs, made the same way for the window and for `latent`: the same numbers, the same pixels.
#pragma once

#include "core/base/frames.h"
#include "core/base/image.h"
#include "core/base/job.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/run/run_folder.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct FigureSource {
  RunFolder run;
  std::optional<int64_t> step; ///< a kept snapshot, nothing = newest weights
};

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
  bool tiles = true;
  bool rings = true; ///< of the prior, where there is one and the axes are orthonormal
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

struct ReconstructOptions {
  std::string split = "test";
  std::vector<int64_t> indices; ///< empty = the first ten
  double widthMm = 174, fontPoints = 8;
};
/// Rows: input, then one for each source.
Result<Figure> reconstructFigure(const std::vector<FigureSource>& sources, const ReconstructOptions& options,
                                 const Dataset& data, JobControl& control);

/// The images of that figure, unrounded: row 0 = the inputs as the first source sees them, then one row a
/// source.
struct Reconstructions {
  std::vector<int64_t> indices;
  std::vector<int64_t> steps; ///< of each source's weights
  std::vector<std::vector<Image>> rows;
};
Result<Reconstructions> reconstructImages(const std::vector<FigureSource>& sources,
                                          const ReconstructOptions& options, const Dataset& data,
                                          JobControl& control);

struct CurvesOptions {
  std::vector<std::string> series{"loss"}; ///< loss, recon, kl, elbo
  std::vector<std::string> splits{"train", "test"};
  bool logX = false, logY = false;
  std::vector<int64_t> upTo; ///< last step of each run, the rest is left out; empty: all there is
  double widthMm = 84, heightMm = 60, fontPoints = 8;
};
Result<Figure> curvesFigure(const std::vector<RunFolder>& runs, const CurvesOptions& options);

/// Draws with latent-figures (found beside the program) into FILE.{png,pdf,svg}, written atomically; cancel
/// ends the process. The page and dpi go into the provenance. csv is written without the program. Usage error
/// if the helper is not there (core-only) or the extension is unknown.
struct DrawOptions {
  double dpi = 300;
  bool sidecar = false; ///< the provenance also as FILE.json beside FILE.pdf (csv holds none of its own)
};
Status drawFigure(const Figure& figure, const std::filesystem::path& file, const DrawOptions& options,
                  JobControl& control);

} // namespace latent
