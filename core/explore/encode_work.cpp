#include "core/explore/encode_work.h"

#include "core/data/dataset.h"

#include <algorithm>

namespace latent {

namespace {
constexpr int64_t imagesAPiece = 500;
}

void append(const Encoded& more, Encoded& all) {
  all.latent = more.latent;
  all.count += more.count;
  all.mu.insert(all.mu.end(), more.mu.begin(), more.mu.end());
  all.logVar.insert(all.logVar.end(), more.logVar.begin(), more.logVar.end());
}

std::optional<EncodeFrame> EncodeWork::advance(const Viewer& viewer) {
  const int64_t total = imagesAsked(m_request.split, m_request.limit, viewer.spec());
  const int64_t n = std::min(imagesAPiece, total - m_points.count);
  m_points.latent = viewer.latentSize();
  if (n > 0)
    append(viewer.encode(readImages(*m_request.split, m_points.count, n, viewer.spec()), n), m_points);
  if (m_points.count < total) return std::nullopt;

  auto labels = std::make_shared<std::vector<int64_t>>(static_cast<size_t>(total));
  for (int64_t i = 0; i < total; ++i) (*labels)[static_cast<size_t>(i)] = m_request.split->label(i);
  EncodeFrame frame = makeFrame();
  frame.points = std::move(m_points);
  frame.labels = std::move(labels);
  return frame;
}

} // namespace latent
