#include "core/explore/explorer.h"

#include "core/explore/viewer.h"
#include "tests/core/explore/explorer_bench.h"
#include "tests/core/explore/tiny_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <semaphore>
#include <thread>

namespace latent {
namespace {

using namespace test;

Viewer viewerOf(const ModelSpec& spec, int64_t step, uint64_t seed) {
  Result<Viewer> viewer = Viewer::create(spec);
  EXPECT_TRUE(viewer.ok() && viewer->setWeights(tinyWeights(spec, step, seed)).ok());
  return *std::move(viewer);
}

TEST(Explorer, DecodesAPointBitForBit) {
  Bench bench;
  const LatentPoint z{0.123456f, -1.7f};
  bench.explorer.request(PointRequest{bench.head(1), z});
  bench.waitFor(1);
  const PointFrame& frame = bench.points.at(0);
  EXPECT_EQ(frame.error, "");
  EXPECT_EQ(frame.step, 1);
  EXPECT_EQ(frame.z, z);
  EXPECT_EQ(frame.image.shape, bench.spec.shape);
  EXPECT_EQ(frame.image.pixels, viewerOf(bench.spec, 1, 1).decode(z, 1));
}

TEST(Explorer, SaysThatADecoderGivesNoNumbers) {
  Bench bench;
  bench.explorer.request(PointRequest{bench.head(1), {1e9f, -1e9f}}); // far outside, and still an image
  bench.waitFor(1);
  EXPECT_EQ(bench.points.at(0).error, "");
  const auto steep = tinyWeights(bench.spec, 2, 1);
  for (float& value : steep->values) value *= 100; // products overflow, and infinities of both signs meet
  bench.explorer.setSource("run", bench.spec, steep);
  bench.explorer.request(PointRequest{bench.head(1), {3e38f, 3e38f}});
  bench.waitFor(2);
  EXPECT_NE(bench.points.at(1).error.find("too far outside"), std::string::npos);
  EXPECT_TRUE(bench.points.at(1).image.empty());
}

TEST(Explorer, DecodesTilesCoarseToFineEachAtItsOwnCentre) {
  Bench bench;
  bench.explorer.request(TilesRequest{bench.head(1), planeAxes, wideGrid});
  bench.waitFor(4);
  const Viewer viewer = viewerOf(bench.spec, 1, 1);
  const auto pixels = static_cast<size_t>(bench.spec.shape.pixels());
  std::vector<int> rows;
  for (const TilesFrame& frame : bench.tiles) {
    EXPECT_EQ(frame.error, "");
    EXPECT_EQ(frame.grid.rect, wideGrid.rect);
    EXPECT_EQ(frame.axes, planeAxes);
    EXPECT_EQ(frame.last, frame.grid == wideGrid);
    rows.push_back(frame.grid.rows);
    ASSERT_EQ(frame.pixels.size(), static_cast<size_t>(frame.grid.rows * frame.grid.columns) * pixels);
    for (int row = 0; row < frame.grid.rows; ++row) {
      for (int column = 0; column < frame.grid.columns; ++column) {
        const PlanePoint centre = frame.grid.centre(row, column);
        const std::vector<float> direct =
            viewer.decode(LatentPoint{static_cast<float>(centre.x), static_cast<float>(centre.y)}, 1);
        const size_t tile = static_cast<size_t>(row * frame.grid.columns + column);
        for (size_t i = 0; i < pixels; ++i)
          ASSERT_NEAR(frame.pixels[tile * pixels + i], direct[i] * 255, 0.5 + 255e-5) << row << ' ' << column;
      }
    }
  }
  EXPECT_EQ(rows, (std::vector<int>{3, 5, 10, 20}));
}

TEST(Explorer, DecodesTheSameTilesInChunksAsAtOnce) {
  const ModelSpec spec = tinySpec();
  const Viewer viewer = viewerOf(spec, 1, 1);
  std::vector<float> z;
  for (int i = 0; i < 600; ++i) z.push_back(static_cast<float>(i % 29) / 7 - 2);
  const std::vector<float> together = viewer.decode(z, 300);
  const auto pixels = static_cast<size_t>(spec.shape.pixels());
  for (size_t i = 0; i < 300; ++i) {
    const std::vector<float> alone = viewer.decode(std::span(z).subspan(2 * i, 2), 1);
    for (size_t k = 0; k < pixels; ++k) ASSERT_NEAR(together[i * pixels + k], alone[k], 1e-5);
  }
}

TEST(Explorer, ReconstructsWhatTheModelSaw) {
  Bench bench(tinySpec("vae", 2, "rebinarised"));
  const NoiseSplit split(3, bench.spec.shape);
  std::vector<Image> inputs{imageAt(split, 0), imageAt(split, 1), imageAt(split, 2)};
  bench.explorer.request(ReconstructRequest{bench.head(1), inputs});
  bench.waitFor(1);
  const ReconstructFrame& frame = bench.reconstructions.at(0);
  ASSERT_EQ(frame.error, "");
  ASSERT_EQ(frame.outputs.size(), 3u);

  std::vector<float> seen;
  for (Image& image : inputs) {
    applyPixelMode(bench.spec, image.pixels);
    seen.insert(seen.end(), image.pixels.begin(), image.pixels.end());
  }
  EXPECT_EQ(frame.inputs, inputs);
  const Viewer viewer = viewerOf(bench.spec, 1, 1);
  EXPECT_EQ(frame.posteriors.mu, viewer.encode(seen, 3).mu);
  EXPECT_EQ(frame.posteriors.logVar, viewer.encode(seen, 3).logVar);
  const std::vector<float> outputs = viewer.reconstruct(seen, 3);
  const auto pixels = static_cast<size_t>(bench.spec.shape.pixels());
  for (size_t i = 0; i < 3; ++i) {
    const auto first = outputs.begin() + static_cast<std::ptrdiff_t>(i * pixels);
    EXPECT_EQ(frame.outputs[i].pixels,
              std::vector<float>(first, first + static_cast<std::ptrdiff_t>(pixels)));
  }
}

TEST(Explorer, EncodesASplitAsTheViewerDoesInChunks) {
  Bench bench;
  const auto split = std::make_shared<NoiseSplit>(1234, bench.spec.shape);
  bench.explorer.request(EncodeRequest{bench.head(1), split, 0});
  bench.explorer.request(EncodeRequest{bench.head(2), split, 700});
  bench.waitFor(2);

  const Viewer viewer = viewerOf(bench.spec, 1, 1);
  std::vector<float> mu, logVar;
  for (int64_t first = 0; first < 1234; first += 500) {
    std::vector<float> images;
    const int64_t n = std::min<int64_t>(500, 1234 - first);
    for (int64_t i = first; i < first + n; ++i) {
      const Image image = imageAt(*split, i);
      images.insert(images.end(), image.pixels.begin(), image.pixels.end());
    }
    const Encoded chunk = viewer.encode(images, n);
    mu.insert(mu.end(), chunk.mu.begin(), chunk.mu.end());
    logVar.insert(logVar.end(), chunk.logVar.begin(), chunk.logVar.end());
  }
  const EncodeFrame& all = bench.encodings.at(0);
  EXPECT_EQ(all.error, "");
  EXPECT_EQ(all.points.count, 1234);
  EXPECT_EQ(all.points.latent, 2);
  EXPECT_EQ(all.points.mu, mu);
  EXPECT_EQ(all.points.logVar, logVar);
  ASSERT_EQ(all.labels->size(), 1234u);
  EXPECT_EQ(all.labels->at(1233), split->label(1233));
  EXPECT_EQ(bench.encodings.at(1).points.count, 700);
  EXPECT_EQ(bench.encodings.at(1).labels->size(), 700u);
}

TEST(Explorer, AnswersThePointFirstAndTheEncodingLast) {
  Bench bench;
  const auto held = std::make_shared<HeldSplit>(1000, bench.spec.shape); // two chunks
  bench.explorer.request(EncodeRequest{bench.head(1), held, 0});
  held->waitUntilHeld();
  bench.explorer.request(TilesRequest{bench.head(2), planeAxes, {wideGrid.rect, 10, 10}});
  bench.explorer.request(ReconstructRequest{bench.head(3), {imageAt(*held, 0)}});
  bench.explorer.request(MagnificationRequest{bench.head(6), planeAxes, {wideGrid.rect, 2, 2}});
  bench.explorer.request(CodebookRequest{bench.head(6), held, 0}); // an error of these is a frame as well
  bench.explorer.request(ImagesRequest{bench.head(6), {0, 0}, 1});
  bench.explorer.request(TokensRequest{bench.head(6), imageAt(*held, 0)});
  bench.explorer.request(PointRequest{bench.head(4), {0, 0}});
  bench.explorer.request(PointRequest{bench.head(5), {0, 0}});
  held->release();
  bench.waitFor(10);
  EXPECT_EQ(bench.order, "ppkrittecm");
}

TEST(Explorer, LetsAPointPassBetweenTiles) {
  Bench bench;
  bench.react = [&](char letter) {
    if (letter == 't' && bench.tiles.size() == 1) bench.explorer.request(PointRequest{bench.head(2), {1, 1}});
  };
  bench.explorer.request(TilesRequest{bench.head(1), planeAxes, wideGrid});
  bench.waitFor(5);
  EXPECT_EQ(bench.order, "tpttt");
}

TEST(Explorer, AnswersTheNewestRequestOfAView) {
  Bench bench;
  const auto held = std::make_shared<HeldSplit>(10, bench.spec.shape);
  bench.explorer.request(EncodeRequest{bench.head(1), held, 0});
  held->waitUntilHeld();
  for (int i = 0; i < 100; ++i) {
    bench.explorer.request(PointRequest{bench.head(2), {static_cast<float>(i), 0}});
    bench.explorer.request(TilesRequest{bench.head(3), planeAxes, {{0, i + 1.0, 0, 1}, 2, 2}});
    bench.explorer.request(ReconstructRequest{bench.head(4), {imageAt(*held, i % 10)}});
  }
  bench.explorer.request(PointRequest{headOf(2, 1), {-5, 0}}); // older than what was asked since
  held->release();
  bench.waitUntilIdle();
  EXPECT_EQ(bench.order, "eprt"); // the held encoding had one chunk left
  EXPECT_EQ(bench.points.at(0).z, (LatentPoint{99, 0}));
  EXPECT_EQ(bench.tiles.at(0).grid.rect.right, 100);
  EXPECT_EQ(bench.reconstructions.at(0).inputs.at(0), imageAt(*held, 9));
}

TEST(Explorer, DropsTilesInProgressForNewerOnes) {
  Bench bench;
  const TileGrid later{{5, 6, 5, 6}, 6, 6};
  bench.react = [&](char letter) {
    if (letter == 't' && bench.tiles.size() == 1)
      bench.explorer.request(TilesRequest{bench.head(1), planeAxes, later});
  };
  bench.explorer.request(TilesRequest{bench.head(1), planeAxes, wideGrid});
  bench.waitFor(2);
  bench.waitUntilIdle();
  ASSERT_EQ(bench.order, "tt");
  EXPECT_EQ(bench.tiles.at(1).grid, later);
  EXPECT_EQ(bench.tiles.at(1).head.generation, 2u);
}

TEST(Explorer, DropsAnEncodingInProgressForANewerOne) {
  Bench bench;
  const auto held = std::make_shared<HeldSplit>(5000, bench.spec.shape);
  const auto later = std::make_shared<NoiseSplit>(3, bench.spec.shape);
  bench.explorer.request(EncodeRequest{bench.head(1), held, 0});
  held->waitUntilHeld();
  bench.explorer.request(EncodeRequest{bench.head(1), later, 0});
  held->release();
  bench.waitUntilIdle();
  ASSERT_EQ(bench.order, "e");
  EXPECT_EQ(bench.encodings.at(0).points.count, 3);
  EXPECT_EQ(held->reads, 1);
}

TEST(Explorer, ForgetsACancelledView) {
  Bench bench;
  const auto held = std::make_shared<HeldSplit>(5000, bench.spec.shape);
  bench.explorer.request(EncodeRequest{bench.head(1), held, 0});
  held->waitUntilHeld();
  bench.explorer.request(PointRequest{bench.head(1), {0, 0}});
  bench.explorer.request(TilesRequest{bench.head(1), planeAxes, wideGrid});
  bench.explorer.request(PointRequest{bench.head(2), {0, 0}});
  bench.explorer.cancelView(1);
  held->release();
  bench.waitUntilIdle();
  EXPECT_EQ(bench.order, "p");
  EXPECT_EQ(bench.points.at(0).head.view, 2);
  EXPECT_EQ(held->reads, 1);
}

TEST(Explorer, TakesNewWeightsBeforeTheNextRequestAndKeepsThemForAllFramesOfOne) {
  Bench bench;
  bench.react = [&](char letter) {
    if (letter != 't' || bench.tiles.size() != 1) return;
    bench.explorer.setSource("run", bench.spec, tinyWeights(bench.spec, 2, 2));
    bench.explorer.request(PointRequest{bench.head(2), {0.5f, 0.5f}});
  };
  bench.explorer.request(TilesRequest{bench.head(1), planeAxes, wideGrid});
  bench.waitFor(5);
  for (const TilesFrame& frame : bench.tiles) EXPECT_EQ(frame.step, 1);
  ASSERT_EQ(bench.points.size(), 1u);
  EXPECT_EQ(bench.points[0].step, 2);
  EXPECT_EQ(bench.points[0].image.pixels, viewerOf(bench.spec, 2, 2).decode(LatentPoint{0.5f, 0.5f}, 1));
  // The finest tiles, made after the point, are still those of the first weights.
  const PlanePoint centre = wideGrid.centre(0, 0);
  const std::vector<float> direct =
      viewerOf(bench.spec, 1, 1)
          .decode(LatentPoint{static_cast<float>(centre.x), static_cast<float>(centre.y)}, 1);
  EXPECT_NEAR(bench.tiles.back().pixels[0], direct[0] * 255, 0.51);
}

TEST(Explorer, PutsErrorsIntoFramesAndGoesOn) {
  Bench bench;
  const auto otherShape = std::make_shared<NoiseSplit>(3, ImageShape{1, 2, 2});
  bench.explorer.setSource("wrong", bench.spec, tinyWeights(tinySpec("vae", 7), 1, 1));
  bench.explorer.setSource("empty", bench.spec, nullptr);
  bench.explorer.request(PointRequest{bench.head(1, "nobody"), {0, 0}});
  bench.explorer.request(PointRequest{bench.head(2), {0, 0, 0}});
  bench.explorer.request(PointRequest{bench.head(3, "wrong"), {0, 0}});
  bench.explorer.request(PointRequest{bench.head(4, "empty"), {0, 0}});
  bench.explorer.request(TilesRequest{bench.head(1, "nobody"), planeAxes, wideGrid});
  bench.explorer.request(TilesRequest{bench.head(2), {{0}, {1}, {1}}, wideGrid});
  bench.explorer.request(TilesRequest{bench.head(3), planeAxes, {wideGrid.rect, 0, 5}});
  bench.explorer.request(ReconstructRequest{bench.head(1, "nobody"), {imageAt(*otherShape, 0)}});
  bench.explorer.request(ReconstructRequest{bench.head(2), {imageAt(*otherShape, 0)}});
  bench.explorer.request(EncodeRequest{bench.head(1, "nobody"), otherShape, 0});
  bench.explorer.request(EncodeRequest{bench.head(2), otherShape, 0});
  bench.explorer.request(EncodeRequest{bench.head(3), nullptr, 0});
  bench.waitFor(12);
  const auto expectSentence = [](const auto& frames) {
    for (const auto& frame : frames) {
      EXPECT_FALSE(frame.error.empty()) << "view " << frame.head.view;
      EXPECT_EQ(frame.error.find('\n'), std::string::npos) << frame.error;
    }
  };
  EXPECT_EQ(bench.points.size(), 4u);
  EXPECT_EQ(bench.tiles.size(), 3u);
  EXPECT_EQ(bench.reconstructions.size(), 2u);
  EXPECT_EQ(bench.encodings.size(), 3u);
  expectSentence(bench.points);
  expectSentence(bench.tiles);
  expectSentence(bench.reconstructions);
  expectSentence(bench.encodings);
  for (const TilesFrame& frame : bench.tiles) EXPECT_TRUE(frame.last);

  bench.explorer.request(PointRequest{bench.head(9), {0, 0}});
  bench.waitFor(13);
  EXPECT_EQ(bench.points.back().error, "");
}

TEST(Explorer, ForgetsARemovedSource) {
  Bench bench;
  bench.explorer.removeSource("run");
  bench.explorer.request(PointRequest{bench.head(1), {0, 0}});
  bench.waitFor(1);
  EXPECT_NE(bench.points[0].error, "");
  bench.explorer.setSource("run", bench.spec, tinyWeights(bench.spec, 4, 4));
  bench.explorer.request(PointRequest{bench.head(1), {0, 0}});
  bench.waitFor(2);
  EXPECT_EQ(bench.points[1].error, "");
  EXPECT_EQ(bench.points[1].step, 4);
}

TEST(Explorer, TakesRequestsFromManyThreadsWhileItIsDrained) {
  const ModelSpec spec = tinySpec();
  std::atomic<int> wakes = 0;
  Explorer explorer([&] {
    ++wakes;
    wakes.notify_all();
  });
  explorer.setSource("run", spec, tinyWeights(spec, 0, 1));

  constexpr int posters = 4;
  constexpr uint64_t requests = 300;
  std::vector<std::jthread> threads;
  for (int view = 0; view < posters; ++view) {
    threads.emplace_back([&, view] {
      for (uint64_t generation = 1; generation <= requests; ++generation) {
        explorer.request(PointRequest{headOf(view, generation), {0, static_cast<float>(generation)}});
        if (generation % 10 == 0) {
          explorer.request(TilesRequest{headOf(view, generation), planeAxes, wideGrid});
          explorer.setSource("run", spec, tinyWeights(spec, static_cast<int64_t>(generation), generation));
        }
      }
    });
  }
  std::vector<uint64_t> newest(posters, 0);
  const auto arrived = [&] {
    return std::all_of(newest.begin(), newest.end(),
                       [](uint64_t generation) { return generation == requests; });
  };
  while (!arrived()) {
    const int seen = wakes;
    bool drained = false;
    for (const PointFrame& frame : explorer.drainPoints()) {
      drained = true;
      ASSERT_EQ(frame.error, "");
      uint64_t& last = newest.at(static_cast<size_t>(frame.head.view));
      ASSERT_GT(frame.head.generation, last);
      ASSERT_EQ(frame.z[1], static_cast<float>(frame.head.generation));
      last = frame.head.generation;
    }
    explorer.drainTiles();
    if (!drained) wakes.wait(seen);
  }
}

/// More images than can ever be encoded.
class EndlessSplit : public NoiseSplit {
 public:
  EndlessSplit(ImageShape shape, std::binary_semaphore& begun) : NoiseSplit(1, shape), m_begun(begun) {}
  int64_t size() const override { return int64_t{1} << 50; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    std::fill_n(out, std::ssize(indices) * shape().pixels(), uint8_t{9});
    if (!m_told.exchange(true)) m_begun.release();
  }

 private:
  std::binary_semaphore& m_begun;
  mutable std::atomic<bool> m_told = false;
};

TEST(Explorer, EndsWhileItIsBusy) {
  const ModelSpec spec = tinySpec();
  std::binary_semaphore begun{0};
  std::atomic<int> frames = 0;
  {
    Explorer explorer([&] { ++frames; });
    explorer.setSource("run", spec, tinyWeights(spec, 1, 1));
    explorer.request(EncodeRequest{headOf(1, 1), std::make_shared<EndlessSplit>(spec.shape, begun), 0});
    ASSERT_TRUE(begun.try_acquire_for(patience));
  }
  EXPECT_EQ(frames, 0);
}

} // namespace
} // namespace latent
