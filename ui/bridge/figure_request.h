// What a view shows, as a value from which its figure is made.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/latent_noise.h"
#include "core/base/latent_path.h"
#include "core/base/latent_traversal.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace latent::ui {

/// Which view is to be written where.
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
  /// Of Compare: a run, or a kept snapshot of one.
  struct Row {
    RunId run;
    std::optional<int64_t> step; ///< nothing = newest
  };
  std::vector<RunId> runs;                        ///< the active one first
  std::optional<int64_t> step;                    ///< a kept snapshot; nothing = newest
  std::optional<PlaneRect> rect;                  ///< plane: what is on the screen
  PlaneAxes axes;                                 ///< plane: empty = z1 and z2
  bool tiles = true, points = true, rings = true; ///< plane: the layers that are shown
  std::vector<int64_t> items;                     ///< reconstruct: test images
  std::vector<std::string> series;                ///< curves
  std::vector<Row> rows;              ///< in place of runs and step, for all kinds but plane and curves
  uint64_t seed = 1;                  ///< noise, sample
  std::vector<double> sigmas;         ///< noise; its subjects are `items`
  NoiseScale scale = NoiseScale::raw; ///< noise
  int draws = 1;                      ///< noise
  bool mean = false;                  ///< noise: pictures are means over the draws
  int64_t count = 64;                 ///< sample
  double temperature = 1;             ///< sample
  bool bernoulli = false;             ///< sample
  PathOptions path;                   ///< interpolate, from items[0] to items[1]
  std::vector<int> latents;           ///< traverse
  TraversalRange range;               ///< traverse; it starts at items[0], without one at the prior's mean
  int frames = 11;                    ///< traverse
  bool logX = false, logY = false;
  std::optional<Focus> focus; ///< of the window, for the file: opening it shows this again
  QString file;               ///< .png, .pdf, .svg or .csv
  double widthMm = 84, dpi = 300;
};

} // namespace latent::ui
