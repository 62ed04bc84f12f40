// What VAE, beta-VAE, beta-TCVAE and MAE share: a Gaussian posterior for each image, a standard normal prior,
// and a pass from images to their reconstruction's cost. Each family adds what it minimises.
#pragma once

#include "core/models/likelihood.h"
#include "core/models/model.h"

#include <limits>
#include <memory>

namespace latent {

class GaussianAutoencoder : public Model {
 public:
  /// logVar is limited to [-logVarBound, logVarBound] by hardtanh in the encoder.
  GaussianAutoencoder(const ModelSpec& spec, const torch::Device& device,
                      double logVarBound = std::numeric_limits<double>::infinity());

  int64_t latentSize() const override { return m_latent; }
  Posterior encode(const torch::Tensor& x) override;
  torch::Tensor decode(const torch::Tensor& z) override;

 protected:
  /// One posterior sample an image.
  struct Pass {
    Posterior q;         ///< [B, K]
    torch::Tensor z;     ///< [B, K]
    torch::Tensor recon; ///< -log p(x|z), [B]
  };
  Pass pass(const torch::Tensor& x, ObjectiveContext& context);

 private:
  int64_t m_latent;
  double m_logVarBound;
  std::shared_ptr<Body> m_encoder;
  std::shared_ptr<Dense> m_mu;
  std::shared_ptr<Dense> m_logVar;
  std::shared_ptr<Body> m_decoder;
  std::shared_ptr<Likelihood> m_likelihood;
};

} // namespace latent
