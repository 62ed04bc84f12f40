// Layers that allocate without drawing: torch's own initialise themselves from the global generator.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <string>
#include <vector>

namespace latent {

/// A module with weights of its own to initialise.
class Layer : public torch::nn::Module {
 public:
  virtual void initialise(at::Generator& generator) = 0;
};

/// U(-bound, bound) into a tensor, drawn where the generator lives, so that a seed means the same weights on
/// every device.
void drawUniform(const torch::Tensor& tensor, double bound, at::Generator& generator);

/// y = x W^T + b with W [out, in], as torch.nn.Linear.
class Dense : public Layer {
 public:
  Dense(int64_t in, int64_t out, const torch::Device& device);

  /// x: [B, in] -> [B, out]
  torch::Tensor forward(const torch::Tensor& x) const;

  /// W and b from U(-1/sqrt(in), 1/sqrt(in)): what torch.nn.Linear.reset_parameters amounts to.
  void initialise(at::Generator& generator) override;

 private:
  torch::Tensor m_weight;
  torch::Tensor m_bias;
};

enum class Activation { relu, tanh, elu, leakyRelu };
/// "relu", "tanh", "elu" (alpha 1), "leaky_relu" (slope 0.01); anything else is a broken contract.
Activation activationFromName(const std::string& name);
torch::Tensor activate(Activation activation, const torch::Tensor& x);

/// Half of a network: images to features, or a latent point to the raw values of all pixels.
class Body : public torch::nn::Module {
 public:
  virtual torch::Tensor forward(const torch::Tensor& x) const = 0;
};

/// Dense layers with an activation between two of them, and after the last if `activateLast`. Names count as
/// in torch.nn.Sequential: "0", "2", "4" ... since each activation takes a number.
class DenseStack : public Body {
 public:
  /// sizes: widths from input to output; a single one makes the identity.
  DenseStack(const std::vector<int64_t>& sizes, Activation activation, bool activateLast,
             const torch::Device& device);

  /// x: [B, ...], flattened to [B, sizes.front()] -> [B, sizes.back()]
  torch::Tensor forward(const torch::Tensor& x) const override;

 private:
  std::vector<std::shared_ptr<Dense>> m_layers;
  Activation m_activation;
  bool m_activateLast;
};

} // namespace latent
