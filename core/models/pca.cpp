// Principal component analysis: the best linear autoencoder, in closed form. The fair baseline of all others.
#include "core/models/linear_gaussian.h"

namespace latent::families {

namespace {

class Pca : public LinearGaussian {
 public:
  using LinearGaussian::LinearGaussian;

  std::vector<std::string> terms() const override { return {"loss", "recon"}; }

  /// z = W' (x - b), W with orthonormal columns.
  Posterior encode(const torch::Tensor& x) override { return {centred(x).mm(m_weight), torch::Tensor()}; }

  /// Squared error, sum over pixels, mean over the batch: no nats.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext&) override {
    const torch::Tensor difference = centred(x);
    const torch::Tensor error = difference - difference.mm(m_weight).mm(m_weight.t());
    const torch::Tensor recon = error.square().sum(1).mean();
    return {recon, recon.detach()};
  }

 protected:
  void write(const Covariance::Spectrum& spectrum) override {
    m_weight.copy_(spectrum.vectors.narrow(1, 0, m_latent));
    m_bias.copy_(spectrum.mean);
  }
};

} // namespace

ModelFamily pca() {
  FamilyInfo info;
  info.id = "pca";
  info.name = "Principal component analysis";
  info.shortName = "PCA";
  info.summary = "The straight directions along which the images differ most, found in one step: what a "
                 "linear model can do, "
                 "to compare every other model with.";
  info.objective = "squared error";
  info.schema = linearSchema();
  info.closedForm = true;
  info.squaredError = true;
  return {
      std::move(info),
      [](const ModelSpec& spec, const torch::Device& device) { return std::make_shared<Pca>(spec, device); },
      checkLinear};
}

} // namespace latent::families
