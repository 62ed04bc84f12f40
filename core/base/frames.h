// What views ask of the viewing thread and what comes back: plain values that cross threads.
#pragma once

#include "core/base/image.h"
#include "core/base/latent_point.h"
#include "core/base/plane_frame.h"

#include <cstdint>
#include <memory>
#include <optional>
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

/// Images of many points at once: strips, paths, noise, samples. Answered in one frame, computed in chunks.
struct ImagesRequest {
  RequestHead head;
  std::vector<float> z; ///< [count, K] row-major
  int64_t count = 0;
};

/// How strongly the decoder answers to a step along each plane axis: the largest singular value of the
/// [pixels, 2] Jacobian of x̂ over the plane coordinates (a, b), at the centre of each cell of `grid`.
struct MagnificationRequest {
  RequestHead head;
  PlaneAxes axes;
  TileGrid grid;
};

/// The map of codes of an image, or the image of a map; for models whose latents are tokens.
struct TokensRequest {
  RequestHead head;
  Image input;                 ///< is encoded, unless it is empty
  std::vector<int64_t> tokens; ///< [rows, columns], used without an input; may be empty if drawFrom is 0
  /// Cells from this one on (counted row by row) are drawn from the prior over tokens, given those before.
  std::optional<int64_t> drawFrom;
  uint64_t seed = 1;
  double temperature = 1; ///< above 0, divides the logits
};

/// The codebook, and how often a split uses each of its codes.
struct CodebookRequest {
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

struct ImagesFrame {
  RequestHead head;
  int64_t step = 0;
  std::vector<float> z; ///< as asked
  int64_t count = 0;
  ImageShape shape;
  std::vector<float> pixels; ///< [count, C, H, W] in [0,1]
  std::string error;
};
struct MagnificationFrame {
  RequestHead head;
  int64_t step = 0;
  PlaneAxes axes;
  TileGrid grid;
  std::vector<float> values; ///< [rows, columns], row 0 = lowest second coordinate
  std::string error;
};
struct TokensFrame {
  RequestHead head;
  int64_t step = 0;
  int rows = 0, columns = 0; ///< of the map
  int64_t codes = 0;         ///< K of the codebook
  bool hasPrior = false;     ///< over tokens: cells can be drawn
  std::vector<int64_t> tokens;
  Image input; ///< as the model saw it; empty where there was none
  Image image; ///< decoded from the tokens
  std::string error;
};
struct CodebookFrame {
  RequestHead head;
  int64_t step = 0;
  int64_t codes = 0, dimension = 0;
  std::vector<float> vectors; ///< [codes, dimension]
  std::vector<int64_t> used;  ///< how many cells of the split's maps each code fills
  double perplexity = 0;      ///< exp of the entropy of these shares
  /// [codes, 2]: the vectors, less their mean, along their two main directions. Empty where these cannot be
  /// computed (no OpenCV in the build).
  std::vector<float> embedding;
  std::string error;
};

} // namespace latent
