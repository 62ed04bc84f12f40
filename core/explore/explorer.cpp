#include "core/explore/explorer.h"

#include "core/base/drain_buffer.h"
#include "core/explore/answers.h"
#include "core/explore/codebook_work.h"
#include "core/explore/encode_work.h"
#include "core/explore/images_work.h"
#include "core/explore/magnification_work.h"
#include "core/explore/replicas.h"
#include "core/explore/tiles_work.h"
#include "core/explore/tokens_work.h"
#include "core/explore/view_queue.h"
#include "core/models/compute.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <tuple>
#include <type_traits>
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

/// One kind of request: what waits, what is under way, and what came of it.
template<class WorkType>
struct Lane {
  using Work = WorkType;
  ViewQueue<typename Work::Request> waiting; ///< guarded by the mutex
  std::optional<Work> work;                  ///< of the viewing thread alone
  DrainBuffer<typename Work::Frame> frames;
};

/// The most urgent first.
using Lanes = std::tuple<Lane<PointWork>, Lane<TokensWork>, Lane<ReconstructWork>, Lane<ImagesWork>,
                         Lane<TilesWork>, Lane<EncodeWork>, Lane<CodebookWork>, Lane<MagnificationWork>>;

/// Of a request with several frames there may come more.
template<class Frame>
bool isLast(const Frame& frame) {
  if constexpr (std::is_same_v<Frame, TilesFrame>) {
    return frame.last;
  } else {
    return true;
  }
}

} // namespace

struct Explorer::Impl {
  explicit Impl(std::function<void()> wakeFunction) : wake(std::move(wakeFunction)) {}

  std::function<void()> wake;

  std::mutex mutex; // guards sources and what waits
  std::condition_variable_any posted;
  std::map<SourceId, std::shared_ptr<const Source>> sources;
  bool sourcesRemoved = false;
  Lanes lanes;
  Replicas replicas; // of the viewing thread alone

  std::jthread thread; // last: joins before what it uses goes

  template<class Work>
  Lane<Work>& lane() {
    return std::get<Lane<Work>>(lanes);
  }

  template<class Work>
  void post(typename Work::Request request) {
    {
      std::lock_guard lock(mutex);
      lane<Work>().waiting.put(std::move(request));
    }
    posted.notify_one();
  }

  bool hasWork() const {
    return sourcesRemoved ||
           std::apply([](const auto&... lane) { return ((lane.work || !lane.waiting.empty()) || ...); },
                      lanes);
  }

  void run(const std::stop_token& stop);
  template<class Work>
  bool workOn(Lane<Work>& lane, std::unique_lock<std::mutex>& lock);
  template<class Work>
  void advance(Lane<Work>& lane, const std::shared_ptr<const Source>& source);
};

void Explorer::Impl::run(const std::stop_token& stop) {
  prepareComputeThread();
  std::unique_lock lock(mutex);
  while (posted.wait(lock, stop, [this] { return hasWork(); })) {
    if (stop.stop_requested()) return;
    if (std::exchange(sourcesRemoved, false))
      replicas.remove([this](const SourceId& id) { return !sources.contains(id); });
    // One piece of the most urgent work; what comes in meanwhile is seen before the next piece.
    std::apply([&](auto&... lane) { (workOn(lane, lock) || ...); }, lanes);
  }
}

/// False where there is nothing to do.
template<class Work>
bool Explorer::Impl::workOn(Lane<Work>& lane, std::unique_lock<std::mutex>& lock) {
  if (lane.work && lane.waiting.isStale(lane.work->head())) lane.work.reset();
  auto fresh = lane.work ? std::nullopt : lane.waiting.take();
  if (!lane.work && !fresh) return false;
  const auto found = sources.find((fresh ? fresh->head : lane.work->head()).source);
  const std::shared_ptr<const Source> source = found == sources.end() ? nullptr : found->second;
  lock.unlock();
  if (fresh) lane.work.emplace(*std::move(fresh), source ? source->weights : nullptr);
  advance(lane, source);
  lock.lock();
  return true;
}

template<class Work>
void Explorer::Impl::advance(Lane<Work>& lane, const std::shared_ptr<const Source>& source) {
  std::optional<typename Work::Frame> frame;
  const std::string error = errorOf([&] {
    if (!source) throw std::runtime_error("This run is no longer open: choose it again in the list of runs.");
    if (!lane.work->weights()) throw std::runtime_error("This run has no weights yet.");
    frame = lane.work->advance(replicas.get(lane.work->head().source, source->spec, lane.work->weights()));
  });
  if (!error.empty()) frame = lane.work->failed(error);
  if (!frame) return;
  if (isLast(*frame)) lane.work.reset();
  lane.frames.append(*std::move(frame));
  wake();
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
  m_impl->post<PointWork>(std::move(request));
}
void Explorer::request(TokensRequest request) {
  m_impl->post<TokensWork>(std::move(request));
}
void Explorer::request(ReconstructRequest request) {
  m_impl->post<ReconstructWork>(std::move(request));
}
void Explorer::request(ImagesRequest request) {
  m_impl->post<ImagesWork>(std::move(request));
}
void Explorer::request(TilesRequest request) {
  m_impl->post<TilesWork>(std::move(request));
}
void Explorer::request(EncodeRequest request) {
  m_impl->post<EncodeWork>(std::move(request));
}
void Explorer::request(CodebookRequest request) {
  m_impl->post<CodebookWork>(std::move(request));
}
void Explorer::request(MagnificationRequest request) {
  m_impl->post<MagnificationWork>(std::move(request));
}

void Explorer::cancelView(ViewId view) {
  std::lock_guard lock(m_impl->mutex);
  std::apply([view](auto&... lane) { (lane.waiting.cancel(view), ...); }, m_impl->lanes);
}

std::vector<PointFrame> Explorer::drainPoints() {
  return m_impl->lane<PointWork>().frames.drain();
}
std::vector<TokensFrame> Explorer::drainTokens() {
  return m_impl->lane<TokensWork>().frames.drain();
}
std::vector<ReconstructFrame> Explorer::drainReconstructions() {
  return m_impl->lane<ReconstructWork>().frames.drain();
}
std::vector<ImagesFrame> Explorer::drainImages() {
  return m_impl->lane<ImagesWork>().frames.drain();
}
std::vector<TilesFrame> Explorer::drainTiles() {
  return m_impl->lane<TilesWork>().frames.drain();
}
std::vector<EncodeFrame> Explorer::drainEncodings() {
  return m_impl->lane<EncodeWork>().frames.drain();
}
std::vector<CodebookFrame> Explorer::drainCodebooks() {
  return m_impl->lane<CodebookWork>().frames.drain();
}
std::vector<MagnificationFrame> Explorer::drainMagnifications() {
  return m_impl->lane<MagnificationWork>().frames.drain();
}

} // namespace latent
