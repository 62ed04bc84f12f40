// Probabilistic PCA (Tipping & Bishop 1999): z ~ N(0, I), x|z ~ N(W z + b, s I), its maximum likelihood in
// closed form. The exact likelihood that a linear VAE with learnt noise can at best reach.
#include "core/models/layers.h"
#include "core/models/linear_gaussian.h"
#include "core/models/objectives.h"

#include <cmath>
#include <numbers>

namespace latent::families {

namespace {

constexpr double kLeastNoise = 1e-6; // constant pixels alone would make the likelihood infinite

class Noise : public Layer {
 public:
  explicit Noise(const torch::Device& device)
      : variance(register_parameter("variance", torch::empty({1}, torch::TensorOptions().device(device)))) {}
  void initialise(at::Generator&) override {
    torch::NoGradGuard noGrad;
    variance.fill_(1);
  }

  torch::Tensor variance; ///< s, [1]
};

class ProbabilisticPca : public LinearGaussian {
 public:
  ProbabilisticPca(const ModelSpec& spec, const torch::Device& device)
      : LinearGaussian(spec, device),
        m_noise(register_module("noise", std::make_shared<Noise>(device))->variance) {}

  std::vector<std::string> terms() const override { return {"loss", "recon", "kl"}; }

  /// The exact posterior: mu = M^-1 W' (x - b), covariance s M^-1 with M = W'W + s I, which is diagonal since
  /// the columns of W are orthogonal. Tipping & Bishop 1999, eq. 6.
  Posterior encode(const torch::Tensor& x) override {
    const torch::Tensor m = precision();
    const torch::Tensor mu = centred(x).mm(m_weight) / m;
    return {mu, torch::log(m_noise / m).expand_as(mu).contiguous()};
  }

  /// loss = -log p(x), exact, since the posterior is: recon + KL with the expectation over q in closed form,
  /// recon = D/2 log(2 pi s) + ( |x - b - W mu|^2 + tr(W Cov W') ) / 2s.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext&) override {
    const Posterior q = encode(x);
    const torch::Tensor error = (centred(x) - q.mu.mm(m_weight.t())).square().sum(1);
    const torch::Tensor trace = (m_weight.square().sum(0) * q.logVar.exp()).sum(1);
    const auto pixels = static_cast<double>(x.flatten(1).size(1));
    const torch::Tensor constant = torch::log(m_noise * (2 * std::numbers::pi)) * (pixels / 2);
    const torch::Tensor recon = (constant + (error + trace) / (2 * m_noise)).mean();
    const torch::Tensor divergence = kl(q.mu, q.logVar).mean();
    return {recon + divergence, recon.detach(), divergence.detach()};
  }

 protected:
  /// W = U_K (L_K - s I)^(1/2), s = mean of the eigenvalues left out. Tipping & Bishop 1999, eq. 7 and 8.
  void write(const Covariance::Spectrum& spectrum) override {
    const torch::Tensor kept = spectrum.values.narrow(0, 0, m_latent);
    const torch::Tensor noise =
        spectrum.values.narrow(0, m_latent, spectrum.values.size(0) - m_latent).mean().clamp_min(kLeastNoise);
    m_weight.copy_(spectrum.vectors.narrow(1, 0, m_latent) * (kept - noise).clamp_min(0).sqrt());
    m_bias.copy_(spectrum.mean);
    m_noise.copy_(noise);
  }

 private:
  torch::Tensor precision() const { return m_weight.square().sum(0) + m_noise; } ///< diagonal of M, [K]

  torch::Tensor m_noise; ///< s, [1]
};

} // namespace

ModelFamily ppca() {
  FamilyInfo info;
  info.id = "ppca";
  info.name = "Probabilistic PCA";
  info.shortName = "pPCA";
  info.summary = "PCA as a generative model with a standard normal prior and Gaussian noise: what a linear "
                 "VAE can at best "
                 "reach, with its likelihood known exactly.";
  info.objective = "-log p(x), exact";
  info.schema = linearSchema();
  info.hasPrior = true;
  info.closedForm = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<ProbabilisticPca>(spec, device);
          },
          checkLinear};
}

} // namespace latent::families
