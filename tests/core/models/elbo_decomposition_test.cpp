// The decomposition of beta-TCVAE against independent float64 numbers.
#include "core/models/elbo_decomposition.h"

#include "core/models/objectives.h"
#include "core/models/torch_compat.h"
#include "tests/core/models/reference.h"

#include <cmath>

namespace latent {
namespace {

using namespace fixtures;

const auto kDouble = torch::TensorOptions().dtype(torch::kFloat64);

torch::Tensor sample() {
  return reparameterise(input("mu"), input("logvar"), input("eps"));
}

TEST(ElboDecomposition, StratifiedWeightsMatchReference) {
  const Json& expected = reference().at("beta_tcvae_stratified");
  expectNear(stratifiedLogWeights(5, expected.at("n_total"), kDouble).exp(), expected.at("weights"));
}

TEST(ElboDecomposition, RowsOfTheWeightsSumToOneForAnyBatch) {
  for (const int64_t batch : {1, 2, 3, 100}) {
    for (const int64_t images : {batch, batch + 1, int64_t{60000}}) {
      const torch::Tensor sums = stratifiedLogWeights(batch, images, kDouble).exp().sum(1);
      EXPECT_LT((sums - 1).abs().max().item<double>(), 1e-12) << batch << " of " << images;
    }
  }
}

TEST(ElboDecomposition, MatchesReferenceWithStratifiedWeights) {
  const Json& expected = reference().at("beta_tcvae_stratified");
  const auto parts = elboDecomposition(sample(), input("mu"), input("logvar"),
                                       stratifiedLogWeights(5, expected.at("n_total"), kDouble));
  expectNear(parts.mutualInformation, expected.at("mi"));
  expectNear(parts.totalCorrelation, expected.at("tc"));
  expectNear(parts.dimensionwiseKl, expected.at("dimwise_kl"));
  const torch::Tensor recon = bernoulliNll(input("logits"), input("x")).mean();
  expectNear(recon + parts.mutualInformation + 6 * parts.totalCorrelation + parts.dimensionwiseKl,
             expected.at("loss_beta_6"));
}

TEST(ElboDecomposition, MatchesReferenceWithTheFullMixture) {
  const Json& expected = reference().at("elbo_decomposition_full_mixture");
  const torch::Tensor equal = torch::full({5, 5}, -std::log(5.0), kDouble);
  const auto parts = elboDecomposition(sample(), input("mu"), input("logvar"), equal);
  expectNear(parts.mutualInformation, expected.at("mi"));
  expectNear(parts.totalCorrelation, expected.at("tc"));
  expectNear(parts.dimensionwiseKl, expected.at("dimwise_kl"));
  // Whatever the weights are, the three add up to log q(z|x) - log p(z) of the samples.
  expectNear(parts.mutualInformation + parts.totalCorrelation + parts.dimensionwiseKl,
             expected.at("sum_equals_mc_kl"));
}

TEST(ElboDecomposition, GradientsMatchDifferences) {
  const torch::Tensor z = sample(), mu = input("mu"), logVar = input("logvar");
  const torch::Tensor weights = stratifiedLogWeights(5, 1000, kDouble);
  const auto combined = [](const ElboDecomposition& parts) {
    return parts.mutualInformation + 6 * parts.totalCorrelation + 0.5 * parts.dimensionwiseKl;
  };
  checkGradient([&](const torch::Tensor& t) { return combined(elboDecomposition(t, mu, logVar, weights)); },
                z);
  checkGradient([&](const torch::Tensor& t) { return combined(elboDecomposition(z, t, logVar, weights)); },
                mu);
  checkGradient([&](const torch::Tensor& t) { return combined(elboDecomposition(z, mu, t, weights)); },
                logVar);
}

TEST(ElboDecomposition, IndependentLatentsHaveNoTotalCorrelation) {
  // Aggregate posterior = prior: one posterior, N(0, I), for every image.
  at::Generator generator = compat::makeGenerator(torch::kCPU, 3);
  const torch::Tensor z = torch::randn({400, 3}, generator, kDouble);
  const torch::Tensor zero = torch::zeros({400, 3}, kDouble);
  const auto parts = elboDecomposition(z, zero, zero, stratifiedLogWeights(400, 10000, kDouble));
  EXPECT_NEAR(parts.totalCorrelation.item<double>(), 0, 1e-9);
  EXPECT_NEAR(parts.mutualInformation.item<double>(), 0, 1e-9);
  EXPECT_NEAR(parts.dimensionwiseKl.item<double>(), 0, 1e-9);
}

TEST(ElboDecomposition, ALatentThatRepeatsAnotherHasMuch) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, 4);
  const torch::Tensor code = torch::randn({400, 1}, generator, kDouble);
  const torch::Tensor mu = torch::cat({code, code}, 1);
  const torch::Tensor logVar = torch::full({400, 2}, -6.0, kDouble);
  const auto parts = elboDecomposition(mu, mu, logVar, stratifiedLogWeights(400, 10000, kDouble));
  EXPECT_GT(parts.totalCorrelation.item<double>(), 1);
}

TEST(ElboDecomposition, LargeBatchesAndLatentSizesRun) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, 5);
  torch::Tensor mu = torch::randn({1000, 200}, generator, torch::kFloat32).requires_grad_(true);
  const torch::Tensor logVar = torch::zeros({1000, 200});
  const auto parts =
      elboDecomposition(mu.detach(), mu, logVar, stratifiedLogWeights(1000, 60000, torch::kFloat32));
  parts.totalCorrelation.backward();
  EXPECT_TRUE(torch::isfinite(mu.grad()).all().item<bool>());
}

} // namespace
} // namespace latent
