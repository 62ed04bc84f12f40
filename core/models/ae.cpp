// The autoencoder: a code z for each image, no noise, no prior.
#include "core/models/mlp.h"
#include "core/models/model.h"
#include "core/models/objectives.h"
#include "core/models/schema.h"

namespace latent::families {

namespace {

class Autoencoder : public Model {
 public:
  Autoencoder(const ModelSpec& spec, const torch::Device& device) : m_shape(spec.shape), m_sizes(spec) {
    m_encoder = register_module("encoder", makeMlpEncoder(m_sizes, device));
    m_z = register_module("z", makeMlpHead(m_sizes, device));
    m_decoder = register_module("decoder", makeMlpDecoder(m_sizes, device));
  }

  std::vector<std::string> terms() const override { return {"loss", "recon"}; }
  int64_t latentSize() const override { return m_sizes.latent; }

  Posterior encode(const torch::Tensor& x) override {
    return {m_z->forward(m_encoder->forward(x.flatten(1))), torch::Tensor()};
  }

  torch::Tensor decode(const torch::Tensor& z) override {
    return imagesFromLogits(m_decoder->forward(z), m_shape);
  }

  std::vector<torch::Tensor> objective(const torch::Tensor& x, Streams&) override {
    const torch::Tensor pixels = x.flatten(1);
    const torch::Tensor z = m_z->forward(m_encoder->forward(pixels));
    const torch::Tensor recon = bernoulliNll(m_decoder->forward(z), pixels).mean();
    return {recon, recon.detach()};
  }

 private:
  ImageShape m_shape;
  MlpSizes m_sizes;
  std::shared_ptr<DenseStack> m_encoder;
  std::shared_ptr<Dense> m_z;
  std::shared_ptr<DenseStack> m_decoder;
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
  info.schema =
      joined({mlpSchema("Numbers that the image is squeezed into. Two can be seen as a plane; more rebuild "
                        "the image better."),
              pixelSchema(), optimiserSchema()});
  info.hasPrior = false;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<Autoencoder>(spec, device);
          },
          [](const ModelSpec& spec) { return countMlpWeights(MlpSizes(spec), 1); }};
}

} // namespace latent::families
