// Vector quantisation against independent float64 numbers, and what must hold for any numbers.
#include "core/models/quantiser.h"

#include "core/models/torch_compat.h"
#include "tests/core/models/reference.h"

#include <limits>

namespace latent {
namespace {

using namespace fixtures;

const Json& vq() {
  return reference().at("vq");
}

torch::Tensor normal(torch::IntArrayRef shape, uint64_t seed) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, seed);
  return torch::empty(shape).normal_(0, 1, generator);
}

Codebook madeCodebook(const Codebook::Options& options) {
  Codebook codebook(options, torch::kCPU);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  codebook.initialise(generator);
  return codebook;
}

TEST(Quantiser, TermsMatchReference) {
  const torch::Tensor z = toTensor(vq().at("z_e")), codes = toTensor(vq().at("codebook"));
  const torch::Tensor tokens = nearestCodes(z, codes);
  EXPECT_EQ(Json(std::vector<int64_t>(tokens.data_ptr<int64_t>(), tokens.data_ptr<int64_t>() + z.size(0))),
            vq().at("indices"));
  const torch::Tensor distance = (z - codes.index_select(0, tokens)).square().mean();
  expectNear(distance, vq().at("mean_squared_distance"));
  expectNear(distance + 0.25 * distance, vq().at("codebook_plus_commitment_beta_0_25"));
  expectNear(perplexity(codeStatistics(z, tokens, codes.size(0)).counts), vq().at("perplexity"));
}

TEST(Quantiser, AveragesMatchReference) {
  const torch::Tensor z = toTensor(vq().at("z_e")), codes = toTensor(vq().at("codebook"));
  const CodeStatistics batch = codeStatistics(z, nearestCodes(z, codes), codes.size(0));
  const CodeStatistics start{torch::ones({codes.size(0)}, codes.options()), codes};
  const CodeStatistics next = averaged(start, batch, vq().at("ema_decay").get<double>());
  expectNear(next.counts, vq().at("ema_counts_start_one"));
  expectNear(codesOf(next), vq().at("ema_codebook_start_one"));
}

TEST(Quantiser, StraightThroughIsTheIdentityForGradients) {
  const torch::Tensor z = normal({7, 3}, 1).requires_grad_(true);
  const torch::Tensor quantised = normal({7, 3}, 2).requires_grad_(true);
  const torch::Tensor out = straightThrough(z, quantised);
  EXPECT_TRUE(out.equal(quantised)) << "not z + (quantised - z), which rounds";
  const torch::Tensor gradient = normal({7, 3}, 3);
  out.backward(gradient);
  EXPECT_TRUE(z.grad().equal(gradient));
  EXPECT_FALSE(quantised.grad().defined());
}

TEST(Quantiser, NearestIsWhatComparingAllFinds) {
  const torch::Tensor z = normal({500, 5}, 1), codes = normal({40, 5}, 2);
  const torch::Tensor all = (z.unsqueeze(1) - codes.unsqueeze(0)).square().sum(2).argmin(1);
  EXPECT_TRUE(nearestCodes(z, codes).equal(all));
}

TEST(Quantiser, ManyVectorsAreComparedInParts) {
  // 8192 codes: parts of 512 vectors, the last one smaller.
  const torch::Tensor codes = torch::arange(8192, torch::kFloat64).unsqueeze(1);
  const torch::Tensor wanted = torch::arange(1300, torch::kInt64) * 5;
  EXPECT_TRUE(nearestCodes(wanted.to(torch::kFloat64).unsqueeze(1) + 0.25, codes).equal(wanted));
}

TEST(Quantiser, TiesAndDamagedNumbersAreDecided) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const torch::Tensor codes = torch::tensor({{nan}, {1.0F}, {-1.0F}, {1.0F}});
  const torch::Tensor z = torch::tensor({{1.0F}, {0.0F}, {-2.0F}, {nan}, {infinity}});
  const torch::Tensor tokens = nearestCodes(z, codes);
  EXPECT_EQ(tokens[0].item<int64_t>(), 1) << "the first of equal codes";
  EXPECT_EQ(tokens[1].item<int64_t>(), 1) << "halfway";
  EXPECT_EQ(tokens[2].item<int64_t>(), 2);
  EXPECT_EQ(tokens[3].item<int64_t>(), 0);
  EXPECT_GE(tokens[4].item<int64_t>(), 0);
  EXPECT_LT(tokens[4].item<int64_t>(), 4);
}

TEST(Quantiser, PerplexityCountsTheCodesInUse) {
  EXPECT_DOUBLE_EQ(perplexity(torch::tensor({5.0, 0.0, 0.0}, torch::kFloat64)).item<double>(), 1);
  EXPECT_NEAR(perplexity(torch::full({128}, 3.0, torch::kFloat64)).item<double>(), 128, 1e-9);
  EXPECT_NEAR(perplexity(torch::tensor({2.0, 2.0, 0.0, 0.0}, torch::kFloat64)).item<double>(), 2, 1e-12);
}

TEST(Codebook, AverageOfAConstantBatchConvergesToItsMean) {
  Codebook codebook = madeCodebook({.codes = 2, .size = 3, .decay = 0.9, .revives = false});
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  const torch::Tensor z = torch::cat({normal({20, 3}, 1) * 0.1 + 5, normal({30, 3}, 2) * 0.1 - 5});
  const torch::Tensor tokens =
      torch::cat({torch::zeros({20}, torch::kInt64), torch::ones({30}, torch::kInt64)});
  for (int64_t step = 1; step <= 300; ++step) {
    codebook.observe(z, tokens, true);
    codebook.update(step, generator, {});
  }
  const torch::Tensor means = torch::stack({z.narrow(0, 0, 20).mean(0), z.narrow(0, 20, 30).mean(0)});
  EXPECT_LT((codebook.weight() - means).abs().max().item<float>(), 1e-4);
}

TEST(Codebook, StartsFromVectorsOfTheFirstBatchOnce) {
  Codebook codebook = madeCodebook({.codes = 4, .size = 2});
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  const torch::Tensor first = normal({4, 2}, 1);
  codebook.start(first, generator);
  const torch::Tensor placed = codebook.weight().clone();
  EXPECT_TRUE(std::get<0>(nearestCodes(first, placed).sort()).equal(torch::arange(4))) << "each vector once";
  EXPECT_EQ((first - codebook.vectors(codebook.tokens(first))).abs().max().item<float>(), 0);
  codebook.start(normal({4, 2}, 2), generator);
  EXPECT_TRUE(codebook.weight().equal(placed));

  Codebook larger = madeCodebook({.codes = 10, .size = 2});
  larger.start(first, generator);
  EXPECT_EQ(larger.tokens(first).numel(), 4) << "fewer vectors than codes";
  EXPECT_TRUE(larger.weight().narrow(0, 0, 4).equal(larger.weight().narrow(0, 4, 4)));
}

TEST(Codebook, RevivesCodesThatAreHardlyUsed) {
  for (const bool revives : {false, true}) {
    SCOPED_TRACE(revives);
    Codebook codebook = madeCodebook({.codes = 3, .size = 2, .decay = 0.9, .revives = revives});
    at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
    // All on code 0; those of one far place are worth a code of their own.
    const torch::Tensor z = torch::cat({torch::zeros({80, 2}), torch::full({20, 2}, 9.0F)});
    const torch::Tensor tokens = torch::zeros({100}, torch::kInt64);
    torch::Tensor before;
    for (int64_t step = 1; step <= 100; ++step) {
      before = codebook.weight().clone();
      codebook.observe(z, tokens, true);
      codebook.update(step, generator, {});
    }
    const torch::Tensor moved = (codebook.weight() - before).abs().sum(1).gt(0.5);
    EXPECT_FALSE(moved[0].item<bool>());
    EXPECT_EQ(moved[1].item<bool>(), revives);
    EXPECT_EQ(moved[2].item<bool>(), revives);
    if (!revives) continue;
    for (const int64_t code : {1, 2}) {
      EXPECT_EQ((z - codebook.weight()[code]).abs().sum(1).min().item<float>(), 0) << "a vector of the batch";
    }
  }
}

TEST(Codebook, AMaskedUpdateChangesNothing) {
  Codebook codebook = madeCodebook({.codes = 3, .size = 2});
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  const auto state = [&] {
    std::vector<torch::Tensor> all;
    for (const torch::Tensor& buffer : codebook.buffers()) all.push_back(buffer.flatten().clone());
    return torch::cat(all);
  };
  const torch::Tensor z = normal({30, 2}, 1);
  codebook.observe(z, codebook.tokens(z), true);
  const torch::Tensor before = state();
  codebook.update(100, generator, torch::tensor(false));
  EXPECT_TRUE(state().equal(before));
  codebook.observe(z, codebook.tokens(z), true);
  codebook.update(100, generator, torch::tensor(true));
  EXPECT_FALSE(state().equal(before));
}

TEST(Codebook, CountsLearningAndOtherBatchesApart) {
  Codebook codebook = madeCodebook({.codes = 3, .size = 2});
  const torch::Tensor z = normal({4, 2}, 1);
  codebook.observe(z, torch::tensor({0, 1, 1, 1}, torch::kInt64), true);
  codebook.observe(z, torch::tensor({2, 2, 2, 0}, torch::kInt64), false);
  codebook.observe(z, torch::tensor({2, 2, 0, 0}, torch::kInt64), false);
  EXPECT_TRUE(codebook.takeUse(true).equal(torch::tensor({1.0, 3.0, 0.0}, torch::kFloat64)));
  EXPECT_TRUE(codebook.takeUse(false).equal(torch::tensor({3.0, 0.0, 5.0}, torch::kFloat64)));
  EXPECT_EQ(codebook.takeUse(true).sum().item<double>(), 0);
  EXPECT_EQ(codebook.takeUse(false).sum().item<double>(), 0);
}

} // namespace
} // namespace latent
