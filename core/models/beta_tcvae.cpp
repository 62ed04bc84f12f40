// The beta-TCVAE (Chen, Li, Grosse & Duvenaud 2018): of the KL, only the total correlation weighs more.
#include "core/models/elbo_decomposition.h"
#include "core/models/gaussian_autoencoder.h"
#include "core/models/objectives.h"
#include "core/models/schema.h"

namespace latent::families {

namespace {

class BetaTcVae : public GaussianAutoencoder {
 public:
  BetaTcVae(const ModelSpec& spec, const torch::Device& device)
      : GaussianAutoencoder(spec, device), m_beta(spec.parameters.real("beta")) {}

  std::vector<std::string> terms() const override { return {"loss", "recon", "kl", "mi", "tc", "dim_kl"}; }

  /// recon + MI + beta TC + dimension-wise KL: eq. 4 of the paper with alpha = gamma = 1. `kl` is the
  /// analytic one, which the three parts only estimate.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) override {
    const Pass p = pass(x, context);
    const torch::Tensor recon = p.recon.mean();
    const torch::Tensor divergence = kl(p.q.mu, p.q.logVar).mean();
    const torch::Tensor logWeights =
        stratifiedLogWeights(p.z.size(0), context.splitSize, p.z.options().requires_grad(false));
    const ElboDecomposition parts = elboDecomposition(p.z, p.q.mu, p.q.logVar, logWeights);
    return {recon + parts.mutualInformation + m_beta * parts.totalCorrelation + parts.dimensionwiseKl,
            recon.detach(),
            divergence.detach(),
            parts.mutualInformation.detach(),
            parts.totalCorrelation.detach(),
            parts.dimensionwiseKl.detach()};
  }

  void setLive(const std::string& key, double value) override {
    if (key == "beta") m_beta = value;
  }

 private:
  double m_beta;
};

} // namespace

ModelFamily beta_tcvae() {
  FamilyInfo info;
  info.id = "beta-tcvae";
  info.name = "Beta-TCVAE";
  info.shortName = "β-TCVAE";
  info.summary = "Takes the KL apart and presses only on what ties latents together, so that they become "
                 "independent without "
                 "losing as much of the image as with a large beta on the whole KL.";
  info.objective = "recon + MI + beta TC + dimension-wise KL";
  info.schema = autoencoderSchema(
      "Dimensions of the latent space.",
      {{.key = "beta",
        .label = "Beta",
        .group = "Objective",
        .type = ParameterType::real,
        .minimum = 0,
        .maximum = 1000,
        .standard = 6.0,
        .help =
            "Weight of the total correlation, which is zero where the latents are independent of each other "
            "over "
            "the data. 1 is the VAE; the paper uses 6 on dSprites. Larger batches estimate it better. May be "
            "changed while the run trains.",
        .formula = "loss = recon + MI + beta TC + sum_k KL(q(z_k) || p(z_k))",
        .live = true,
        .sweepable = true}});
  info.hasPrior = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<BetaTcVae>(spec, device);
          },
          {}};
}

} // namespace latent::families
