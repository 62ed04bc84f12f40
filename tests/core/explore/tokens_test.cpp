// Maps of tokens and codebooks.
#include "core/explore/codebook_work.h"
#include "tests/core/explore/explorer_bench.h"
#include "tests/core/explore/tiny_model.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>

namespace latent {
namespace {

using namespace test;

using Map = std::vector<int64_t>;

Image imageOf(const Split& split, int64_t index) {
  std::vector<uint8_t> bytes(static_cast<size_t>(split.shape().pixels()));
  split.read(std::vector<int64_t>{index}, bytes.data());
  Image image{split.shape(), {}};
  for (const uint8_t byte : bytes) image.pixels.push_back(static_cast<float>(byte) / 255.0f);
  return image;
}

TokensFrame ask(Bench& bench, TokensRequest request) {
  request.head = bench.head(1);
  const size_t before = bench.tokens.size();
  bench.explorer.request(std::move(request));
  bench.waitFor(before + 1);
  return bench.tokens.back();
}

TokensRequest drawing(Map map, int64_t from, uint64_t seed, double temperature = 1) {
  TokensRequest request;
  request.tokens = std::move(map);
  request.drawFrom = from;
  request.seed = seed;
  request.temperature = temperature;
  return request;
}

TEST(Tokens, OfAnImageDecodeToItsReconstruction) {
  for (const char* network : {"conv", "dense"}) {
    Parameters given;
    given.set("network", std::string(network));
    if (network == std::string("dense")) given.set("tokens", int64_t{5});
    Bench bench(tinyTokenSpec(given));
    const NoiseSplit split(2, bench.spec.shape);
    TokensRequest encode;
    encode.input = imageOf(split, 0);
    const TokensFrame frame = ask(bench, encode);
    ASSERT_EQ(frame.error, "");
    EXPECT_EQ(frame.step, 1);
    EXPECT_EQ(frame.rows * frame.columns, network == std::string("conv") ? 6 : 5);
    EXPECT_EQ(frame.tokens.size(), static_cast<size_t>(frame.rows * frame.columns));
    EXPECT_EQ(frame.codes, 6);
    EXPECT_TRUE(frame.hasPrior);
    EXPECT_EQ(frame.input, encode.input);

    bench.explorer.request(ReconstructRequest{bench.head(2), {encode.input}});
    bench.waitFor(2);
    ASSERT_EQ(bench.reconstructions.at(0).error, "");
    const std::vector<float>& reconstruction = bench.reconstructions[0].outputs.at(0).pixels;
    ASSERT_EQ(frame.image.pixels.size(), reconstruction.size());
    for (size_t i = 0; i < reconstruction.size(); ++i)
      EXPECT_NEAR(frame.image.pixels[i], reconstruction[i], 1e-5);

    TokensRequest again; // the map, without the image
    again.tokens = frame.tokens;
    again.head = bench.head(1);
    bench.explorer.request(again);
    bench.waitFor(3);
    EXPECT_EQ(bench.tokens.back().image, frame.image);
    EXPECT_EQ(bench.tokens.back().tokens, frame.tokens);
    EXPECT_TRUE(bench.tokens.back().input.empty());
  }
}

TEST(Tokens, AnEditChangesTheImage) {
  Bench bench(tinyTokenSpec());
  TokensRequest plain;
  plain.tokens = {0, 1, 2, 3, 4, 5};
  const TokensFrame before = ask(bench, plain);
  plain.tokens[3] = 0;
  const TokensFrame after = ask(bench, plain);
  EXPECT_EQ(after.tokens, plain.tokens);
  EXPECT_NE(after.image, before.image);
}

TEST(Tokens, DrawnOnesRepeatWithTheirSeedAndLeaveEarlierCellsAlone) {
  Bench bench(tinyTokenSpec());
  const Map map{5, 4, 3, 2, 1, 0};
  std::set<Map> seen;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    const TokensFrame drawn = ask(bench, drawing(map, 2, seed));
    ASSERT_EQ(drawn.error, "");
    EXPECT_EQ(drawn.tokens[0], 5);
    EXPECT_EQ(drawn.tokens[1], 4);
    for (const int64_t token : drawn.tokens) EXPECT_TRUE(token >= 0 && token < 6);
    EXPECT_EQ(ask(bench, drawing(map, 2, seed)).tokens, drawn.tokens);
    EXPECT_EQ(ask(bench, drawing(drawn.tokens, 4, seed)).tokens,
              drawn.tokens); // the rest of the same drawing
    Map other = map;
    other[2] = 0, other[5] = 3; // cells that are drawn: what stood there does not matter
    EXPECT_EQ(ask(bench, drawing(other, 2, seed)).tokens, drawn.tokens);
    TokensRequest decode;
    decode.tokens = drawn.tokens;
    EXPECT_EQ(ask(bench, decode).image, drawn.image);
    seen.insert(drawn.tokens);
  }
  EXPECT_GT(seen.size(), 3u);
  EXPECT_EQ(ask(bench, drawing(map, 6, 1)).tokens, map); // nothing left to draw
  EXPECT_EQ(ask(bench, drawing({}, 0, 3)).tokens, ask(bench, drawing(map, 0, 3)).tokens);
}

TEST(Tokens, OfALowTemperatureAreTheMostProbable) {
  Bench bench(tinyTokenSpec());
  const Map greedy = ask(bench, drawing({}, 0, 1, 1e-4)).tokens;
  for (uint64_t seed = 2; seed < 10; ++seed) EXPECT_EQ(ask(bench, drawing({}, 0, seed, 1e-4)).tokens, greedy);
}

TEST(Tokens, SayWhyThereAreNone) {
  Parameters none;
  none.set("prior", false);
  Bench bench(tinyTokenSpec(none));
  const ModelSpec vae = tinySpec();
  bench.explorer.setSource("vae", vae, tinyWeights(vae, 1, 1));
  const ModelSpec prior = tinyTokenSpec();
  bench.explorer.setSource("prior", prior, tinyWeights(prior, 1, 1));
  const auto post = [&](ViewId view, const SourceId& source, TokensRequest request) {
    request.head = bench.head(view, source);
    bench.explorer.request(std::move(request));
  };
  TokensRequest map;
  map.tokens = {0, 0, 0, 0, 0, 0};
  post(1, "vae", map);
  post(2, "run", drawing(map.tokens, 0, 1)); // no prior
  map.tokens = {0, 0, 0, 0, 0, 6};
  post(3, "run", map);
  map.tokens = {0, 0};
  post(4, "run", map);
  post(5, "prior", drawing(Map(6), 7, 1));
  post(6, "prior", drawing(Map(6), 0, 1, 0));
  post(7, "run", TokensRequest{});
  TokensRequest image;
  image.input = {{1, 2, 2}, {0, 0, 0, 0}};
  post(8, "run", image);
  bench.waitFor(8);
  for (const TokensFrame& frame : bench.tokens) {
    EXPECT_FALSE(frame.error.empty()) << frame.head.view;
    EXPECT_EQ(frame.error.find('\n'), std::string::npos);
    EXPECT_TRUE(frame.tokens.empty());
  }
  EXPECT_EQ(bench.tokens.at(2).error, "There is no code 6: the codebook has codes 0 to 5.");
}

TEST(Codebook, PerplexityCountsTheCodesInUse) {
  EXPECT_DOUBLE_EQ(perplexityOf({7, 7, 7, 7, 7}), 5);
  EXPECT_DOUBLE_EQ(perplexityOf({0, 3, 0}), 1);
  EXPECT_DOUBLE_EQ(perplexityOf({0, 0}), 0);
  EXPECT_NEAR(perplexityOf({3, 1}), std::pow(4.0, 1) / std::pow(3.0, 0.75), 1e-12);
}

TEST(Codebook, UsageIsThatOfTheMapsOfTheSplit) {
  Bench bench(tinyTokenSpec());
  const auto split = std::make_shared<NoiseSplit>(230, bench.spec.shape); // three pieces
  bench.explorer.request(CodebookRequest{bench.head(1), split, 0});
  bench.explorer.request(CodebookRequest{bench.head(2), split, 7});
  bench.waitFor(2);
  const CodebookFrame& frame = bench.codebooks.at(0);
  ASSERT_EQ(frame.error, "");
  EXPECT_EQ(frame.codes, 6);
  EXPECT_EQ(frame.dimension, 3);
  EXPECT_EQ(std::accumulate(frame.used.begin(), frame.used.end(), int64_t{0}), 6 * 230);
  EXPECT_EQ(frame.perplexity, perplexityOf(frame.used));

  Result<Viewer> viewer = Viewer::create(bench.spec);
  ASSERT_TRUE(viewer.ok() && viewer->setWeights(tinyWeights(bench.spec, 1, 1)).ok());
  EXPECT_EQ(frame.vectors, viewer->codebook());
  std::vector<int64_t> used(6);
  for (int64_t i = 0; i < 7; ++i)
    for (const int64_t token : viewer->tokens(imageOf(*split, i).pixels, 1))
      ++used[static_cast<size_t>(token)];
  EXPECT_EQ(bench.codebooks.at(1).used, used);
}

TEST(Codebook, EmbeddingKeepsDistancesAlongTheMainDirections) {
  for (const int64_t size : {1, 2, 3}) {
    Parameters given;
    given.set("code_size", size);
    Bench bench(tinyTokenSpec(given));
    bench.explorer.request(
        CodebookRequest{bench.head(1), std::make_shared<NoiseSplit>(1, bench.spec.shape), 0});
    bench.waitFor(1);
    const CodebookFrame& frame = bench.codebooks.at(0);
    ASSERT_EQ(frame.error, "");
    if (frame.embedding.empty()) GTEST_SKIP() << "a build without OpenCV";
    ASSERT_EQ(frame.embedding.size(), 12u);
    const auto distance = [](const std::vector<float>& points, int64_t width, size_t a, size_t b) {
      double sum = 0;
      for (size_t j = 0; j < static_cast<size_t>(width); ++j) {
        const double d =
            double{points[a * static_cast<size_t>(width) + j]} - points[b * static_cast<size_t>(width) + j];
        sum += d * d;
      }
      return std::sqrt(sum);
    };
    double centre[2] = {0, 0};
    for (size_t a = 0; a < 6; ++a) {
      centre[0] += double{frame.embedding[2 * a]};
      centre[1] += double{frame.embedding[2 * a + 1]};
      for (size_t b = 0; b < a; ++b) {
        const double full = distance(frame.vectors, size, a, b), plane = distance(frame.embedding, 2, a, b);
        if (size <= 2) {
          EXPECT_NEAR(plane, full, 1e-5);
        } else {
          EXPECT_LE(plane, full + 1e-5);
        }
      }
    }
    EXPECT_NEAR(centre[0], 0, 1e-5);
    EXPECT_NEAR(centre[1], 0, 1e-5);
  }
}

TEST(Codebook, SaysWhyThereIsNone) {
  Bench bench;
  const ModelSpec tokens = tinyTokenSpec();
  bench.explorer.setSource("tokens", tokens, tinyWeights(tokens, 1, 1));
  bench.explorer.request(
      CodebookRequest{bench.head(1), std::make_shared<NoiseSplit>(1, bench.spec.shape), 0});
  bench.explorer.request(CodebookRequest{bench.head(2, "tokens"), nullptr, 0});
  bench.explorer.request(
      CodebookRequest{bench.head(3, "tokens"), std::make_shared<NoiseSplit>(1, ImageShape{1, 2, 2}), 0});
  bench.waitFor(3);
  for (const CodebookFrame& frame : bench.codebooks) {
    EXPECT_FALSE(frame.error.empty());
    EXPECT_EQ(frame.error.find('\n'), std::string::npos);
  }
}

} // namespace
} // namespace latent
