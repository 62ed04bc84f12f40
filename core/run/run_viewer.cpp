#include "core/run/run_viewer.h"

#include "core/explore/encode_work.h"
#include "core/models/compute.h"

#include <algorithm>

namespace latent {
namespace {

constexpr int64_t decodeChunk = 100;
constexpr int64_t encodeChunk = 500;

Error cancelled() {
  return {Fault::interrupted, "Cancelled."};
}

} // namespace

Result<Viewer> openViewer(const RunFolder& run, std::optional<int64_t> step) {
  prepareComputeThread();
  auto weights = run.weights(step);
  if (!weights) return weights.error();
  auto viewer = Viewer::create(run.record().spec);
  if (!viewer) return viewer;
  if (const Status status = viewer->setWeights(std::move(*weights)); !status) return status.error();
  return viewer;
}

Result<EncodeFrame> encodeSplit(const Viewer& viewer, std::shared_ptr<const Split> split, int64_t limit,
                                JobControl& control) {
  if (split->shape() != viewer.spec().shape)
    return inputError(
        "The images have another shape than the model reads; use the data set it was trained on.");
  EncodeWork work({RequestHead(), std::move(split), limit}, viewer.weights());
  while (!control.cancelled())
    if (auto frame = work.advance(viewer)) return std::move(*frame);
  return cancelled();
}

Result<Encoded> encodeImages(const Viewer& viewer, const std::vector<float>& images, JobControl& control) {
  const int64_t pixels = viewer.spec().shape.pixels();
  Encoded all{static_cast<int64_t>(images.size()) / pixels, viewer.latentSize(), {}, {}};
  for (int64_t first = 0; first < all.count; first += encodeChunk) {
    if (control.cancelled()) return cancelled();
    const int64_t n = std::min(encodeChunk, all.count - first);
    std::vector<float> chunk(images.begin() + first * pixels, images.begin() + (first + n) * pixels);
    applyPixelMode(viewer.spec(), chunk);
    const Encoded part = viewer.encode(chunk, n);
    all.mu.insert(all.mu.end(), part.mu.begin(), part.mu.end());
    all.logVar.insert(all.logVar.end(), part.logVar.begin(), part.logVar.end());
  }
  return all;
}

Result<std::vector<float>> decodeAll(const Viewer& viewer, const std::vector<float>& z, JobControl& control) {
  const auto latent = static_cast<int64_t>(viewer.latentSize());
  const int64_t count = static_cast<int64_t>(z.size()) / latent;
  std::vector<float> images;
  images.reserve(static_cast<size_t>(count * viewer.spec().shape.pixels()));
  for (int64_t first = 0; first < count; first += decodeChunk) {
    if (control.cancelled()) return cancelled();
    const int64_t n = std::min(decodeChunk, count - first);
    const auto chunk = viewer.decode(
        std::span(z).subspan(static_cast<size_t>(first * latent), static_cast<size_t>(n * latent)), n);
    images.insert(images.end(), chunk.begin(), chunk.end());
    control.setProgress(static_cast<double>(first + n) / static_cast<double>(count));
  }
  return images;
}

} // namespace latent
