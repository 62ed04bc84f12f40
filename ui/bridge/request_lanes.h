// Which requests of a view go out now and which frames it may show: plain logic of ExplorerBridge.
#pragma once

#include "core/base/frames.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace latent::ui {

/// One kind of request of one view. Frames never go backwards and never belong to another source than the
/// view asked for last.
template<class Request>
class RequestLane {
 public:
  /// The request to post.
  const Request& ask(Request request) {
    m_newest = std::move(request);
    return *m_newest;
  }

  bool accepts(const RequestHead& head) const {
    return m_newest && head.generation >= m_oldest && head.source == m_newest->head.source;
  }
  void shown(const RequestHead& head) { m_oldest = head.generation; }

  void cancel() {
    if (m_newest) m_oldest = m_newest->head.generation + 1;
    m_newest.reset();
  }
  const std::optional<Request>& newest() const { return m_newest; }

 private:
  std::optional<Request> m_newest;
  uint64_t m_oldest = 0; ///< generations before this one are not shown any more
};

/// As RequestLane, for work of many chunks: a request that repeats what is under way (only the weights are
/// newer) waits until that is done, else a view that asks anew for each new weights would never see the end.
template<class Request>
class RepeatingLane : public RequestLane<Request> {
 public:
  /// The request to post now, if any. `same`: both ask for the same picture.
  template<class Same>
  std::optional<Request> ask(Request request, Same same) {
    if (m_underWay && this->newest() && same(*this->newest(), request)) {
      m_again = std::move(request);
      return std::nullopt;
    }
    return post(std::move(request));
  }

  /// Its last frame has come. The request to post now, if any.
  std::optional<Request> finished(const RequestHead& head) {
    if (m_underWay != head.generation) return std::nullopt;
    m_underWay.reset();
    if (!m_again) return std::nullopt;
    return post(*std::move(m_again));
  }

  void cancel() {
    RequestLane<Request>::cancel();
    m_underWay.reset();
    m_again.reset();
  }

 private:
  std::optional<Request> post(Request request) {
    m_again.reset();
    m_underWay = request.head.generation;
    return RequestLane<Request>::ask(std::move(request));
  }

  std::optional<uint64_t> m_underWay; ///< generation that was posted and has not ended
  std::optional<Request> m_again;
};

/// Tiles of one view. A picture that is already there in its finest grid is refreshed in one go, without
/// going through coarse tiles again.
class TilesLane : public RepeatingLane<TilesRequest> {
 public:
  std::optional<TilesRequest> ask(TilesRequest request) {
    return RepeatingLane::ask(std::move(request), [](const TilesRequest& a, const TilesRequest& b) {
      return a.head.source == b.head.source && a.axes == b.axes && a.finest == b.finest;
    });
  }

  bool accepts(const TilesFrame& frame) const {
    if (!RequestLane::accepts(frame.head) || frame.axes != newest()->axes) return false;
    return frame.last || m_finest != Picture{frame.head.source, newest()->axes, newest()->finest};
  }

  void shown(const TilesFrame& frame) {
    RequestLane::shown(frame.head);
    m_finest.reset();
    if (frame.last && frame.error.empty()) m_finest = {frame.head.source, frame.axes, frame.grid};
  }

 private:
  struct Picture {
    SourceId source;
    PlaneAxes axes;
    TileGrid grid;
    bool operator==(const Picture&) const = default;
  };
  std::optional<Picture> m_finest; ///< what is on the screen, if it is complete
};

/// The encoding of one view.
class EncodeLane : public RepeatingLane<EncodeRequest> {
 public:
  std::optional<EncodeRequest> ask(EncodeRequest request) {
    return RepeatingLane::ask(std::move(request), [](const EncodeRequest& a, const EncodeRequest& b) {
      return a.head.source == b.head.source && a.split == b.split && a.limit == b.limit;
    });
  }
};

/// Many points of one view. As many points of the same source are the same picture in motion: while a person
/// drags, the one under way is finished and shown before the newest is begun, else a drag that is quicker
/// than the picture would show nothing until it rests.
class ImagesLane : public RepeatingLane<ImagesRequest> {
 public:
  std::optional<ImagesRequest> ask(ImagesRequest request) {
    return RepeatingLane::ask(std::move(request), [](const ImagesRequest& a, const ImagesRequest& b) {
      return a.head.source == b.head.source && a.count == b.count && a.z.size() == b.z.size();
    });
  }
};

/// The magnification of one view's plane.
class MagnificationLane : public RepeatingLane<MagnificationRequest> {
 public:
  std::optional<MagnificationRequest> ask(MagnificationRequest request) {
    return RepeatingLane::ask(std::move(request),
                              [](const MagnificationRequest& a, const MagnificationRequest& b) {
                                return a.head.source == b.head.source && a.axes == b.axes && a.grid == b.grid;
                              });
  }
};

/// The codebook of one view.
class CodebookLane : public RepeatingLane<CodebookRequest> {
 public:
  std::optional<CodebookRequest> ask(CodebookRequest request) {
    return RepeatingLane::ask(std::move(request), [](const CodebookRequest& a, const CodebookRequest& b) {
      return a.head.source == b.head.source && a.split == b.split && a.limit == b.limit;
    });
  }
};

} // namespace latent::ui
