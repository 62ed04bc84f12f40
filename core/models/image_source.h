// A split on a device: uint8 images, gathered a batch at a time.
#pragma once

#include "core/data/dataset.h"

#include <torch/torch.h>

#include <memory>
#include <vector>

namespace latent {

/// Splits that are held in memory are shared with the tensor (CPU) or copied once (CUDA); generated ones are
/// read batch by batch. Keeps the split alive. Not thread-safe.
class ImageSource {
 public:
  ImageSource(std::shared_ptr<const Split> split, const torch::Device& device);

  int64_t size() const { return m_split->size(); }

  /// indices: int64 [B], on the CPU, in [0, size()). Returns uint8 [B, C, H, W] on the device. The tensor is
  /// only good until the next call.
  torch::Tensor gather(const torch::Tensor& indices);
  /// Images first .. first + count - 1, likewise.
  torch::Tensor range(int64_t first, int64_t count);

 private:
  torch::Tensor read(const std::vector<int64_t>& indices);

  std::shared_ptr<const Split> m_split;
  torch::Device m_device;
  torch::Tensor m_resident; ///< [N, C, H, W] or undefined
  std::vector<uint8_t> m_buffer;
};

} // namespace latent
