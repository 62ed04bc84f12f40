#include "core/explore/explorer.h"

#include "core/base/drain_buffer.h"
#include "core/explore/answers.h"
#include "core/explore/replicas.h"
#include "core/explore/view_queue.h"
#include "core/models/compute.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <utility>

namespace latent {

namespace {

struct Source {
  ModelSpec spec;
  std::shared_ptr<const Weights> weights;
};

/// One sentence for the place where the image would be.
template<class Function>
std::string errorOf(Function&& function) {
  try {
    function();
    return {};
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "Viewing failed for an unknown reason.";
  }
}

} // namespace

struct Explorer::Impl {
  explicit Impl(std::function<void()> wakeFunction) : wake(std::move(wakeFunction)) {}

  std::function<void()> wake;

  std::mutex mutex; // guards the block below
  std::condition_variable_any posted;
  std::map<SourceId, std::shared_ptr<const Source>> sources;
  bool sourcesRemoved = false;
  ViewQueue<PointRequest> points;
  ViewQueue<ReconstructRequest> reconstructions;
  ViewQueue<TilesRequest> tiles;
  ViewQueue<EncodeRequest> encodings;

  DrainBuffer<PointFrame> pointFrames;
  DrainBuffer<TilesFrame> tilesFrames;
  DrainBuffer<ReconstructFrame> reconstructFrames;
  DrainBuffer<EncodeFrame> encodeFrames;

  // Of the viewing thread alone.
  Replicas replicas;
  std::optional<TilesWork> tilesWork;
  std::optional<EncodeWork> encodeWork;

  std::jthread thread; // last: joins before what it uses goes

  template<class Queue, class Request>
  void post(Queue& queue, Request request) {
    {
      std::lock_guard lock(mutex);
      queue.put(std::move(request));
    }
    posted.notify_one();
  }

  template<class Frame>
  void deliver(DrainBuffer<Frame>& frames, Frame frame) {
    frames.append(std::move(frame));
    wake();
  }

  std::shared_ptr<const Source> findSource(const SourceId& id) const {
    const auto found = sources.find(id);
    return found == sources.end() ? nullptr : found->second;
  }

  const Viewer& viewerOf(const SourceId& id, const std::shared_ptr<const Source>& source,
                         const std::shared_ptr<const Weights>& weights) {
    if (!source) throw std::runtime_error("This run is no longer open: choose it again in the list of runs.");
    if (!weights) throw std::runtime_error("This run has no weights yet.");
    return replicas.get(id, source->spec, weights);
  }

  bool hasWork() const {
    return tilesWork || encodeWork || !points.empty() || !reconstructions.empty() || !tiles.empty() ||
           !encodings.empty() || sourcesRemoved;
  }

  void run(const std::stop_token& stop);
  void workOnce(std::unique_lock<std::mutex>& lock);
  void answer(const PointRequest& request, const std::shared_ptr<const Source>& source);
  void answer(const ReconstructRequest& request, const std::shared_ptr<const Source>& source);
  void advanceTiles(const std::shared_ptr<const Source>& source);
  void advanceEncoding(const std::shared_ptr<const Source>& source);
};

void Explorer::Impl::run(const std::stop_token& stop) {
  prepareComputeThread();
  std::unique_lock lock(mutex);
  while (posted.wait(lock, stop, [this] { return hasWork(); })) {
    if (stop.stop_requested()) return;
    workOnce(lock);
  }
}

/// Does the most urgent piece of work; what comes in meanwhile is seen before the next piece.
void Explorer::Impl::workOnce(std::unique_lock<std::mutex>& lock) {
  if (std::exchange(sourcesRemoved, false))
    replicas.remove([this](const SourceId& id) { return !sources.contains(id); });
  if (tilesWork && tiles.isStale(tilesWork->head())) tilesWork.reset();
  if (encodeWork && encodings.isStale(encodeWork->head())) encodeWork.reset();

  if (const auto point = points.take()) {
    const auto source = findSource(point->head.source);
    lock.unlock();
    answer(*point, source);
  } else if (const auto inputs = reconstructions.take()) {
    const auto source = findSource(inputs->head.source);
    lock.unlock();
    answer(*inputs, source);
  } else if (tilesWork || !tiles.empty()) {
    auto fresh = tilesWork ? std::nullopt : tiles.take();
    const auto source = findSource(fresh ? fresh->head.source : tilesWork->head().source);
    lock.unlock();
    if (fresh) tilesWork.emplace(*std::move(fresh), source ? source->weights : nullptr);
    advanceTiles(source);
  } else if (encodeWork || !encodings.empty()) {
    auto fresh = encodeWork ? std::nullopt : encodings.take();
    const auto source = findSource(fresh ? fresh->head.source : encodeWork->head().source);
    lock.unlock();
    if (fresh) encodeWork.emplace(*std::move(fresh), source ? source->weights : nullptr);
    advanceEncoding(source);
  } else {
    return;
  }
  lock.lock();
}

void Explorer::Impl::answer(const PointRequest& request, const std::shared_ptr<const Source>& source) {
  PointFrame frame{request.head, 0, request.z, {}, {}};
  const std::string error = errorOf([&] {
    frame = answerPoint(request, viewerOf(request.head.source, source, source ? source->weights : nullptr));
  });
  frame.error = error;
  deliver(pointFrames, std::move(frame));
}

void Explorer::Impl::answer(const ReconstructRequest& request, const std::shared_ptr<const Source>& source) {
  ReconstructFrame frame{request.head, 0, request.inputs, {}, {}, {}};
  const std::string error = errorOf([&] {
    frame = answerReconstructions(request,
                                  viewerOf(request.head.source, source, source ? source->weights : nullptr));
  });
  frame.error = error;
  deliver(reconstructFrames, std::move(frame));
}

void Explorer::Impl::advanceTiles(const std::shared_ptr<const Source>& source) {
  std::optional<TilesFrame> frame;
  const std::string error = errorOf(
      [&] { frame = tilesWork->advance(viewerOf(tilesWork->head().source, source, tilesWork->weights())); });
  if (!error.empty()) frame = tilesWork->failed(error);
  if (!frame) return;
  if (frame->last) tilesWork.reset();
  deliver(tilesFrames, *std::move(frame));
}

void Explorer::Impl::advanceEncoding(const std::shared_ptr<const Source>& source) {
  std::optional<EncodeFrame> frame;
  const std::string error = errorOf([&] {
    frame = encodeWork->advance(viewerOf(encodeWork->head().source, source, encodeWork->weights()));
  });
  if (!error.empty()) frame = encodeWork->failed(error);
  if (!frame) return;
  encodeWork.reset();
  deliver(encodeFrames, *std::move(frame));
}

Explorer::Explorer(std::function<void()> wake) : m_impl(std::make_unique<Impl>(std::move(wake))) {
  m_impl->thread = std::jthread([impl = m_impl.get()](const std::stop_token& stop) { impl->run(stop); });
}

Explorer::~Explorer() = default;

void Explorer::setSource(const SourceId& source, const ModelSpec& spec,
                         std::shared_ptr<const Weights> weights) {
  auto value = std::make_shared<const Source>(Source{spec, std::move(weights)});
  std::lock_guard lock(m_impl->mutex);
  m_impl->sources.insert_or_assign(source, std::move(value));
}

void Explorer::removeSource(const SourceId& source) {
  {
    std::lock_guard lock(m_impl->mutex);
    m_impl->sourcesRemoved = m_impl->sources.erase(source) > 0 || m_impl->sourcesRemoved;
  }
  m_impl->posted.notify_one();
}

void Explorer::request(PointRequest request) {
  m_impl->post(m_impl->points, std::move(request));
}
void Explorer::request(TilesRequest request) {
  m_impl->post(m_impl->tiles, std::move(request));
}
void Explorer::request(ReconstructRequest request) {
  m_impl->post(m_impl->reconstructions, std::move(request));
}
void Explorer::request(EncodeRequest request) {
  m_impl->post(m_impl->encodings, std::move(request));
}

void Explorer::cancelView(ViewId view) {
  std::lock_guard lock(m_impl->mutex);
  m_impl->points.cancel(view);
  m_impl->reconstructions.cancel(view);
  m_impl->tiles.cancel(view);
  m_impl->encodings.cancel(view);
}

std::vector<PointFrame> Explorer::drainPoints() {
  return m_impl->pointFrames.drain();
}
std::vector<TilesFrame> Explorer::drainTiles() {
  return m_impl->tilesFrames.drain();
}
std::vector<ReconstructFrame> Explorer::drainReconstructions() {
  return m_impl->reconstructFrames.drain();
}
std::vector<EncodeFrame> Explorer::drainEncodings() {
  return m_impl->encodeFrames.drain();
}

} // namespace latent
