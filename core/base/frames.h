// What views ask of the viewing thread and what comes back: plain values that cross threads.
#pragma once

#include "core/base/image.h"
#include "core/base/latent_point.h"
#include "core/base/plane_frame.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace latent {

class Split;

/// Posteriors of n images: mu and logVar are [n, K] row-major; logVar is empty for families without a
/// posterior.
struct Encoded {
  int64_t count = 0;
  int latent = 0;
  std::vector<float> mu;
  std::vector<float> logVar;
};

struct LatentSummary {
  std::vector<float> mean; ///< [K] of the codes
  std::vector<float>
      spread; ///< [K] standard deviation of z_j drawn from q(z|x) over the split (AE: of its codes)
};

struct Support {
  double density =
      0; ///< kernel density of the codes at z, relative to the median density at the codes themselves
  double priorRadius = 0; ///< |z|: with K latents the prior's mass lies near sqrt(K)
};

using SourceId = std::string; ///< names a model among those being viewed: the run's id
using ViewId = int;           ///< names a place on the screen; each has one slot of each kind of request

/// Which weights a request is about and where its answer goes. `generation` grows with each request of a
/// view.
struct RequestHead {
  ViewId view = 0;
  uint64_t generation = 0;
  SourceId source;
};

/// Image of one latent point.
struct PointRequest {
  RequestHead head;
  LatentPoint z;
};

/// z = origin + a * axis1 + b * axis2 for plane coordinates (a, b): two latents, or two main directions.
struct PlaneAxes {
  LatentPoint origin, axis1, axis2;
  bool operator==(const PlaneAxes&) const = default;
};

/// Tiles of the plane, coarse to fine: frames with growing grids arrive until `finest` is done or a newer
/// request replaces this one. Between two chunks of tiles, point and reconstruction requests go first.
struct TilesRequest {
  RequestHead head;
  PlaneAxes axes;
  TileGrid finest;
};

/// Reconstructions and posteriors of some images.
struct ReconstructRequest {
  RequestHead head;
  std::vector<Image> inputs;
};

/// Posteriors of a whole split (the plane's points); answered in one frame, computed in chunks.
struct EncodeRequest {
  RequestHead head;
  std::shared_ptr<const Split> split;
  int64_t limit = 0; /* 0 = all */
};

struct PointFrame {
  RequestHead head;
  int64_t step = 0; ///< of the weights
  LatentPoint z;
  Image image;
  std::string error; ///< painted on the image; "" = fine
};
struct TilesFrame {
  RequestHead head;
  int64_t step = 0;
  PlaneAxes axes;
  TileGrid grid; ///< of this frame
  ImageShape shape;
  std::vector<uint8_t> pixels; ///< [rows, columns, C, H, W], row 0 = lowest second coordinate, 0..255
  bool last = false;           ///< the finest of its request
  std::string error;
};
struct ReconstructFrame {
  RequestHead head;
  int64_t step = 0;
  std::vector<Image> inputs; ///< as the model saw them (pixel mode applied)
  std::vector<Image> outputs;
  Encoded posteriors;
  std::string error;
};
struct EncodeFrame {
  RequestHead head;
  int64_t step = 0;
  Encoded points;
  std::shared_ptr<const std::vector<int64_t>> labels;
  std::string error;
};

} // namespace latent
