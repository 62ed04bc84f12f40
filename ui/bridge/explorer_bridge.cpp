#include "ui/bridge/explorer_bridge.h"

#include "core/explore/explorer.h"
#include "ui/bridge/request_lanes.h"

#include <atomic>
#include <map>
#include <set>
#include <utility>

namespace latent::ui {

namespace {

struct Lanes {
  RequestLane<PointRequest> points;
  RequestLane<ReconstructRequest> reconstructions;
  TilesLane tiles;
  EncodeLane encodings;
  ImagesLane images;
  MagnificationLane magnifications;
  RequestLane<TokensRequest> tokens;
  CodebookLane codebooks;

  void cancel() {
    points.cancel();
    reconstructions.cancel();
    tiles.cancel();
    encodings.cancel();
    images.cancel();
    magnifications.cancel();
    tokens.cancel();
    codebooks.cancel();
  }
};

} // namespace

struct ExplorerBridge::Impl {
  std::map<ViewId, Lanes> views;
  std::set<SourceId> sources;
  ViewId lastView = 0;
  uint64_t lastGeneration = 0;

  std::atomic<bool> drainPosted = false; ///< many frames, one event
  std::unique_ptr<Explorer> explorer;    // last: its thread ends before what it uses goes

  RequestHead head(ViewId view, const SourceId& source) { return {view, ++lastGeneration, source}; }

  template<class Request>
  void post(std::optional<Request> request) {
    if (request) explorer->request(*std::move(request));
  }

  /// Posts what waited for requests that are answered now.
  template<class Frame, class Lane>
  void goOn(const std::vector<Frame>& frames, Lane Lanes::*kind) {
    for (const Frame& frame : frames) post((views[frame.head.view].*kind).finished(frame.head));
  }

  /// Hands the frames on that their lanes accept. Of those that came together, one view needs the last only.
  template<class Frame, class Lane, class Emit>
  void show(std::vector<Frame> frames, Lane Lanes::*kind, Emit emitFrame) {
    std::map<ViewId, const Frame*> newest;
    for (const Frame& frame : frames) {
      const auto view = views.find(frame.head.view);
      if (view != views.end() && accepts(view->second.*kind, frame)) newest[frame.head.view] = &frame;
    }
    for (const auto& [view, frame] : newest) {
      Lane& lane = views[view].*kind;
      if (!accepts(lane, *frame)) continue; // a slot that was just called may have cancelled it
      markShown(lane, *frame);
      emitFrame(*frame);
    }
  }

  template<class Lane, class Frame>
  static bool accepts(const Lane& lane, const Frame& frame) {
    if constexpr (std::is_same_v<Frame, TilesFrame>) {
      return lane.accepts(frame);
    } else {
      return lane.accepts(frame.head);
    }
  }
  template<class Lane, class Frame>
  static void markShown(Lane& lane, const Frame& frame) {
    if constexpr (std::is_same_v<Frame, TilesFrame>) {
      lane.shown(frame);
    } else {
      lane.shown(frame.head);
    }
  }
};

ExplorerBridge::ExplorerBridge(QObject* parent) : QObject(parent), m_impl(std::make_unique<Impl>()) {
  m_impl->explorer = std::make_unique<Explorer>([this, impl = m_impl.get()] {
    if (!impl->drainPosted.exchange(true))
      QMetaObject::invokeMethod(this, &ExplorerBridge::drain, Qt::QueuedConnection);
  });
}

ExplorerBridge::~ExplorerBridge() {
  m_impl->explorer.reset(); // joins: nobody posts to this object any more
}

void ExplorerBridge::setSource(const SourceId& source, const ModelSpec& spec,
                               std::shared_ptr<const Weights> weights) {
  m_impl->sources.insert(source);
  m_impl->explorer->setSource(source, spec, std::move(weights));
  emit sourceChanged(source);
}

void ExplorerBridge::removeSource(const SourceId& source) {
  m_impl->sources.erase(source);
  m_impl->explorer->removeSource(source);
}

bool ExplorerBridge::hasSource(const SourceId& source) const {
  return m_impl->sources.contains(source);
}

ViewId ExplorerBridge::newView() {
  m_impl->views[++m_impl->lastView];
  return m_impl->lastView;
}

void ExplorerBridge::requestPoint(ViewId view, const SourceId& source, const LatentPoint& z) {
  m_impl->explorer->request(m_impl->views[view].points.ask({m_impl->head(view, source), z}));
}

void ExplorerBridge::requestTiles(ViewId view, const SourceId& source, const PlaneAxes& axes,
                                  const TileGrid& finest) {
  m_impl->post(m_impl->views[view].tiles.ask({m_impl->head(view, source), axes, finest}));
}

void ExplorerBridge::requestReconstructions(ViewId view, const SourceId& source, std::vector<Image> inputs) {
  m_impl->explorer->request(
      m_impl->views[view].reconstructions.ask({m_impl->head(view, source), std::move(inputs)}));
}

void ExplorerBridge::requestEncoding(ViewId view, const SourceId& source, std::shared_ptr<const Split> split,
                                     int64_t limit) {
  m_impl->post(m_impl->views[view].encodings.ask({m_impl->head(view, source), std::move(split), limit}));
}

void ExplorerBridge::requestImages(ViewId view, const SourceId& source, std::vector<float> z, int64_t count) {
  m_impl->post(m_impl->views[view].images.ask({m_impl->head(view, source), std::move(z), count}));
}

void ExplorerBridge::requestMagnification(ViewId view, const SourceId& source, const PlaneAxes& axes,
                                          const TileGrid& grid) {
  m_impl->post(m_impl->views[view].magnifications.ask({m_impl->head(view, source), axes, grid}));
}

void ExplorerBridge::requestTokens(ViewId view, const SourceId& source, TokensRequest request) {
  request.head = m_impl->head(view, source);
  m_impl->explorer->request(m_impl->views[view].tokens.ask(std::move(request)));
}

void ExplorerBridge::requestCodebook(ViewId view, const SourceId& source, std::shared_ptr<const Split> split,
                                     int64_t limit) {
  m_impl->post(m_impl->views[view].codebooks.ask({m_impl->head(view, source), std::move(split), limit}));
}

void ExplorerBridge::cancel(ViewId view) {
  m_impl->views[view].cancel();
  m_impl->explorer->cancelView(view);
}

void ExplorerBridge::drain() {
  m_impl->drainPosted = false; // first: a frame that comes from here on posts another event
  auto points = m_impl->explorer->drainPoints();
  auto reconstructions = m_impl->explorer->drainReconstructions();
  auto tiles = m_impl->explorer->drainTiles();
  auto encodings = m_impl->explorer->drainEncodings();
  auto images = m_impl->explorer->drainImages();
  auto magnifications = m_impl->explorer->drainMagnifications();
  auto tokens = m_impl->explorer->drainTokens();
  auto codebooks = m_impl->explorer->drainCodebooks();

  // What waits for these goes out before anybody looks at them: the viewing thread need not idle meanwhile.
  for (const TilesFrame& frame : tiles)
    if (frame.last) m_impl->post(m_impl->views[frame.head.view].tiles.finished(frame.head));
  m_impl->goOn(encodings, &Lanes::encodings);
  m_impl->goOn(images, &Lanes::images);
  m_impl->goOn(magnifications, &Lanes::magnifications);
  m_impl->goOn(codebooks, &Lanes::codebooks);

  m_impl->show(std::move(points), &Lanes::points,
               [this](const PointFrame& frame) { emit pointReady(frame); });
  m_impl->show(std::move(reconstructions), &Lanes::reconstructions,
               [this](const ReconstructFrame& frame) { emit reconstructionsReady(frame); });
  m_impl->show(std::move(tokens), &Lanes::tokens,
               [this](const TokensFrame& frame) { emit tokensReady(frame); });
  m_impl->show(std::move(images), &Lanes::images,
               [this](const ImagesFrame& frame) { emit imagesReady(frame); });
  m_impl->show(std::move(tiles), &Lanes::tiles, [this](const TilesFrame& frame) { emit tilesReady(frame); });
  m_impl->show(std::move(encodings), &Lanes::encodings,
               [this](const EncodeFrame& frame) { emit encodingReady(frame); });
  m_impl->show(std::move(codebooks), &Lanes::codebooks,
               [this](const CodebookFrame& frame) { emit codebookReady(frame); });
  m_impl->show(std::move(magnifications), &Lanes::magnifications,
               [this](const MagnificationFrame& frame) { emit magnificationReady(frame); });
}

} // namespace latent::ui
