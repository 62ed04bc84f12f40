#include "core/explore/answers.h"

#include "core/data/dataset.h"
#include "core/explore/tile_grids.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace latent {

namespace {

constexpr int64_t encodeChunk = 500;
constexpr int64_t reconstructChunk = 100;

/// So many images that a point waits less than 3 ms for them with the built-in dense models on two cores.
int64_t tilesChunk(const ImageShape& shape) {
  return std::clamp<int64_t>(int64_t{100} * 784 / std::max<int64_t>(1, shape.pixels()), 8, 100);
}

std::string describe(const ImageShape& shape) {
  return std::to_string(shape.channels) + "x" + std::to_string(shape.height) + "x" +
         std::to_string(shape.width);
}

void append(const Encoded& more, Encoded& all) {
  all.latent = more.latent;
  all.count += more.count;
  all.mu.insert(all.mu.end(), more.mu.begin(), more.mu.end());
  all.logVar.insert(all.logVar.end(), more.logVar.begin(), more.logVar.end());
}

} // namespace

PointFrame answerPoint(const PointRequest& request, const Viewer& viewer) {
  if (request.z.size() != static_cast<size_t>(viewer.latentSize()))
    throw std::runtime_error("This point has " + std::to_string(request.z.size()) +
                             " coordinates, but the model has " + std::to_string(viewer.latentSize()) +
                             " latents.");
  std::vector<float> pixels = viewer.decode(request.z, 1);
  if (!std::ranges::all_of(pixels, [](float value) { return std::isfinite(value); }))
    throw std::runtime_error(
        "The decoder gives no finite image here: the point lies too far outside of the data.");
  return {request.head, viewer.weights()->step, request.z, {viewer.spec().shape, std::move(pixels)}, {}};
}

ReconstructFrame answerReconstructions(const ReconstructRequest& request, const Viewer& viewer) {
  const ImageShape& shape = viewer.spec().shape;
  const auto pixels = static_cast<size_t>(shape.pixels());
  ReconstructFrame frame{request.head, viewer.weights()->step, {}, {}, {0, viewer.latentSize(), {}, {}}, {}};
  for (const Image& input : request.inputs)
    if (input.shape != shape || input.pixels.size() != pixels)
      throw std::runtime_error("This image is " + describe(input.shape) + ", but the model reads " +
                               describe(shape) + " (channels x height x width).");

  const auto count = static_cast<int64_t>(request.inputs.size());
  for (int64_t first = 0; first < count; first += reconstructChunk) {
    const int64_t n = std::min(reconstructChunk, count - first);
    std::vector<float> seen;
    seen.reserve(static_cast<size_t>(n) * pixels);
    for (int64_t i = first; i < first + n; ++i) {
      const Image& input = request.inputs[static_cast<size_t>(i)];
      seen.insert(seen.end(), input.pixels.begin(), input.pixels.end());
    }
    applyPixelMode(viewer.spec(), seen);
    const Encoded posteriors = viewer.encode(seen, n);
    const std::vector<float> outputs = viewer.decode(posteriors.mu, n);
    for (size_t i = 0; i < static_cast<size_t>(n); ++i) {
      const auto from = static_cast<std::ptrdiff_t>(i * pixels),
                 to = from + static_cast<std::ptrdiff_t>(pixels);
      frame.inputs.push_back({shape, {seen.begin() + from, seen.begin() + to}});
      frame.outputs.push_back({shape, {outputs.begin() + from, outputs.begin() + to}});
    }
    append(posteriors, frame.posteriors);
  }
  return frame;
}

TilesWork::TilesWork(TilesRequest request, std::shared_ptr<const Weights> weights)
    : m_request(std::move(request)), m_weights(std::move(weights)) {}

std::optional<TilesFrame> TilesWork::advance(const Viewer& viewer) {
  if (m_grids.empty()) {
    const std::string problem = tilesProblem(m_request.finest, m_request.axes, viewer.latentSize());
    if (!problem.empty()) throw std::runtime_error(problem);
    m_grids = coarseToFine(m_request.finest);
  }
  const ImageShape& shape = viewer.spec().shape;
  const TileGrid& grid = m_grids[m_level];
  const int64_t tiles = int64_t{grid.rows} * grid.columns;
  const int64_t n = std::min(tilesChunk(shape), tiles - m_decoded);
  if (m_decoded == 0) m_pixels.reserve(static_cast<size_t>(tiles * shape.pixels()));
  appendBytes(viewer.decode(tilePoints(grid, m_request.axes, m_decoded, n), n), m_pixels);
  m_decoded += n;
  if (m_decoded < tiles) return std::nullopt;

  ++m_level;
  m_decoded = 0;
  return TilesFrame{
      m_request.head, m_weights->step, m_request.axes, grid, shape, std::exchange(m_pixels, {}), done(), {}};
}

TilesFrame TilesWork::failed(const std::string& error) const {
  return {m_request.head, m_weights ? m_weights->step : 0, m_request.axes, m_request.finest, {}, {}, true,
          error};
}

EncodeWork::EncodeWork(EncodeRequest request, std::shared_ptr<const Weights> weights)
    : m_request(std::move(request)), m_weights(std::move(weights)) {}

std::optional<EncodeFrame> EncodeWork::advance(const Viewer& viewer) {
  if (!m_request.split)
    throw std::runtime_error("There are no images to encode: the data set is not loaded.");
  const Split& split = *m_request.split;
  const ImageShape shape = split.shape();
  if (shape != viewer.spec().shape)
    throw std::runtime_error("The images are " + describe(shape) + ", but the model reads " +
                             describe(viewer.spec().shape) + " (channels x height x width).");
  const int64_t total = m_request.limit > 0 ? std::min(m_request.limit, split.size()) : split.size();
  const int64_t n = std::min(encodeChunk, total - m_points.count);

  m_points.latent = viewer.latentSize();
  if (n > 0) {
    std::vector<int64_t> indices(static_cast<size_t>(n));
    std::iota(indices.begin(), indices.end(), m_points.count);
    std::vector<uint8_t> bytes(static_cast<size_t>(n * shape.pixels()));
    split.read(indices, bytes.data());
    std::vector<float> images(bytes.size());
    std::transform(bytes.begin(), bytes.end(), images.begin(),
                   [](uint8_t value) { return static_cast<float>(value) / 255.0f; });
    applyPixelMode(viewer.spec(), images);
    append(viewer.encode(images, n), m_points);
  }
  if (m_points.count < total) return std::nullopt;

  auto labels = std::make_shared<std::vector<int64_t>>(static_cast<size_t>(total));
  for (int64_t i = 0; i < total; ++i) (*labels)[static_cast<size_t>(i)] = split.label(i);
  return EncodeFrame{m_request.head, m_weights->step, std::move(m_points), std::move(labels), {}};
}

EncodeFrame EncodeWork::failed(const std::string& error) const {
  return {m_request.head, m_weights ? m_weights->step : 0, {}, nullptr, error};
}

} // namespace latent
