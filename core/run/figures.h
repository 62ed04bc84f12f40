// Figures of runs, made the same way for the window and for `latent`: the same numbers, the same pixels.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/image.h"
#include "core/base/job.h"
#include "core/data/dataset.h"
#include "core/figure/figure.h"
#include "core/run/curves_figure.h"
#include "core/run/figure_source.h"
#include "core/run/plane_figure.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct ReconstructOptions {
  std::string split = "test";
  std::vector<int64_t> indices;  ///< empty = the first ten
  std::vector<Subject> subjects; ///< in place of split and indices
  bool errorMaps = false;        ///< |x - x̂| below each source, in the colours of viridis from 0 to 1
  double widthMm = 174, fontPoints = 8;
};
/// Rows: input, then one for each source.
Result<Figure> reconstructFigure(const std::vector<FigureSource>& sources, const ReconstructOptions& options,
                                 const Dataset& data, JobControl& control);

/// The images of that figure, unrounded: row 0 = the inputs as the first source sees them, then one row a
/// source.
struct Reconstructions {
  std::vector<Subject> inputs;
  std::vector<int64_t> steps; ///< of each source's weights
  std::vector<std::vector<Image>> rows;
};
Result<Reconstructions> reconstructImages(const std::vector<FigureSource>& sources,
                                          const ReconstructOptions& options, const Dataset& data,
                                          JobControl& control);

struct DrawOptions {
  double dpi = 300;
  bool sidecar = false; ///< the provenance also as FILE.json beside FILE.pdf (csv holds none of its own)
  bool tex = false;     ///< FILE.tex for PGFPlots and FILE.csv, which it reads, beside FILE.pdf
};
/// Draws with latent-figures (found beside the program) into FILE.{png,pdf,svg}, written atomically; cancel
/// ends the process. The page and dpi go into the provenance. csv is written without the program. Usage error
/// if the helper is not there (core-only), the extension is unknown, or `tex` is asked of a figure that has
/// only images.
Status drawFigure(const Figure& figure, const std::filesystem::path& file, const DrawOptions& options,
                  JobControl& control);
/// Each figure into the file of the same place, all drawn by one process: a movie's frames. No file is
/// written before all are drawn; progress is the share of those that are.
Status drawFigures(const std::vector<Figure>& figures, const std::vector<std::filesystem::path>& files,
                   const DrawOptions& options, JobControl& control);

} // namespace latent
