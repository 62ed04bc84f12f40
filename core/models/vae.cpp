// The variational autoencoder (Kingma & Welling 2013): a Gaussian posterior for each image, a standard normal
// prior.
#include "core/models/gaussian_autoencoder.h"
#include "core/models/objectives.h"
#include "core/models/schema.h"

namespace latent::families {

namespace {

class VariationalAutoencoder : public GaussianAutoencoder {
 public:
  using GaussianAutoencoder::GaussianAutoencoder;

  std::vector<std::string> terms() const override { return {"loss", "recon", "kl"}; }

  /// recon + KL with one posterior sample an image: eq. 10 of the paper with L = 1.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) override {
    const Pass p = pass(x, context);
    const torch::Tensor recon = p.recon.mean();
    const torch::Tensor divergence = kl(p.q.mu, p.q.logVar).mean();
    return {recon + divergence, recon.detach(), divergence.detach()};
  }
};

} // namespace

ModelFamily vae() {
  FamilyInfo info;
  info.id = "vae";
  info.name = "Variational autoencoder";
  info.shortName = "VAE";
  info.summary =
      "Encodes each image as a small cloud of points and keeps all clouds close to a standard normal prior, "
      "so that every point near the origin decodes to a plausible image.";
  info.objective = "recon + KL";
  info.schema =
      autoencoderSchema("Dimensions of the latent space. Two can be seen as a plane; about twenty describe "
                        "handwritten digits well, and superfluous ones switch themselves off.");
  info.hasPrior = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<VariationalAutoencoder>(spec, device);
          },
          {}};
}

} // namespace latent::families
