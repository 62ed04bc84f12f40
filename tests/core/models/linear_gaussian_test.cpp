// PCA and probabilistic PCA against known answers.
#include "core/models/linear_gaussian.h"

#include "core/models/flat_model.h"
#include "core/models/torch_compat.h"
#include "tests/core/fixtures/model_specs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace latent {
namespace {

using fixtures::parameter;
using fixtures::tinySpec;

constexpr ImageShape kShape{1, 2, 3};

/// Images x = W z + b + noise with two directions of unequal strength; values stay within [0, 1].
torch::Tensor images(int64_t n, double noise) {
  at::Generator generator = compat::makeGenerator(torch::kCPU, 8);
  const torch::Tensor z = torch::randn({n, 2}, generator, torch::kFloat32);
  const torch::Tensor w =
      torch::tensor({{0.1F, 0.1F, 0.0F, 0.0F, 0.0F, 0.0F}, {0.0F, 0.0F, 0.05F, -0.05F, 0.0F, 0.0F}});
  const torch::Tensor eps = torch::randn({n, 6}, generator, torch::kFloat32);
  return (0.5 + z.mm(w) + noise * eps).view({n, 1, 2, 3});
}

FlatModel solved(const std::string& family, int64_t latents, const torch::Tensor& x) {
  FlatModel flat(tinySpec(family, parameter("latent", latents), kShape), torch::kCPU,
                 FlatModel::Gradients::flat);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(flat.model(), generator);
  ClosedForm* form = flat.model().closedForm();
  form->begin();
  for (const torch::Tensor& part : x.split(700)) form->add(part);
  form->solve();
  return flat;
}

double loss(FlatModel& flat, const torch::Tensor& x) {
  ObjectiveContext context{compat::makeGenerator(torch::kCPU, 1), 0, x.size(0)};
  return flat.model().objective(x, context)[0].item<double>();
}

TEST(Pca, RecoversTheDirectionsOfTheData) {
  const torch::Tensor x = images(4000, 0);
  FlatModel flat = solved("pca", 2, x);
  EXPECT_NEAR(loss(flat, x), 0, 1e-8);
  const torch::Tensor w = flat.model().named_parameters()["decoder.weight"];
  // Orthonormal, strongest first, the largest element positive.
  EXPECT_LT((w.t().mm(w) - torch::eye(2)).abs().max().item<float>(), 1e-5);
  EXPECT_NEAR(std::abs(w[0][0].item<float>()), std::sqrt(0.5), 0.02);
  EXPECT_GT(w.gather(0, w.abs().argmax(0, true)).min().item<float>(), 0);
}

TEST(Pca, ErrorIsTheSumOfTheEigenvaluesLeftOut) {
  const torch::Tensor x = images(4000, 0.02);
  const torch::Tensor centred = (x.flatten(1) - x.flatten(1).mean(0)).to(torch::kFloat64);
  const torch::Tensor values = std::get<0>(at::linalg_eigh(centred.t().mm(centred) / 4000, "L"));
  for (const int64_t k : {1, 2, 5}) {
    FlatModel flat = solved("pca", k, x);
    EXPECT_NEAR(loss(flat, x), values.narrow(0, 0, 6 - k).sum().item<double>(), 1e-6) << k;
  }
}

TEST(Pca, DecodingACodeIsTheProjection) {
  const torch::Tensor x = images(500, 0.02);
  FlatModel flat = solved("pca", 5, x);
  const torch::Tensor again = flat.model().decode(flat.model().encode(x).mu);
  EXPECT_NEAR((again - x).square().flatten(1).sum(1).mean().item<double>(), loss(flat, x), 1e-6);
}

TEST(ProbabilisticPca, LossIsTheLikelihoodOfTheGaussian) {
  const torch::Tensor x = images(3000, 0.05);
  FlatModel flat = solved("ppca", 2, x);
  const torch::OrderedDict<std::string, torch::Tensor> p = flat.model().named_parameters();
  const torch::Tensor w = p["decoder.weight"].detach().to(torch::kFloat64);
  const double s = p["noise.variance"].item<double>();
  EXPECT_NEAR(std::sqrt(s), 0.05, 0.002);
  const torch::Tensor c = w.mm(w.t()) + s * torch::eye(6, torch::kFloat64);
  const torch::Tensor d = (x.flatten(1) - p["decoder.bias"].detach()).to(torch::kFloat64);
  const torch::Tensor quadratic = (d.mm(torch::linalg_inv(c)) * d).sum(1).mean();
  const double nll =
      0.5 * (6 * std::log(2 * std::numbers::pi) + torch::logdet(c).item<double>() + quadratic.item<double>());
  EXPECT_NEAR(loss(flat, x), nll, 1e-4);
}

TEST(ProbabilisticPca, PosteriorIsBayesOwn) {
  const torch::Tensor x = images(3000, 0.05);
  FlatModel flat = solved("ppca", 2, x);
  const torch::OrderedDict<std::string, torch::Tensor> p = flat.model().named_parameters();
  const torch::Tensor w = p["decoder.weight"].detach();
  const torch::Tensor m = w.t().mm(w) + p["noise.variance"].item<double>() * torch::eye(2);
  const torch::Tensor mean = (x.flatten(1) - p["decoder.bias"].detach()).mm(w).mm(torch::linalg_inv(m));
  const torch::Tensor covariance = p["noise.variance"].item<double>() * torch::linalg_inv(m);
  const Posterior q = flat.model().encode(x);
  EXPECT_LT((q.mu - mean).abs().max().item<float>(), 1e-4);
  EXPECT_LT((q.logVar.exp()[0] - covariance.diagonal()).abs().max().item<float>(), 1e-5);
}

TEST(ProbabilisticPca, ConstantImagesStayFinite) {
  const torch::Tensor x = torch::full({50, 1, 2, 3}, 0.25F);
  FlatModel flat = solved("ppca", 2, x);
  EXPECT_TRUE(std::isfinite(loss(flat, x)));
}

TEST(LinearGaussian, RefusesTooManyDirectionsAndTooLargeImages) {
  EXPECT_FALSE(makeModelSpec("pca", kShape, parameter("latent", int64_t{6})).ok());
  EXPECT_TRUE(makeModelSpec("pca", kShape, parameter("latent", int64_t{5})).ok());
  EXPECT_FALSE(makeModelSpec("ppca", {3, 64, 64}, parameter("latent", int64_t{2})).ok());
}

} // namespace
} // namespace latent
