#include "core/models/gaussian_autoencoder.h"

#include "core/models/architecture.h"
#include "core/models/objectives.h"

#include <cmath>

namespace latent {

GaussianAutoencoder::GaussianAutoencoder(const ModelSpec& spec, const torch::Device& device,
                                         double logVarBound)
    : m_latent(spec.parameters.integer("latent")), m_logVarBound(logVarBound) {
  const Architecture& architecture = architectureOf(spec);
  const int64_t features = architecture.features(spec);
  m_encoder = register_module("encoder", architecture.encoder(spec, device));
  m_mu = register_module("mu", std::make_shared<Dense>(features, m_latent, device));
  m_logVar = register_module("logvar", std::make_shared<Dense>(features, m_latent, device));
  m_decoder = register_module("decoder", architecture.decoder(spec, m_latent, device));
  m_likelihood = register_module("likelihood", std::make_shared<Likelihood>(spec, device));
}

Posterior GaussianAutoencoder::encode(const torch::Tensor& x) {
  const torch::Tensor features = m_encoder->forward(x);
  torch::Tensor logVar = m_logVar->forward(features);
  if (std::isfinite(m_logVarBound)) logVar = torch::hardtanh(logVar, -m_logVarBound, m_logVarBound);
  return {m_mu->forward(features), logVar};
}

torch::Tensor GaussianAutoencoder::decode(const torch::Tensor& z) {
  return m_likelihood->mean(m_decoder->forward(z));
}

GaussianAutoencoder::Pass GaussianAutoencoder::pass(const torch::Tensor& x, ObjectiveContext& context) {
  Pass pass;
  pass.q = encode(x);
  const torch::Tensor& mu = pass.q.mu;
  const torch::Tensor eps =
      torch::empty_like(mu, mu.options().requires_grad(false)).normal_(0, 1, context.noise);
  pass.z = reparameterise(mu, pass.q.logVar, eps);
  pass.recon = m_likelihood->nll(m_decoder->forward(pass.z), x.flatten(1));
  return pass;
}

} // namespace latent
