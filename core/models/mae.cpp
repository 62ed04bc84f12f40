// MAE: mutual posterior-divergence regularisation (Ma, Zhou & Hovy 2019, "MAE: Mutual Posterior-Divergence
// Regularization for Variational AutoEncoders"), not the masked autoencoder.
#include "core/models/gaussian_autoencoder.h"
#include "core/models/objectives.h"
#include "core/models/pairwise_kl.h"
#include "core/models/schema.h"

namespace latent::families {

namespace {

constexpr double kLogVarBound = 7;      // of the authors' code: no ratio of variances beyond e^14
constexpr int64_t kLargestBatch = 2000; // 4 million pairs: 32 MB of sums, 16 MB a temporary

enum class Diversity { official, perPair, report };

Diversity diversityFromName(const std::string& name) {
  if (name == "official") return Diversity::official;
  return name == "per_pair" ? Diversity::perPair : Diversity::report;
}

class MutualPosteriorDivergence : public GaussianAutoencoder {
 public:
  MutualPosteriorDivergence(const ModelSpec& spec, const torch::Device& device)
      : GaussianAutoencoder(spec, device, kLogVarBound),
        m_diversity(diversityFromName(spec.parameters.choice("diversity"))),
        m_eta(spec.parameters.real("eta")),
        m_gamma(spec.parameters.real("gamma")),
        m_freeBits(spec.parameters.real("free_bits")) {}

  std::vector<std::string> terms() const override {
    return {"loss", "recon", "kl", "mae_diverse", "mae_smooth"};
  }

  /// recon + max(KL, free bits) + eta L_diverse + gamma L_smooth. L_smooth: standard deviation over the pairs
  /// of the batch of their divergence. L_diverse: see diversity().
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) override {
    const Pass p = pass(x, context);
    const torch::Tensor recon = p.recon.mean();
    const torch::Tensor divergence = kl(p.q.mu, p.q.logVar).mean();
    const PairwiseKl pairs = pairwiseKl(p.q.mu, p.q.logVar);
    const torch::Tensor diverse = diversity(pairs, x.size(0));
    return {recon + divergence.clamp_min(m_freeBits) + m_eta * diverse + m_gamma * pairs.spread,
            recon.detach(), divergence.detach(), diverse.detach(), pairs.spread.detach()};
  }

  void setLive(const std::string& key, double value) override {
    if (key == "eta") m_eta = value;
    if (key == "gamma") m_gamma = value;
  }

 private:
  /// official: sum_k softplus(-m_k), m_k the mean over the pairs, as the authors' code has it. per pair:
  /// E_ij sum_k softplus(-KL_ijk), as the paper writes it; by Jensen never less. report: that times B - 1, a
  /// sum over the pairs divided by the batch size.
  torch::Tensor diversity(const PairwiseKl& pairs, int64_t batch) const {
    switch (m_diversity) {
    case Diversity::official:
      return torch::softplus(-pairs.meanPerLatent).sum();
    case Diversity::perPair:
      return pairs.softplusSum;
    case Diversity::report:
      return pairs.softplusSum * static_cast<double>(batch - 1);
    }
    return {};
  }

  Diversity m_diversity;
  double m_eta;
  double m_gamma;
  double m_freeBits;
};

ParameterSchema maeSchema() {
  return {
      {.key = "eta",
       .label = "Eta (diverse)",
       .group = "Objective",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1000,
       .standard = 1.0,
       .help =
           "Weight of the diversity term, which keeps every latent in use: it grows where the posteriors of "
           "different images are alike in a latent. 0 switches it off. May be changed while the run trains.",
       .formula = "L_diverse = sum_k softplus(-m_k),  m_k = mean over pairs of KL(q_i || q_j) in latent k",
       .live = true,
       .sweepable = true},
      {.key = "gamma",
       .label = "Gamma (smooth)",
       .group = "Objective",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1000,
       .standard = 0.5,
       .help = "Weight of the smoothness term: the spread of the divergences between pairs of images, so "
               "that all "
               "images stand about equally far from each other. 0 switches it off. May be changed while the "
               "run trains.",
       .formula = "L_smooth = std over pairs of sum_k KL(q_i || q_j)_k",
       .live = true,
       .sweepable = true},
      {.key = "free_bits",
       .label = "Free bits",
       .group = "Objective",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1000,
       .standard = 0.0,
       .unit = "nats",
       .help =
           "A mean KL below this value costs no less than it, so nothing is gained by going further down.",
       .formula = "max(KL, free bits)",
       .sweepable = true},
      {.key = "diversity",
       .label = "Diversity form",
       .group = "Objective",
       .type = ParameterType::choice,
       .standard = std::string("official"),
       .choices = {"official", "per_pair", "report"},
       .help = "official: softplus of the mean divergence of each latent, as the authors' code computes it. "
               "per_pair: "
               "mean of the softplus of each pair's divergence, the paper's formula. report: the sum over "
               "the pairs "
               "divided by the batch size.",
       .formula = "sum_k softplus(-E KL_k)  or  E sum_k softplus(-KL_k)"},
  };
}

Status checkMae(const ModelSpec& spec) {
  const int64_t batch = spec.parameters.integer("batch");
  if (batch <= kLargestBatch) return done();
  return usageError("batch: MAE compares all pairs of a batch and takes at most " +
                    std::to_string(kLargestBatch) + " images, not " + std::to_string(batch) +
                    "; use a smaller batch.");
}

} // namespace

ModelFamily mae() {
  FamilyInfo info;
  info.id = "mae";
  info.name = "MAE (mutual posterior divergence)";
  info.shortName = "MAE (mpd)";
  info.summary = "A VAE that also compares the posteriors of different images with each other: they shall be "
                 "diverse, and "
                 "equally so, which keeps every latent in use. Not the masked autoencoder.";
  info.objective = "recon + KL + eta L_diverse + gamma L_smooth";
  info.schema = autoencoderSchema(
      "Dimensions of the latent space; the diversity term keeps all of them in use.", maeSchema());
  info.hasPrior = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<MutualPosteriorDivergence>(spec, device);
          },
          checkMae};
}

} // namespace latent::families
