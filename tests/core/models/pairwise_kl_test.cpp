// The terms of MAE against independent float64 numbers, by their invariances and at extremes.
#include "core/models/pairwise_kl.h"

#include "core/models/objectives.h"
#include "core/models/torch_compat.h"
#include "tests/core/models/reference.h"

#include <cmath>

namespace latent {
namespace {

using namespace fixtures;

struct Posteriors {
  torch::Tensor mu, logVar;
};

Posteriors drawn(int64_t batch, int64_t latents, torch::ScalarType type = torch::kFloat64) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, 5);
  const auto options = torch::TensorOptions().dtype(type);
  return {torch::randn({batch, latents}, generator, options),
          torch::randn({batch, latents}, generator, options)};
}

/// KL(N(m0, s0^2) || N(m1, s1^2)) by the textbook.
double klOfTwo(double m0, double s0, double m1, double s1) {
  return std::log(s1 / s0) + (s0 * s0 + (m0 - m1) * (m0 - m1)) / (2 * s1 * s1) - 0.5;
}

TEST(PairwiseKl, MatchesReference) {
  const Json& expected = reference().at("mae");
  const PairwiseKl pairs = pairwiseKl(input("mu"), input("logvar"));
  expectNear(pairs.meanPerLatent, expected.at("mean_per_dim"));
  expectNear(pairs.spread, expected.at("std"));
  expectNear(torch::softplus(-pairs.meanPerLatent).sum(), expected.at("diverse_official"));
  expectNear(pairs.softplusSum, expected.at("diverse_paper_mean_over_pairs"));
  expectNear(pairs.softplusSum * 4, expected.at("diverse_report_eq9_sum_over_pairs_over_M"));

  const torch::Tensor vae =
      bernoulliNll(input("logits"), input("x")).mean() + kl(input("mu"), input("logvar")).mean();
  const torch::Tensor diverse = torch::softplus(-pairs.meanPerLatent).sum();
  expectNear(vae + diverse + 0.01 * pairs.spread, expected.at("loss_official_eta_1_gamma_0_01"));
  expectNear(vae + 2 * diverse + 0.5 * pairs.spread, expected.at("loss_official_eta_2_gamma_0_5"));
}

TEST(PairwiseKl, OfTwoGaussiansIsTheTextbooks) {
  for (const Json& pair : reference().at("kl_gauss_1d")) {
    const double m0 = pair.at("m0"), s0 = pair.at("s0"), m1 = pair.at("m1"), s1 = pair.at("s1");
    const torch::Tensor mu = torch::tensor({{m0}, {m1}}, torch::kFloat64);
    const torch::Tensor logVar = torch::tensor({{2 * std::log(s0)}, {2 * std::log(s1)}}, torch::kFloat64);
    const double forth = klOfTwo(m0, s0, m1, s1), back = klOfTwo(m1, s1, m0, s0);
    EXPECT_NEAR(forth, pair.at("kl").get<double>(), 1e-9);
    const PairwiseKl pairs = pairwiseKl(mu, logVar);
    EXPECT_NEAR(pairs.meanPerLatent.item<double>(), (forth + back) / 2, 1e-9 * (forth + back));
    EXPECT_NEAR(pairs.spread.item<double>(), std::abs(forth - back) / std::sqrt(2), 1e-9 * (forth + back));
  }
}

TEST(PairwiseKl, GradientsMatchDifferences) {
  const Posteriors q = drawn(6, 3);
  const auto combined = [](const PairwiseKl& pairs) {
    const torch::Tensor weights = torch::arange(1, 4, torch::kFloat64); // unequal, so that axes show
    return (torch::softplus(-pairs.meanPerLatent) * weights).sum() + 0.3 * pairs.spread +
           2 * pairs.softplusSum;
  };
  checkGradient([&](const torch::Tensor& mu) { return combined(pairwiseKl(mu, q.logVar)); }, q.mu);
  checkGradient([&](const torch::Tensor& logVar) { return combined(pairwiseKl(q.mu, logVar)); }, q.logVar);
}

TEST(PairwiseKl, OrderOfTheBatchDoesNotMatter) {
  const Posteriors q = drawn(9, 4);
  const torch::Tensor order = torch::tensor({4, 2, 8, 0, 6, 1, 7, 3, 5});
  const PairwiseKl a = pairwiseKl(q.mu, q.logVar);
  const PairwiseKl b = pairwiseKl(q.mu.index_select(0, order), q.logVar.index_select(0, order));
  EXPECT_LT((a.meanPerLatent - b.meanPerLatent).abs().max().item<double>(), 1e-12);
  EXPECT_NEAR(a.spread.item<double>(), b.spread.item<double>(), 1e-12);
  EXPECT_NEAR(a.softplusSum.item<double>(), b.softplusSum.item<double>(), 1e-12);
}

TEST(PairwiseKl, IdenticalPosteriorsGiveNothingAndNoGradient) {
  torch::Tensor mu = torch::full({5, 3}, 0.7, torch::kFloat64).requires_grad_(true);
  torch::Tensor logVar = torch::full({5, 3}, -1.2, torch::kFloat64).requires_grad_(true);
  const PairwiseKl pairs = pairwiseKl(mu, logVar);
  EXPECT_TRUE(pairs.meanPerLatent.equal(torch::zeros({3}, torch::kFloat64)));
  EXPECT_EQ(pairs.spread.item<double>(), 0);
  EXPECT_NEAR(torch::softplus(-pairs.meanPerLatent).sum().item<double>(), 3 * std::log(2.0), 1e-12);
  EXPECT_NEAR(pairs.softplusSum.item<double>(), 3 * std::log(2.0), 1e-12); // the diagonal counts nowhere
  (pairs.meanPerLatent.sum() + pairs.spread + pairs.softplusSum).backward();
  EXPECT_TRUE(mu.grad().equal(torch::zeros_like(mu)));
  EXPECT_TRUE(logVar.grad().equal(torch::zeros_like(logVar)));
}

TEST(PairwiseKl, ABatchOfOneHasNoPairs) {
  const PairwiseKl pairs = pairwiseKl(torch::ones({1, 3}), torch::zeros({1, 3}));
  EXPECT_TRUE(pairs.meanPerLatent.equal(torch::zeros({3})));
  EXPECT_EQ(pairs.spread.item<float>() + pairs.softplusSum.item<float>(), 0);
}

TEST(PairwiseKl, StaysFiniteAtTheLimitsOfTheEncoder) {
  // logVar is limited to +-7 there; means may run far away.
  torch::Tensor mu = torch::tensor({{-1e4F, 0.0F}, {1e4F, 0.0F}, {0.0F, 1e4F}}).requires_grad_(true);
  torch::Tensor logVar = torch::tensor({{-7.0F, 7.0F}, {7.0F, -7.0F}, {-7.0F, -7.0F}}).requires_grad_(true);
  const PairwiseKl pairs = pairwiseKl(mu, logVar);
  (torch::softplus(-pairs.meanPerLatent).sum() + pairs.spread + pairs.softplusSum).backward();
  for (const torch::Tensor& tensor :
       {pairs.meanPerLatent, pairs.spread, pairs.softplusSum, mu.grad(), logVar.grad()}) {
    EXPECT_TRUE(torch::isfinite(tensor).all().item<bool>());
  }
}

TEST(PairwiseKl, ManyLatentsAtOnceEqualOneByOne) {
  const Posteriors q = drawn(300, 20); // more pairs times latents than are held at once
  const PairwiseKl all = pairwiseKl(q.mu, q.logVar);
  for (const int64_t k : {0, 7, 19}) {
    const PairwiseKl one = pairwiseKl(q.mu.narrow(1, k, 1), q.logVar.narrow(1, k, 1));
    EXPECT_NEAR(all.meanPerLatent[k].item<double>(), one.meanPerLatent.item<double>(), 1e-10);
  }
}

TEST(PairwiseKl, LargeBatchesAndLatentSizesRun) {
  Posteriors q = drawn(1000, 200, torch::kFloat32); // all pairs at once would take 800 MB a temporary
  q.mu.requires_grad_(true);
  q.logVar.requires_grad_(true);
  const PairwiseKl pairs = pairwiseKl(q.mu, q.logVar);
  (pairs.meanPerLatent.sum() + pairs.spread).backward();
  EXPECT_TRUE(torch::isfinite(q.mu.grad()).all().item<bool>());
  EXPECT_GT(pairs.spread.item<float>(), 0);
}

} // namespace
} // namespace latent
