// The autoencoder: a code z for each image, no noise, no prior.
#include "core/models/architecture.h"
#include "core/models/likelihood.h"
#include "core/models/model.h"
#include "core/models/schema.h"

namespace latent::families {

namespace {

class Autoencoder : public Model {
 public:
  Autoencoder(const ModelSpec& spec, const torch::Device& device)
      : m_latent(spec.parameters.integer("latent")) {
    const Architecture& architecture = architectureOf(spec);
    m_encoder = register_module("encoder", architecture.encoder(spec, device));
    m_z = register_module("z", std::make_shared<Dense>(architecture.features(spec), m_latent, device));
    m_decoder = register_module("decoder", architecture.decoder(spec, m_latent, device));
    m_likelihood = register_module("likelihood", std::make_shared<Likelihood>(spec, device));
  }

  std::vector<std::string> terms() const override { return {"loss", "recon"}; }
  int64_t latentSize() const override { return m_latent; }

  Posterior encode(const torch::Tensor& x) override {
    return {m_z->forward(m_encoder->forward(x)), torch::Tensor()};
  }

  torch::Tensor decode(const torch::Tensor& z) override { return m_likelihood->mean(m_decoder->forward(z)); }

  /// recon alone, in nats: -log p(x|z) at the code of x.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext&) override {
    const torch::Tensor raw = m_decoder->forward(encode(x).mu);
    const torch::Tensor recon = m_likelihood->nll(raw, x.flatten(1)).mean();
    return {recon, recon.detach()};
  }

 private:
  int64_t m_latent;
  std::shared_ptr<Body> m_encoder;
  std::shared_ptr<Dense> m_z;
  std::shared_ptr<Body> m_decoder;
  std::shared_ptr<Likelihood> m_likelihood;
};

} // namespace

ModelFamily ae() {
  FamilyInfo info;
  info.id = "ae";
  info.name = "Autoencoder";
  info.shortName = "AE";
  info.summary =
      "Squeezes each image through a few numbers and rebuilds it; the latent space has no prior, so points "
      "between codes may decode to nothing sensible.";
  info.objective = "recon";
  info.schema = autoencoderSchema(
      "Numbers that the image is squeezed into. Two can be seen as a plane; more rebuild the image better.");
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<Autoencoder>(spec, device);
          },
          {}};
}

} // namespace latent::families
