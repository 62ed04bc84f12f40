// The movies of runs: what moves, and over what.
#pragma once

#include "core/run/interpolate_figure.h"
#include "core/run/movie/movie.h"
#include "core/run/noise_figure.h"
#include "core/run/traverse_figure.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace latent {

/// For each run its data set; null where that is not at hand.
using MovieData = std::vector<std::shared_ptr<const Dataset>>;

/// Training over the kept snapshots of all runs. At each moment a run shows its newest snapshot until then,
/// or its first. Axes and layout are those of the whole movie: an AE's plane covers the codes of all frames,
/// main directions and mean codes are those of the last.
struct TrainingMovie {
  enum class View { plane, reconstruct } view = View::plane;
  PlaneOptions plane;               ///< size and axes of each run's plane
  std::vector<PlaneOptions> planes; ///< one a run, in place of `plane`; or none
  ReconstructOptions reconstruct;   ///< items
  int frames = 600; ///< at most, spread evenly over the moments; the first and the last are in
};
/// Usage error where a run keeps no snapshot; else the errors of planeFigure and reconstructFigure.
Result<MovieScript> trainingMovie(const std::vector<FigureSource>& sources, const TrainingMovie& options,
                                  const MovieData& data, JobControl& control);

/// How a movie that is not of training goes from its first to its last frame.
struct MovieWay {
  int frames = 75;   ///< there, kFewestMovieFrames to kMostMovieFrames
  bool back = false; ///< and back again: 2 frames - 2 in all, so that none stands twice when it goes round
};
int movieLength(const MovieWay& way);
/// Where frame `frame` of movieLength() stands: 0 to 1, and back.
double movieShare(const MovieWay& way, int frame);

/// The provenance of these movies has the view that they came from, also what of it does not move; in "movie"
/// stands what does.

/// Every latent in a picture of its own, moved through its range while the others stay. `view.frames` and
/// `view.grid` are not looked at.
Result<MovieScript> traverseMovie(const std::vector<FigureSource>& sources, const TraverseOptions& view,
                                  const MovieWay& way, const MovieData& data, JobControl& control);

/// From the code of one image to that of another; every frame is decoded anew. `view.path.frames` and
/// `view.path.loop` are not looked at. The data are the first run's.
Result<MovieScript> pathMovie(const std::vector<FigureSource>& sources, const InterpolateOptions& view,
                              const MovieWay& way, const MovieData& data, JobControl& control);

/// Noise that rises from sigma `low` to `high`; the eps of each image stay the same. `view.sigmas` and what
/// concerns curves are not looked at. Usage error: low < 0 or low >= high.
Result<MovieScript> noiseMovie(const std::vector<FigureSource>& sources, const NoiseOptions& view, double low,
                               double high, const MovieWay& way, const MovieData& data, JobControl& control);

} // namespace latent
