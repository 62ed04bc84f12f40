// The tiles of a plane, coarse to fine.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

/// A frame for each grid; the last one is of the finest.
class TilesWork : public Work<TilesRequest, TilesFrame> {
 public:
  using Work::Work;
  std::optional<TilesFrame> advance(const Viewer& viewer);
  TilesFrame failed(const std::string& error) const;

 private:
  std::vector<TileGrid> m_grids;
  size_t m_level = 0;
  int64_t m_decoded = 0; ///< tiles of m_grids[m_level]
  std::vector<uint8_t> m_pixels;
};

} // namespace latent
