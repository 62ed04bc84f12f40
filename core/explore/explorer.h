// The viewing thread: decodes what the window asks for, newest request first, stale ones dropped. No torch
// here.
#pragma once

#include "core/base/frames.h"
#include "core/base/model_spec.h"
#include "core/base/weights.h"

#include <functional>
#include <memory>
#include <vector>

namespace latent {

/// Requests may be posted and frames drained from any thread; each returns at once. A request replaces the
/// one of the same view and kind that has not begun. Order of work: points, tokens,
/// reconstructions, images, tiles, encodings, codebooks, magnification.
class Explorer {
 public:
  /// `wake` is called on the explorer's thread after frames were appended: it should only post to an event
  /// loop.
  explicit Explorer(std::function<void()> wake);
  ~Explorer();
  Explorer(const Explorer&) = delete;
  Explorer& operator=(const Explorer&) = delete;

  /// Newest weights of a source; cheap (a pointer), the replica copies them before its next request.
  void setSource(const SourceId& source, const ModelSpec& spec, std::shared_ptr<const Weights> weights);
  void removeSource(const SourceId& source);

  void request(PointRequest request);
  void request(TilesRequest request);
  void request(ReconstructRequest request);
  void request(EncodeRequest request);
  void request(ImagesRequest request);
  void request(MagnificationRequest request);
  void request(TokensRequest request);
  void request(CodebookRequest request);
  void cancelView(ViewId view); ///< forgets what the view still waits for

  std::vector<PointFrame> drainPoints();
  std::vector<TilesFrame> drainTiles();
  std::vector<ReconstructFrame> drainReconstructions();
  std::vector<EncodeFrame> drainEncodings();
  std::vector<ImagesFrame> drainImages();
  std::vector<MagnificationFrame> drainMagnifications();
  std::vector<TokensFrame> drainTokens();
  std::vector<CodebookFrame> drainCodebooks();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent
