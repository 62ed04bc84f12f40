// An explorer under test: its frames in order, and splits that hold it where a test wants it.
#pragma once

#include "core/explore/explorer.h"
#include "tests/core/explore/tiny_model.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <semaphore>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace latent::test {

inline constexpr std::chrono::seconds patience{120};
inline const PlaneAxes planeAxes{{0, 0}, {1, 0}, {0, 1}};
inline const TileGrid wideGrid{{-3, 2, -1, 2.5}, 20, 30};

inline RequestHead headOf(ViewId view, uint64_t generation) {
  return {view, generation, "run"};
}

/// An explorer whose frames are collected in the order in which it makes them.
class Bench {
 public:
  explicit Bench(ModelSpec modelSpec = tinySpec()) : spec(std::move(modelSpec)) {
    explorer.setSource("run", spec, tinyWeights(spec, 1, 1));
  }

  ModelSpec spec;
  std::vector<PointFrame> points;
  std::vector<TilesFrame> tiles;
  std::vector<ReconstructFrame> reconstructions;
  std::vector<EncodeFrame> encodings;
  std::vector<ImagesFrame> images;
  std::vector<MagnificationFrame> magnifications;
  std::vector<TokensFrame> tokens;
  std::vector<CodebookFrame> codebooks;
  std::string order; ///< a letter a frame: p, k(tokens), r, i, t, e, c, m
  /// Called on the viewing thread after each frame, before it goes on.
  std::function<void(char)> react = [](char) {};

  RequestHead head(ViewId view, const SourceId& source = "run") { return {view, ++m_generation, source}; }

  /// Until so many frames are there.
  void waitFor(size_t frames) {
    std::unique_lock lock(m_mutex);
    ASSERT_TRUE(m_arrived.wait_for(lock, patience, [&] { return order.size() >= frames; })) << order;
  }
  /// Until the explorer has nothing more to do: what is asked last, with the lowest priority, was answered.
  void waitUntilIdle() {
    std::atomic<bool> done = false;
    const ViewId view = 1000;
    explorer.request(MagnificationRequest{head(view), planeAxes, {wideGrid.rect, 1, 1}});
    std::unique_lock lock(m_mutex);
    ASSERT_TRUE(m_arrived.wait_for(lock, patience, [&] {
      done = !magnifications.empty() && magnifications.back().head.view == view;
      return done.load();
    })) << order;
    magnifications.pop_back();
    order.pop_back();
  }

 private:
  template<class Frame>
  void take(std::vector<Frame> fresh, std::vector<Frame>& all, char letter) {
    for (Frame& frame : fresh) {
      all.push_back(std::move(frame));
      order += letter;
    }
  }

  void collect() {
    char letter = 0;
    {
      std::lock_guard lock(m_mutex);
      take(explorer.drainPoints(), points, 'p');
      take(explorer.drainTiles(), tiles, 't');
      take(explorer.drainReconstructions(), reconstructions, 'r');
      take(explorer.drainEncodings(), encodings, 'e');
      take(explorer.drainImages(), images, 'i');
      take(explorer.drainMagnifications(), magnifications, 'm');
      take(explorer.drainTokens(), tokens, 'k');
      take(explorer.drainCodebooks(), codebooks, 'c');
      letter = order.back();
    }
    react(letter);
    m_arrived.notify_all();
  }

  std::mutex m_mutex;
  std::condition_variable m_arrived;
  std::atomic<uint64_t> m_generation = 0;

 public:
  Explorer explorer{[this] { collect(); }}; // last: its thread ends before what it writes to
};

/// A split that holds the viewing thread in its first read, so that a test can post while it is busy.
class HeldSplit : public NoiseSplit {
 public:
  using NoiseSplit::NoiseSplit;
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    NoiseSplit::read(indices, out);
    if (reads++ == 0) {
      m_begun.release();
      m_go.acquire();
    }
  }
  void waitUntilHeld() { ASSERT_TRUE(m_begun.try_acquire_for(patience)); }
  void release() { m_go.release(); }
  mutable std::atomic<int> reads = 0;

 private:
  mutable std::binary_semaphore m_begun{0}, m_go{0};
};

} // namespace latent::test
