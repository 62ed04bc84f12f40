#include "core/explore/codebook_work.h"

#include "core/explore/support.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace latent {

namespace {

constexpr int64_t imagesAPiece = 100;

/// [K, 2]: the vectors, less their mean, along their two main directions; of one dimension, along it. Empty
/// where the directions cannot be computed (a build without OpenCV, a single code).
std::vector<float> embedded(const Encoded& codes) {
  MainDirections main;
  if (codes.latent == 1) {
    const double sum = std::accumulate(codes.mu.begin(), codes.mu.end(), 0.0);
    main = {{static_cast<float>(sum / static_cast<double>(codes.count))}, {1}, {0}};
  } else {
    auto found = mainDirections(codes);
    if (!found) return {};
    main = *std::move(found);
  }
  const auto size = static_cast<size_t>(codes.latent);
  std::vector<float> points;
  for (size_t code = 0; code < static_cast<size_t>(codes.count); ++code) {
    for (const std::vector<float>* direction : {&main.first, &main.second}) {
      double along = 0;
      for (size_t j = 0; j < size; ++j)
        along += (double{codes.mu[code * size + j]} - main.mean[j]) * (*direction)[j];
      points.push_back(static_cast<float>(along));
    }
  }
  return points;
}

} // namespace

double perplexityOf(const std::vector<int64_t>& counts) {
  const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), int64_t{0}));
  if (total <= 0) return 0;
  double entropy = 0;
  for (const int64_t count : counts) {
    const double share = static_cast<double>(count) / total;
    if (share > 0) entropy -= share * std::log(share);
  }
  return std::exp(entropy);
}

std::optional<CodebookFrame> CodebookWork::advance(const Viewer& viewer) {
  const std::optional<TokenShape> shape = viewer.tokenShape();
  if (!shape) throw std::runtime_error("This model has no codebook: its latents are coordinates.");
  const int64_t total = imagesAsked(m_request.split, m_request.limit, viewer.spec());
  m_used.resize(static_cast<size_t>(shape->codes));
  const int64_t n = std::min(imagesAPiece, total - m_encoded);
  if (n > 0) {
    for (const int64_t token : viewer.tokens(readImages(*m_request.split, m_encoded, n, viewer.spec()), n))
      ++m_used[static_cast<size_t>(token)];
    m_encoded += n;
  }
  if (m_encoded < total) return std::nullopt;
  return finished(viewer, *shape);
}

CodebookFrame CodebookWork::finished(const Viewer& viewer, const TokenShape& shape) {
  CodebookFrame frame = makeFrame();
  frame.codes = shape.codes;
  frame.dimension = shape.dimension;
  frame.vectors = viewer.codebook();
  if (!std::all_of(frame.vectors.begin(), frame.vectors.end(), [](float v) { return std::isfinite(v); }))
    throw std::runtime_error("The codebook holds values that are no numbers: its training has diverged.");
  frame.embedding = embedded({shape.codes, static_cast<int>(shape.dimension), frame.vectors, {}});
  frame.perplexity = perplexityOf(m_used);
  frame.used = std::move(m_used);
  return frame;
}

} // namespace latent
