// The variational autoencoder (Kingma & Welling 2013): a Gaussian posterior for each image, a standard normal
// prior.
#include "core/models/mlp.h"
#include "core/models/model.h"
#include "core/models/objectives.h"
#include "core/models/schema.h"

namespace latent::families {

namespace {

class VariationalAutoencoder : public Model {
 public:
  VariationalAutoencoder(const ModelSpec& spec, const torch::Device& device)
      : m_shape(spec.shape), m_sizes(spec) {
    m_encoder = register_module("encoder", makeMlpEncoder(m_sizes, device));
    m_mu = register_module("mu", makeMlpHead(m_sizes, device));
    m_logVar = register_module("logvar", makeMlpHead(m_sizes, device));
    m_decoder = register_module("decoder", makeMlpDecoder(m_sizes, device));
  }

  std::vector<std::string> terms() const override { return {"loss", "recon", "kl"}; }
  int64_t latentSize() const override { return m_sizes.latent; }

  Posterior encode(const torch::Tensor& x) override {
    const torch::Tensor hidden = m_encoder->forward(x.flatten(1));
    return {m_mu->forward(hidden), m_logVar->forward(hidden)};
  }

  torch::Tensor decode(const torch::Tensor& z) override {
    return imagesFromLogits(m_decoder->forward(z), m_shape);
  }

  /// recon + KL with one posterior sample an image: eq. 10 of the paper with L = 1.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, Streams& streams) override {
    const torch::Tensor pixels = x.flatten(1);
    const auto [mu, logVar] = encode(pixels);
    const torch::Tensor eps =
        torch::empty_like(mu, mu.options().requires_grad(false)).normal_(0, 1, streams.noise);
    const torch::Tensor logits = m_decoder->forward(reparameterise(mu, logVar, eps));
    const torch::Tensor recon = bernoulliNll(logits, pixels).mean();
    const torch::Tensor divergence = kl(mu, logVar).mean();
    return {recon + divergence, recon.detach(), divergence.detach()};
  }

 private:
  ImageShape m_shape;
  MlpSizes m_sizes;
  std::shared_ptr<DenseStack> m_encoder;
  std::shared_ptr<Dense> m_mu;
  std::shared_ptr<Dense> m_logVar;
  std::shared_ptr<DenseStack> m_decoder;
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
      joined({mlpSchema("Dimensions of the latent space. Two can be seen as a plane; about twenty describe "
                        "handwritten digits well, and superfluous ones switch themselves off."),
              pixelSchema(), optimiserSchema()});
  info.hasPrior = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<VariationalAutoencoder>(spec, device);
          },
          [](const ModelSpec& spec) { return countMlpWeights(MlpSizes(spec), 2); }};
}

} // namespace latent::families
