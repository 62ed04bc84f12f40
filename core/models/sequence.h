// Layers one after the other, sized as they are added.
#pragma once

#include "core/models/conv_layers.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace latent {

/// Counted as torch.nn.Sequential: each call adds the next number, activations and changes of shape included,
/// so that a torch.nn.Sequential of the same modules has the same names of weights.
class Sequence : public Body {
 public:
  /// input: shape of one item, without the batch: {C, H, W} or {F}.
  Sequence(std::vector<int64_t> input, const torch::Device& device);

  void linear(int64_t out);
  void conv(int64_t out, Kernel kernel, int64_t stride, int64_t padding);
  void convTranspose(int64_t out, Kernel kernel, int64_t stride, int64_t padding);
  void groupNorm(); ///< in normGroups(channels) groups
  void residual(const ResidualBlock::Shape& shape, Activation activation);
  void activation(Activation activation);
  void upsample(int64_t height, int64_t width); ///< nearest neighbour: nn.Upsample(size=...)
  void flatten();
  void unflatten(int64_t channels, int64_t height, int64_t width);

  /// Shape of one item after the last step.
  const std::vector<int64_t>& shape() const { return m_steps.empty() ? m_input : m_steps.back().shape; }

  struct Step {
    std::string kind;           ///< for people: "Conv 4x4 /2"
    std::vector<int64_t> shape; ///< of what it gives, without the batch
    std::function<torch::Tensor(const torch::Tensor&)> run;
  };
  const std::vector<Step>& steps() const { return m_steps; }

  /// [B, input...] -> [B, shape()...]
  torch::Tensor forward(const torch::Tensor& x) const override;

 private:
  template<class Part>
  void add(std::shared_ptr<Part> part, std::string kind, std::vector<int64_t> shape);

  std::vector<int64_t> m_input;
  torch::Device m_device;
  std::vector<Step> m_steps;
};

} // namespace latent
