// Layers over images [B, C, H, W] that allocate without drawing and initialise themselves as PyTorch's own
// do. Names, shapes and defaults of the weights are those of torch.nn.
#pragma once

#include "core/models/layers.h"

#include <torch/torch.h>

#include <cstdint>
#include <memory>
#include <string>

namespace latent {

/// Kernel of a convolution; one number makes a square.
struct Kernel {
  Kernel(int64_t side) : height(side), width(side) {}
  Kernel(int64_t kernelHeight, int64_t kernelWidth) : height(kernelHeight), width(kernelWidth) {}
  bool operator==(const Kernel&) const = default;

  int64_t height;
  int64_t width;
};

/// As torch.nn.Conv2d: weight [out, in, kh, kw], bias [out]; stride and padding are the same for rows and
/// columns.
class Conv2d : public Layer {
 public:
  Conv2d(int64_t in, int64_t out, Kernel kernel, int64_t stride, int64_t padding,
         const torch::Device& device);

  std::string kind() const; ///< for people: "Conv 4x4 /2"

  /// [B, in, H, W] -> [B, out, (H + 2 padding - kh) / stride + 1, the same of W]
  torch::Tensor forward(const torch::Tensor& x) const;

  /// weight and bias from U(-1/sqrt(n), 1/sqrt(n)), n = in kh kw: Conv2d.reset_parameters.
  void initialise(at::Generator& generator) override;

 private:
  torch::Tensor m_weight;
  torch::Tensor m_bias;
  int64_t m_stride;
  int64_t m_padding;
};

/// As torch.nn.ConvTranspose2d: weight [in, out, kh, kw], bias [out].
class ConvTranspose2d : public Layer {
 public:
  ConvTranspose2d(int64_t in, int64_t out, Kernel kernel, int64_t stride, int64_t padding,
                  const torch::Device& device);

  std::string kind() const; ///< for people: "Transposed conv 4x4 /2"

  /// [B, in, H, W] -> [B, out, (H - 1) stride - 2 padding + kh, the same of W]
  torch::Tensor forward(const torch::Tensor& x) const;

  /// weight and bias from U(-1/sqrt(n), 1/sqrt(n)); PyTorch counts n = out kh kw here, too.
  void initialise(at::Generator& generator) override;

 private:
  torch::Tensor m_weight;
  torch::Tensor m_bias;
  int64_t m_stride;
  int64_t m_padding;
};

/// As torch.nn.GroupNorm with its eps of 1e-5: no running statistics, so training and evaluation agree.
class GroupNorm : public Layer {
 public:
  /// `groups` divides `channels`.
  GroupNorm(int64_t groups, int64_t channels, const torch::Device& device);

  /// [B, channels, H, W], the same shape
  torch::Tensor forward(const torch::Tensor& x) const;

  /// weight 1, bias 0; draws nothing.
  void initialise(at::Generator& generator) override;

 private:
  int64_t m_groups;
  torch::Tensor m_weight;
  torch::Tensor m_bias;
};

/// The largest divisor of `channels` that is at most 8 and leaves at least 4 channels in a group; 1 where
/// there is none.
int64_t normGroups(int64_t channels);

/// x + conv2(f(norm2(conv1(f(norm1(x)))))), with f before each convolution (He et al. 2016, "Identity
/// mappings in deep residual networks", fig. 1b). Without groups there are no norms.
class ResidualBlock : public Body {
 public:
  struct Shape {
    int64_t inner = 0;      ///< channels between the convolutions; 0 = those of x
    int64_t groups = 0;     ///< of both norms; 0 = no norms
    int64_t lastKernel = 3; ///< side of conv2, odd; conv1 is 3x3
  };
  ResidualBlock(int64_t channels, const Shape& shape, Activation activation, const torch::Device& device);

  /// [B, channels, H, W], the same shape
  torch::Tensor forward(const torch::Tensor& x) const override;

 private:
  Activation m_activation;
  std::shared_ptr<GroupNorm> m_norm1;
  std::shared_ptr<Conv2d> m_conv1;
  std::shared_ptr<GroupNorm> m_norm2;
  std::shared_ptr<Conv2d> m_conv2;
};

} // namespace latent
