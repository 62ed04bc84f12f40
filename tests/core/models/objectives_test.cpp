// Objectives against independent float64 numbers, and their gradients against differences.
#include "core/models/objectives.h"

#include "tests/core/models/reference.h"

namespace latent {
namespace {

using namespace fixtures;

TEST(Objectives, ReparameterisationMatchesReference) {
  expectNear(reparameterise(input("mu"), input("logvar"), input("eps")), reference().at("reparameterised_z"));
}

TEST(Objectives, KlMatchesReference) {
  const Json& expected = reference().at("kl");
  expectNear(klPerLatent(input("mu"), input("logvar")).mean(0), expected.at("per_dim_batch_mean"));
  expectNear(kl(input("mu"), input("logvar")), expected.at("per_sample"));
  expectNear(kl(input("mu"), input("logvar")).mean(), expected.at("mean"));
}

TEST(Objectives, BernoulliMatchesReference) {
  const Json& expected = reference().at("bernoulli_nll");
  expectNear(bernoulliNll(input("logits"), input("x")), expected.at("per_sample"));
  expectNear(bernoulliNll(input("logits"), input("x")).mean(), expected.at("mean"));
}

TEST(Objectives, GaussianMatchesReference) {
  for (const auto& [key, sigma] :
       {std::pair{"gaussian_nll_sigma_1.0", 1.0}, {"gaussian_nll_sigma_0.1", 0.1}}) {
    // The reference takes the decoder's output through a sigmoid: a mean in [0,1].
    const Json& expected = reference().at(key);
    const torch::Tensor value = gaussianNll(torch::sigmoid(input("logits")), input("x"), sigma);
    expectNear(value, expected.at("per_sample"));
    expectNear(value.mean(), expected.at("mean"));
  }
}

TEST(Objectives, LossOfTheVaeIsTheSumOfItsParts) {
  const torch::Tensor loss =
      bernoulliNll(input("logits"), input("x")).mean() + kl(input("mu"), input("logvar")).mean();
  const double expected = reference().at("bernoulli_nll").at("mean").get<double>() +
                          reference().at("kl").at("mean").get<double>();
  EXPECT_NEAR(loss.item<double>(), expected, kTolerance);
  // beta = 4 stands in the reference: recon and KL are weighted as it says.
  const torch::Tensor weighted =
      bernoulliNll(input("logits"), input("x")).mean() + 4 * kl(input("mu"), input("logvar")).mean();
  EXPECT_NEAR(weighted.item<double>(), reference().at("beta_vae_loss_beta_4").get<double>(), kTolerance);
}

TEST(Objectives, GradientsMatchDifferences) {
  const torch::Tensor mu = input("mu"), logVar = input("logvar"), eps = input("eps");
  const torch::Tensor x = input("x"), logits = input("logits");
  // Unequal weights an image, so that a gradient summed over the wrong axis shows.
  const torch::Tensor weights = torch::arange(1, x.size(0) + 1, torch::kFloat64);
  checkGradient([&](const torch::Tensor& l) { return (bernoulliNll(l, x) * weights).sum(); }, logits);
  checkGradient([&](const torch::Tensor& m) { return (kl(m, logVar) * weights).sum(); }, mu);
  checkGradient([&](const torch::Tensor& v) { return (kl(mu, v) * weights).sum(); }, logVar);
  checkGradient([&](const torch::Tensor& m) { return (gaussianNll(m, x, 0.3) * weights).sum(); }, logits);
  checkGradient([&](const torch::Tensor& v) { return reparameterise(mu, v, eps).square().sum(); }, logVar);
}

TEST(Objectives, CapacityMatchesReferenceAndIsLeastWhereKlIsC) {
  const torch::Tensor recon = bernoulliNll(input("logits"), input("x")).mean();
  const torch::Tensor meanKl = kl(input("mu"), input("logvar")).mean();
  for (const auto& [key, c] : {std::pair{"capacity_loss_gamma_1000_C_0.0", 0.0},
                               {"capacity_loss_gamma_1000_C_5.0", 5.0},
                               {"capacity_loss_gamma_1000_C_25.0", 25.0}}) {
    EXPECT_NEAR((recon + capacityPressure(meanKl, 1000, c)).item<double>(), reference().at(key).get<double>(),
                kTolerance * 1000);
  }
  const torch::Tensor at = torch::linspace(0, 10, 101, torch::kFloat64);
  EXPECT_EQ(capacityPressure(at, 1000, at[37].item<double>()).argmin().item<int64_t>(), 37);
}

TEST(Objectives, LearntSigmaIsTheFixedOnesFormula) {
  const torch::Tensor mean = input("logits"), x = input("x");
  const torch::Tensor logSigma = torch::full({1}, std::log(0.3), torch::kFloat64);
  EXPECT_LT((gaussianNll(mean, x, logSigma) - gaussianNll(mean, x, 0.3)).abs().max().item<double>(),
            kTolerance);
  checkGradient([&](const torch::Tensor& s) { return gaussianNll(mean, x, s).sum(); }, logSigma, 1e-4);
}

TEST(Objectives, BernoulliIsStableAtExtremeLogits) {
  const torch::Tensor logits = torch::tensor({{-1e4, 1e4, 0.0}}, torch::kFloat32).requires_grad_(true);
  const torch::Tensor right = torch::tensor({{0.0F, 1.0F, 0.5F}});
  EXPECT_NEAR(bernoulliNll(logits, right).item<float>(), std::log(2.0), 1e-6);
  const torch::Tensor wrong = torch::tensor({{1.0F, 0.0F, 0.5F}});
  const torch::Tensor loss = bernoulliNll(logits, wrong);
  EXPECT_NEAR(loss.item<float>(), 2e4 + std::log(2.0), 1e-2);
  loss.backward(torch::ones({1}));
  EXPECT_TRUE(logits.grad().equal(torch::tensor({{-1.0F, 1.0F, 0.0F}})));
}

TEST(Objectives, BernoulliAgreesWithTheLibrarysOwn) {
  const torch::Tensor logits = torch::linspace(-60, 60, 500, torch::kFloat64).view({5, 100});
  const torch::Tensor x = torch::linspace(0, 1, 500, torch::kFloat64).view({5, 100}).flip(1);
  const torch::Tensor library =
      torch::binary_cross_entropy_with_logits(logits, x, {}, {}, at::Reduction::None).sum(1);
  EXPECT_LT((bernoulliNll(logits, x) - library).abs().max().item<double>(), kTolerance);
}

TEST(Objectives, KlIsNeverNegativeAndZeroOnlyAtThePrior) {
  at::Generator generator = at::detail::createCPUGenerator(3);
  const auto options = torch::TensorOptions().dtype(torch::kFloat64);
  const torch::Tensor mu = torch::randn({1000, 4}, generator, options);
  const torch::Tensor logVar = torch::randn({1000, 4}, generator, options);
  EXPECT_GT(klPerLatent(mu, logVar).min().item<double>(), 0);
  const torch::Tensor zero = torch::zeros({3, 4}, torch::kFloat64);
  EXPECT_TRUE(kl(zero, zero).equal(torch::zeros({3}, torch::kFloat64)));
}

} // namespace
} // namespace latent
