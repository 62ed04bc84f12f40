// Joins the viewing thread to the window: requests in, frames out as signals on the GUI thread.
#pragma once

#include "core/base/frames.h"
#include "core/base/model_spec.h"
#include "core/base/weights.h"

#include <QObject>

#include <memory>

namespace latent {
class Explorer;
}

namespace latent::ui {

/// Frames older than what a view already received are dropped here, so views never go backwards.
class ExplorerBridge : public QObject {
  Q_OBJECT
 public:
  explicit ExplorerBridge(QObject* parent = nullptr);
  ~ExplorerBridge() override;

  void setSource(const SourceId& source, const ModelSpec& spec, std::shared_ptr<const Weights> weights);
  void removeSource(const SourceId& source);
  bool hasSource(const SourceId& source) const;

  ViewId newView();
  void requestPoint(ViewId view, const SourceId& source, const LatentPoint& z);
  void requestTiles(ViewId view, const SourceId& source, const PlaneAxes& axes, const TileGrid& finest);
  void requestReconstructions(ViewId view, const SourceId& source, std::vector<Image> inputs);
  void requestEncoding(ViewId view, const SourceId& source, std::shared_ptr<const Split> split,
                       int64_t limit);
  void requestImages(ViewId view, const SourceId& source, std::vector<float> z, int64_t count);
  void requestMagnification(ViewId view, const SourceId& source, const PlaneAxes& axes, const TileGrid& grid);
  /// Of the request everything but its head.
  void requestTokens(ViewId view, const SourceId& source, TokensRequest request);
  void requestCodebook(ViewId view, const SourceId& source, std::shared_ptr<const Split> split,
                       int64_t limit);
  void cancel(ViewId view);

 signals:
  void sourceChanged(const latent::SourceId& source); ///< new weights: views ask anew
  void pointReady(const latent::PointFrame& frame);
  void tilesReady(const latent::TilesFrame& frame);
  void reconstructionsReady(const latent::ReconstructFrame& frame);
  void encodingReady(const latent::EncodeFrame& frame);
  void imagesReady(const latent::ImagesFrame& frame);
  void magnificationReady(const latent::MagnificationFrame& frame);
  void tokensReady(const latent::TokensFrame& frame);
  void codebookReady(const latent::CodebookFrame& frame);

 private:
  void drain();
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
