// From one request to its frames. What cannot be answered is thrown as std::exception with one sentence.
#pragma once

#include "core/base/frames.h"
#include "core/explore/viewer.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace latent {

/// Always a batch of one: the same point gives the same bits wherever it was typed, dragged or saved.
PointFrame answerPoint(const PointRequest& request, const Viewer& viewer);

ReconstructFrame answerReconstructions(const ReconstructRequest& request, const Viewer& viewer);

/// A plane in progress. All its frames are of the weights it began with.
class TilesWork {
 public:
  TilesWork(TilesRequest request, std::shared_ptr<const Weights> weights);

  const RequestHead& head() const { return m_request.head; }
  const std::shared_ptr<const Weights>& weights() const { return m_weights; }
  /// Decodes the next chunk with a viewer that holds weights(). A frame when it completes a grid.
  std::optional<TilesFrame> advance(const Viewer& viewer);
  bool done() const { return m_level == m_grids.size(); }
  TilesFrame failed(const std::string& error) const;

 private:
  TilesRequest m_request;
  std::shared_ptr<const Weights> m_weights;
  std::vector<TileGrid> m_grids;
  size_t m_level = 0;
  int64_t m_decoded = 0; ///< tiles of m_grids[m_level]
  std::vector<uint8_t> m_pixels;
};

/// The encoding of a split in progress.
class EncodeWork {
 public:
  EncodeWork(EncodeRequest request, std::shared_ptr<const Weights> weights);

  const RequestHead& head() const { return m_request.head; }
  const std::shared_ptr<const Weights>& weights() const { return m_weights; }
  /// Encodes the next chunk with a viewer that holds weights(). The frame when it was the last.
  std::optional<EncodeFrame> advance(const Viewer& viewer);
  EncodeFrame failed(const std::string& error) const;

 private:
  EncodeRequest m_request;
  std::shared_ptr<const Weights> m_weights;
  Encoded m_points;
};

} // namespace latent
