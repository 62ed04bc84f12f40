// encode and decode of a TorchScript archive, checked call by call.
#pragma once

#include "core/base/image.h"
#include "core/models/model.h"

#include <torch/script.h>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

namespace latent {

/// What is wrong with an archive, as a sentence without the file's name: "the method encode is missing".
struct TorchScriptFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws TorchScriptFault. Runs without gradients and in evaluation mode, and without the profiling
/// executor, so that the first call is as fast and gives the same bits as the next.
class TorchScriptModule {
 public:
  TorchScriptModule(std::span<const std::byte> archive, const torch::Device& device);

  /// x: [B, C, H, W] -> mu [B, D] and, where the method gives a pair, logVar [B, D].
  Posterior encode(const torch::Tensor& x);
  /// z: [B, D] -> [B, C, H, W]
  torch::Tensor decode(const torch::Tensor& z, const ImageShape& shape);

 private:
  c10::IValue call(const char* method, const torch::Tensor& argument);

  torch::jit::Module m_module;
};

} // namespace latent
