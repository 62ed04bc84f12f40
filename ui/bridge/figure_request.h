// What a view shows, as a value from which its figure is made.
#pragma once

#include "core/base/curves_look.h"
#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/latent_noise.h"
#include "core/base/latent_path.h"
#include "core/base/latent_place.h"
#include "core/base/latent_traversal.h"
#include "core/base/plane_look.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent::ui {

/// Which view, of which runs, and how wide its figure is to be.
struct FigureRequest {
  enum class Kind {
    plane,
    reconstruct,
    curves,
    noise,
    sample,
    interpolate,
    traverse,
    codes
  } kind = Kind::plane;
  /// A run, or a kept snapshot of one.
  struct Row {
    RunId run;
    std::optional<int64_t> step; ///< nothing = newest
  };
  /// One of up to three planes: what its axes are, and what of it is seen.
  struct Plane {
    PlaneRect rect;
    PlaneAxes axes;
    std::string xLabel, yLabel;
    int rows = 20, columns = 20; ///< of tiles
    int densityRows = 0, densityColumns = 0, magnificationRows = 0, magnificationColumns = 0;
    LatentPoint z;                   ///< of the point; empty = none is shown
    bool linked = false;             ///< it belongs to that of another run
    std::optional<int64_t> isolated; ///< class that fades the others, in place of the look's
  };
  std::vector<RunId> runs;            ///< the active one first
  std::optional<int64_t> step;        ///< a kept snapshot of it; nothing = newest
  std::vector<Row> rows;              ///< in place of runs and step
  std::vector<Plane> planes;          ///< plane: as many as rows
  PlaneLook look;                     ///< plane
  std::vector<int64_t> items;         ///< reconstruct, noise: test images
  std::vector<Subject> subjects;      ///< in place of items; of a plane and of codes the input
  bool errorMaps = false;             ///< reconstruct: |x - x̂| below each run
  CurvesLook curves;                  ///< curves
  std::optional<CurvesArea> area;     ///< curves: where they are not seen as they fit
  uint64_t seed = 1;                  ///< noise, sample
  std::vector<double> sigmas;         ///< noise; its subjects are `items`
  NoiseScale scale = NoiseScale::raw; ///< noise
  int draws = 1;                      ///< noise
  bool mean = false;                  ///< noise: pictures are means over the draws
  int64_t count = 64;                 ///< sample
  double temperature = 1;             ///< sample
  bool bernoulli = false;             ///< sample
  PathOptions path;                   ///< interpolate, `from` to `to`
  LatentPlace from, to;               ///< interpolate
  LatentPlace start;                  ///< traverse
  std::vector<int> latents;           ///< traverse
  TraversalRange range;               ///< traverse
  int frames = 11;                    ///< traverse
  bool grid = false;                  ///< traverse: two latents against each other
  std::vector<int64_t> tokens;        ///< codes: as edited or drawn; empty = the input's own
  std::optional<Focus> focus;         ///< of the window, for the file: opening it shows this again
  double widthMm = 84;
};

} // namespace latent::ui
