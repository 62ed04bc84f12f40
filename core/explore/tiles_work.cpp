#include "core/explore/tiles_work.h"

#include "core/explore/tile_grids.h"

#include <algorithm>
#include <stdexcept>

namespace latent {

std::optional<TilesFrame> TilesWork::advance(const Viewer& viewer) {
  if (m_grids.empty()) {
    const std::string problem = tilesProblem(m_request.finest, m_request.axes, viewer.latentSize());
    if (!problem.empty()) throw std::runtime_error(problem);
    m_grids = coarseToFine(m_request.finest);
  }
  const ImageShape& shape = viewer.spec().shape;
  const TileGrid& grid = m_grids[m_level];
  const int64_t tiles = int64_t{grid.rows} * grid.columns;
  const int64_t n = std::min(imagesPerPiece(shape), tiles - m_decoded);
  if (m_decoded == 0) m_pixels.reserve(static_cast<size_t>(tiles * shape.pixels()));
  appendBytes(viewer.decode(tilePoints(grid, m_request.axes, m_decoded, n), n), m_pixels);
  m_decoded += n;
  if (m_decoded < tiles) return std::nullopt;

  TilesFrame frame = makeFrame();
  frame.axes = m_request.axes;
  frame.grid = grid;
  frame.shape = shape;
  frame.pixels = std::exchange(m_pixels, {});
  m_decoded = 0;
  frame.last = ++m_level == m_grids.size();
  return frame;
}

TilesFrame TilesWork::failed(const std::string& error) const {
  TilesFrame frame = makeFrame(error);
  frame.axes = m_request.axes;
  frame.grid = m_request.finest;
  frame.last = true;
  return frame;
}

} // namespace latent
