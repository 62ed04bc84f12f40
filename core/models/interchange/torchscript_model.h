// A model that somebody else's TorchScript module computes. It can be looked at and evaluated, not trained.
#pragma once

#include "core/models/interchange/torchscript_module.h"
#include "core/models/model.h"

#include <optional>

namespace latent {

class TorchScriptModel : public Model {
 public:
  TorchScriptModel(const ModelSpec& spec, const torch::Device& device, bool posterior);

  std::vector<std::string> terms() const override;
  int64_t latentSize() const override { return m_latent; }
  Posterior encode(const torch::Tensor& x) override;
  torch::Tensor decode(const torch::Tensor& z) override;

  /// The Bernoulli cross-entropy of the decoded means at a posterior sample (at the code without a
  /// posterior), so that runs can be compared; what the module was trained with is not known. KL to N(0, 1)
  /// as for a VAE.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) override;

 private:
  /// Opened from the weights at the first call, since they are written after the model was built.
  TorchScriptModule& module();

  ImageShape m_shape;
  int64_t m_latent;
  int64_t m_checksum;
  bool m_posterior, m_bgr, m_logits;
  double m_low, m_high;
  torch::Tensor m_archive;     ///< float buffer [bytes], see torchscript_archive.h
  torch::Tensor m_mean, m_std; ///< [1, C, 1, 1]; plain tensors, no buffers: they follow from the parameters
  std::optional<TorchScriptModule> m_module;
};

/// `torchscript` without a posterior, `torchscript-vae` with one.
ModelFamily torchScriptFamily(bool posterior);

} // namespace latent
