// The exact small cases of tests/reference/objectives.json as float64 tensors.
#pragma once

#include "core/base/json.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <fstream>
#include <functional>
#include <vector>

namespace latent::fixtures {

constexpr double kTolerance = 1e-9;

inline const Json& reference() {
  static const Json json = Json::parse(std::ifstream(LATENT_SOURCE_DIR "/tests/reference/objectives.json"));
  return json;
}

inline torch::Tensor toTensor(const Json& json) {
  if (!json.is_array()) return torch::tensor(json.get<double>(), torch::kFloat64);
  std::vector<torch::Tensor> parts;
  for (const Json& part : json) parts.push_back(toTensor(part));
  return torch::stack(parts);
}

inline torch::Tensor input(const char* name) {
  return toTensor(reference().at("inputs").at(name));
}

inline void expectNear(const torch::Tensor& value, const Json& expected) {
  const torch::Tensor wanted = toTensor(expected);
  ASSERT_EQ(value.sizes(), wanted.sizes());
  EXPECT_LT((value - wanted).abs().max().item<double>(), kTolerance);
}

/// d f / d at by central differences, elementwise.
inline torch::Tensor differences(const std::function<torch::Tensor(const torch::Tensor&)>& f,
                                 const torch::Tensor& at) {
  constexpr double h = 1e-6;
  torch::Tensor gradient = torch::empty_like(at);
  for (int64_t i = 0; i < at.numel(); ++i) {
    torch::Tensor up = at.clone(), down = at.clone();
    up.view(-1)[i] += h;
    down.view(-1)[i] -= h;
    gradient.view(-1)[i] = (f(up) - f(down)) / (2 * h);
  }
  return gradient;
}

inline void checkGradient(const std::function<torch::Tensor(const torch::Tensor&)>& f,
                          const torch::Tensor& at, double tolerance = 1e-6) {
  torch::Tensor leaf = at.clone().requires_grad_(true);
  f(leaf).backward();
  EXPECT_LT((leaf.grad() - differences(f, at)).abs().max().item<double>(), tolerance);
}

} // namespace latent::fixtures
