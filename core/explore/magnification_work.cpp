#include "core/explore/magnification_work.h"

#include "core/explore/tile_grids.h"
#include "core/models/families.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace latent {

namespace {

double length(const LatentPoint& axis) {
  double sum = 0;
  for (const float value : axis) sum += double{value} * value;
  return std::sqrt(sum);
}

void check(const MagnificationRequest& request, const Viewer& viewer) {
  const FamilyInfo* family = findFamily(viewer.spec().family);
  if (family && family->discrete)
    throw std::runtime_error("The latents of a " + family->shortName +
                             " are tokens of a codebook, not coordinates: there is no step to answer to.");
  const std::string problem = tilesProblem(request.grid, request.axes, viewer.latentSize());
  if (!problem.empty()) throw std::runtime_error(problem);
  if (!(length(request.axes.axis1) > 0) || !(length(request.axes.axis2) > 0))
    throw std::runtime_error("The axes of this plane have no length.");
}

/// The points z -+ h axis1, z -+ h axis2 of a cell, and what their differences are divided by.
struct Stencil {
  std::vector<float> points; ///< [4, K]
  double width1 = 0, width2 = 0;
};

Stencil stencil(std::span<const float> z, const PlaneAxes& axes) {
  float largest = 0;
  for (const float value : z) largest = std::max(largest, std::abs(value));
  const double move = (1 + double{largest}) / 512;
  Stencil made;
  for (const LatentPoint* axis : {&axes.axis1, &axes.axis2}) {
    const double h = move / length(*axis);
    for (const double step : {-h, h})
      for (size_t j = 0; j < z.size(); ++j)
        made.points.push_back(static_cast<float>(z[j] + step * (*axis)[j]));
    (axis == &axes.axis1 ? made.width1 : made.width2) = 2 * h;
  }
  return made;
}

} // namespace

double largestSingularValue(std::span<const float> first, std::span<const float> second) {
  double a = 0, b = 0, c = 0; // J^T J = [a b; b c]
  for (size_t i = 0; i < first.size(); ++i) {
    a += double{first[i]} * first[i];
    b += double{first[i]} * second[i];
    c += double{second[i]} * second[i];
  }
  return std::sqrt((a + c) / 2 + std::hypot((a - c) / 2, b));
}

std::optional<MagnificationFrame> MagnificationWork::advance(const Viewer& viewer) {
  if (m_values.empty()) check(m_request, viewer);
  const TileGrid& grid = m_request.grid;
  const ImageShape& shape = viewer.spec().shape;
  const auto latents = static_cast<size_t>(viewer.latentSize());
  const auto pixels = static_cast<size_t>(shape.pixels());
  const auto done = static_cast<int64_t>(m_values.size());
  const int64_t cells = int64_t{grid.rows} * grid.columns;
  const int64_t n = std::min(std::max<int64_t>(1, imagesPerPiece(shape) / 4), cells - done);

  const std::vector<float> centres = tilePoints(grid, m_request.axes, done, n);
  std::vector<float> points;
  std::vector<Stencil> stencils;
  for (size_t cell = 0; cell < static_cast<size_t>(n); ++cell) {
    stencils.push_back(stencil(std::span(centres).subspan(cell * latents, latents), m_request.axes));
    points.insert(points.end(), stencils.back().points.begin(), stencils.back().points.end());
  }
  const std::vector<float> images = viewer.decode(points, 4 * n);
  requireFinite(images);
  std::vector<float> first(pixels), second(pixels);
  for (size_t cell = 0; cell < static_cast<size_t>(n); ++cell) {
    const float* image = images.data() + 4 * cell * pixels;
    for (size_t i = 0; i < pixels; ++i) {
      first[i] = static_cast<float>((image[pixels + i] - image[i]) / stencils[cell].width1);
      second[i] = static_cast<float>((image[3 * pixels + i] - image[2 * pixels + i]) / stencils[cell].width2);
    }
    m_values.push_back(static_cast<float>(largestSingularValue(first, second)));
  }
  if (static_cast<int64_t>(m_values.size()) < cells) return std::nullopt;

  MagnificationFrame frame = makeFrame();
  frame.axes = m_request.axes;
  frame.grid = grid;
  frame.values = std::move(m_values);
  return frame;
}

MagnificationFrame MagnificationWork::failed(const std::string& error) const {
  MagnificationFrame frame = makeFrame(error);
  frame.axes = m_request.axes;
  frame.grid = m_request.grid;
  return frame;
}

} // namespace latent
