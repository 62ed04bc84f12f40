// Every update against the formulas of torch.optim's documentation, computed here in float64 one element at a
// time, and against the library's own optimisers.
#include "core/train/detail/optimiser.h"

#include "core/base/json.h"
#include "core/models/torch_compat.h"
#include "core/train/detail/averaged_weights.h"
#include "core/train/detail/update_kernels.h"
#include "tests/core/fixtures/model_specs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <random>

namespace latent {
namespace {

using fixtures::tinySpec;
using Vector = std::vector<double>;

constexpr int64_t kCount = 37; // not a multiple of any vector width
constexpr int kSteps = 12;

/// What an optimiser is asked for; the names are those of the parameters.
struct Case {
  std::string optimiser;
  double momentum = 0;
  double weightDecay = 0;
  double clip = 0;

  Parameters parameters() const {
    Parameters p;
    p.set("optimiser", optimiser);
    p.set("momentum", momentum);
    p.set("weight_decay", weightDecay);
    p.set("clip", clip);
    return p;
  }
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {{"adam"},
                                        {"adam", 0, 0.1},
                                        {"adamw", 0, 0.1},
                                        {"adam", 0, 0, 0.5},
                                        {"adagrad"},
                                        {"adagrad", 0, 0.1},
                                        {"sgd"},
                                        {"sgd", 0, 0.1},
                                        {"sgd", 0.9},
                                        {"sgd", 0.9, 0.1, 2},
                                        {"adamw", 0, 0.05, 1}};
  return all;
}

std::string nameOf(const Case& c) {
  return c.optimiser + " momentum " + std::to_string(c.momentum) + " decay " + std::to_string(c.weightDecay) +
         " clip " + std::to_string(c.clip);
}

/// One update as the documentation writes it; `a` and `b` are what the method remembers.
void documentedUpdate(const Case& c, double rate, int step, Vector& p, Vector g, Vector& a, Vector& b) {
  if (c.clip > 0) {
    double squares = 0;
    for (const double x : g) squares += x * x;
    const double coefficient = c.clip / (std::sqrt(squares) + 1e-6);
    if (coefficient < 1)
      for (double& x : g) x *= coefficient;
  }
  for (size_t i = 0; i < p.size(); ++i) {
    if (c.optimiser == "adamw")
      p[i] -= rate * c.weightDecay * p[i];
    else
      g[i] += c.weightDecay * p[i];
    if (c.optimiser == "adagrad") {
      a[i] += g[i] * g[i];
      p[i] -= rate * g[i] / (std::sqrt(a[i]) + 1e-10);
    } else if (c.optimiser == "sgd") {
      a[i] = step == 1 ? g[i] : c.momentum * a[i] + g[i];
      p[i] -= rate * (c.momentum > 0 ? a[i] : g[i]);
    } else {
      a[i] = 0.9 * a[i] + 0.1 * g[i];
      b[i] = 0.999 * b[i] + 0.001 * g[i] * g[i];
      const double first = a[i] / (1 - std::pow(0.9, step)), second = b[i] / (1 - std::pow(0.999, step));
      p[i] -= rate * first / (std::sqrt(second) + 1e-8);
    }
  }
}

template<class T>
void fusedUpdate(const Case& c, double rate, int step, std::vector<T>& p, std::vector<T>& g,
                 std::vector<T>& a, std::vector<T>& b) {
  const auto count = static_cast<int64_t>(p.size());
  if (c.clip > 0) clipNorm(g.data(), count, c.clip);
  if (c.optimiser == "adagrad")
    adagradStep(p.data(), g.data(), a.data(), count, {rate, c.weightDecay});
  else if (c.optimiser == "sgd")
    sgdStep(p.data(), g.data(), c.momentum > 0 ? a.data() : nullptr, count,
            {rate, c.momentum, c.weightDecay});
  else
    adamStep(p.data(), g.data(), a.data(), b.data(), count,
             {rate, step, c.optimiser == "adamw" ? Decay::shrinking : Decay::added, c.weightDecay});
}

template<class T>
void expectDocumented(double tolerance) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(nameOf(c));
    std::mt19937_64 random(5);
    std::normal_distribution<double> normal;
    Vector p(kCount), a(kCount), b(kCount);
    for (double& x : p) x = normal(random);
    std::vector<T> own(p.begin(), p.end()), ownA(kCount), ownB(kCount);
    for (int step = 1; step <= kSteps; ++step) {
      Vector g(kCount);
      for (double& x : g) x = normal(random);
      std::vector<T> ownG(g.begin(), g.end());
      documentedUpdate(c, 0.03, step, p, g, a, b);
      fusedUpdate(c, 0.03, step, own, ownG, ownA, ownB);
      for (size_t i = 0; i < p.size(); ++i) {
        ASSERT_NEAR(static_cast<double>(own[i]), p[i], tolerance) << step;
        ASSERT_EQ(ownG[i], 0);
      }
    }
  }
}

TEST(Optimiser, DoubleFollowsTheDocumentedFormulas) {
  expectDocumented<double>(1e-12);
}
TEST(Optimiser, FloatFollowsTheDocumentedFormulas) {
  expectDocumented<float>(2e-5);
}

TEST(Optimiser, AdamFollowsTheReferenceTrajectory) {
  const Json json =
      Json::parse(std::ifstream(LATENT_SOURCE_DIR "/tests/reference/objectives.json")).at("adam");
  auto p = json.at("p0").get<Vector>();
  Vector m(p.size()), v(p.size());
  int64_t step = 0;
  for (const Json& gradients : json.at("grads")) {
    auto g = gradients.get<Vector>();
    const auto expected = json.at("trajectory").at(static_cast<size_t>(step)).get<Vector>();
    ++step;
    adamStep(p.data(), g.data(), m.data(), v.data(), static_cast<int64_t>(p.size()),
             AdamUpdate(json.at("lr").get<double>(), step));
    for (size_t i = 0; i < p.size(); ++i) {
      EXPECT_NEAR(p[i], expected[i], 1e-9);
      EXPECT_EQ(g[i], 0);
    }
  }
}

std::unique_ptr<torch::optim::Optimizer> libraryOptimiser(const Case& c, const torch::Tensor& p,
                                                          double rate) {
  using namespace torch::optim;
  if (c.optimiser == "adam")
    return std::make_unique<Adam>(std::vector{p}, AdamOptions(rate).weight_decay(c.weightDecay));
  if (c.optimiser == "adamw")
    return std::make_unique<AdamW>(std::vector{p}, AdamWOptions(rate).weight_decay(c.weightDecay));
  if (c.optimiser == "adagrad")
    return std::make_unique<Adagrad>(std::vector{p}, AdagradOptions(rate).weight_decay(c.weightDecay));
  return std::make_unique<SGD>(std::vector{p},
                               SGDOptions(rate).momentum(c.momentum).weight_decay(c.weightDecay));
}

FlatModel initialised() {
  FlatModel model(tinySpec("ae"), torch::kCPU, FlatModel::Gradients::flat);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 1);
  initialise(model.model(), generator);
  return model;
}

TEST(Optimiser, AgreesWithTheLibrarysOptimisers) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(nameOf(c));
    FlatModel model = initialised();
    at::Generator generator = compat::makeGenerator(torch::kCPU, 2);
    torch::Tensor library = model.parameters().clone().requires_grad_(true);
    const auto reference = libraryOptimiser(c, library, 0.01);
    Optimiser own(c.parameters(), model);
    for (int64_t step = 1; step <= 20; ++step) {
      const torch::Tensor g = torch::empty_like(model.gradients()).normal_(0, 1, generator);
      library.mutable_grad() = g.clone();
      if (c.clip > 0) torch::nn::utils::clip_grad_norm_(library, c.clip);
      reference->step();
      torch::Tensor gradients = model.gradients();
      gradients.copy_(g);
      own.update(model, 0.01, step);
    }
    EXPECT_LT((model.parameters() - library).abs().max().item<float>(), 2e-5);
  }
}

TEST(Optimiser, TensorOperationsAgreeWithTheFusedPassAndStopWhenToldTo) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(nameOf(c));
    FlatModel fused = initialised(), masked = initialised();
    at::Generator generator = compat::makeGenerator(torch::kCPU, 3);
    Optimiser a(c.parameters(), fused), b(c.parameters(), masked);
    const torch::Tensor good = torch::ones({}, torch::kBool);
    for (int64_t step = 1; step <= 20; ++step) {
      const torch::Tensor g = torch::empty_like(fused.gradients()).normal_(0, 1, generator);
      torch::Tensor first = fused.gradients(), second = masked.gradients();
      first.copy_(g);
      second.copy_(g);
      a.update(fused, 1e-2, step);
      b.updateWhile(good, masked, 1e-2, step);
    }
    EXPECT_LT((fused.values() - masked.values()).abs().max().item<float>(), 1e-5);

    const torch::Tensor values = masked.values().clone();
    std::vector<torch::Tensor> before;
    for (const auto& moment : b.moments()) before.push_back(moment.values.clone());
    torch::Tensor gradients = masked.gradients();
    gradients.fill_(std::numeric_limits<float>::quiet_NaN());
    b.updateWhile(torch::zeros({}, torch::kBool), masked, 1e-2, 21);
    EXPECT_TRUE(masked.values().equal(values));
    for (size_t i = 0; i < before.size(); ++i) EXPECT_TRUE(b.moments()[i].values.equal(before[i]));
    EXPECT_EQ(masked.gradients().abs().max().item<float>(), 0);
  }
}

TEST(Optimiser, ClippingShortensOnlyWhatIsTooLong) {
  std::vector<float> g{3, 4, 0};
  EXPECT_DOUBLE_EQ(clipNorm(g.data(), 3, 10), 5);
  EXPECT_EQ(g, (std::vector<float>{3, 4, 0}));
  EXPECT_DOUBLE_EQ(clipNorm(g.data(), 3, 1), 5);
  EXPECT_NEAR(std::hypot(g[0], g[1]), 1, 1e-6);
  EXPECT_NEAR(g[0] / g[1], 0.75, 1e-6);
  std::vector<float> huge(40, 3e38F); // its squares overflow in float
  clipNorm(huge.data(), 40, 1);
  for (const float x : huge) EXPECT_NEAR(x, 1 / std::sqrt(40.0), 1e-6);
}

TEST(AveragedWeights, FollowTheDocumentedAverage) {
  FlatModel model = initialised();
  AveragedWeights fused(0.6, model), masked(0.6, model);
  fused.begin(model);
  masked.begin(model);
  EXPECT_TRUE(fused.values().equal(model.values()));
  torch::Tensor expected = model.values().to(torch::kFloat64);
  at::Generator generator = compat::makeGenerator(torch::kCPU, 3);
  const torch::Tensor good = torch::ones({}, torch::kBool);
  for (int step = 1; step <= 12; ++step) {
    const torch::Tensor& values = model.values();
    values.normal_(0, 1, generator);
    const double decay = std::min(0.6, (1.0 + step) / (10.0 + step));
    expected = decay * expected + (1 - decay) * values.to(torch::kFloat64);
    fused.follow(model, step, {});
    masked.follow(model, step, good);
  }
  EXPECT_LT((fused.values() - expected).abs().max().item<double>(), 1e-5);
  EXPECT_LT((masked.values() - expected).abs().max().item<double>(), 1e-5);
  const torch::Tensor before = masked.values().clone();
  const torch::Tensor& values = model.values();
  values.normal_(0, 1, generator);
  masked.follow(model, 13, torch::zeros({}, torch::kBool));
  EXPECT_TRUE(masked.values().equal(before));
}

TEST(Optimiser, AllFiniteSeesEveryElement) {
  for (const size_t count : {1U, 16U, 37U}) {
    std::vector<float> values(count, 3e38F);
    EXPECT_TRUE(allFinite(values.data(), static_cast<int64_t>(count)));
    for (size_t i = 0; i < count; ++i) {
      for (const float bad : {std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(),
                              std::numeric_limits<float>::quiet_NaN()}) {
        std::vector<float> damaged = values;
        damaged[i] = bad;
        EXPECT_FALSE(allFinite(damaged.data(), static_cast<int64_t>(count))) << i;
      }
    }
  }
}

} // namespace
} // namespace latent
