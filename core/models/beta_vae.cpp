// The beta-VAE (Higgins et al. 2017) and its capacity form (Burgess et al. 2018).
#include "core/models/gaussian_autoencoder.h"
#include "core/models/objectives.h"
#include "core/models/schema.h"

#include <algorithm>

namespace latent::families {

namespace {

/// Grows linearly from 0 at step 0 to `value` at step `steps` and stays there; at once where steps is 0.
double grown(double value, int64_t step, int64_t steps) {
  if (step >= steps) return value;
  return value * static_cast<double>(step) / static_cast<double>(steps);
}

class BetaVae : public GaussianAutoencoder {
 public:
  BetaVae(const ModelSpec& spec, const torch::Device& device)
      : GaussianAutoencoder(spec, device),
        m_capacityForm(spec.parameters.choice("pressure") == "capacity"),
        m_beta(spec.parameters.real("beta")),
        m_warmup(spec.parameters.integer("warmup")),
        m_gamma(spec.parameters.real("gamma")),
        m_capacity(spec.parameters.real("capacity")),
        m_capacitySteps(spec.parameters.integer("capacity_steps")) {}

  std::vector<std::string> terms() const override {
    return {"loss", "recon", "kl", m_capacityForm ? "capacity" : "beta"};
  }

  /// beta form:     recon + beta(t) KL,          beta(t) = min(beta, beta t / warmup)       Higgins 2017, eq.
  /// 4 capacity form: recon + gamma |KL - C(t)|,   C(t) = min(C, C t / T)                     Burgess 2018,
  /// eq. 8
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) override {
    const Pass p = pass(x, context);
    const torch::Tensor recon = p.recon.mean();
    const torch::Tensor divergence = kl(p.q.mu, p.q.logVar).mean();
    if (m_capacityForm) {
      const double c = grown(m_capacity, context.step, m_capacitySteps);
      return {recon + capacityPressure(divergence, m_gamma, c), recon.detach(), divergence.detach(),
              torch::full({}, c, recon.options().requires_grad(false))};
    }
    const double beta = grown(m_beta, context.step, m_warmup);
    return {recon + beta * divergence, recon.detach(), divergence.detach(),
            torch::full({}, beta, recon.options().requires_grad(false))};
  }

  void setLive(const std::string& key, double value) override {
    if (key == "beta") m_beta = value;
    if (key == "capacity") m_capacity = value;
  }

 private:
  bool m_capacityForm;
  double m_beta;
  int64_t m_warmup;
  double m_gamma;
  double m_capacity;
  int64_t m_capacitySteps;
};

ParameterSchema betaSchema() {
  const ParameterCondition weighted{"pressure", {"beta"}};
  const ParameterCondition limited{"pressure", {"capacity"}};
  return {
      {.key = "pressure",
       .label = "Pressure",
       .group = "Objective",
       .type = ParameterType::choice,
       .standard = std::string("beta"),
       .choices = {"beta", "capacity"},
       .help =
           "How the posterior is pressed towards the prior. beta: the KL counts beta times. capacity: the KL "
           "is "
           "held at a value C that grows while the model trains, so that one latent after the other opens.",
       .formula = "beta KL   or   gamma |KL - C(t)|"},
      {.key = "beta",
       .label = "Beta",
       .group = "Objective",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1000,
       .standard = 4.0,
       .help = "Weight of the KL. 1 is the VAE; above, latents that are worth little switch off and those "
               "left tend "
               "to stand for one factor each, at the price of blurred images; 0 is an AE with noise. May be "
               "changed "
               "while the run trains.",
       .formula = "loss = recon + beta KL",
       .live = true,
       .sweepable = true,
       .when = weighted},
      {.key = "warmup",
       .label = "Warm-up",
       .group = "Objective",
       .type = ParameterType::integer,
       .minimum = 0,
       .maximum = 10'000'000,
       .standard = int64_t{0},
       .unit = "steps",
       .help = "Beta grows from 0 to its value over so many updates; 0 = at once. A slow start lets latents "
               "become "
               "useful before the KL presses on them.",
       .formula = "beta(t) = min(beta, beta t / warm-up)",
       .sweepable = true,
       .when = weighted},
      {.key = "gamma",
       .label = "Gamma",
       .group = "Objective",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 100'000,
       .standard = 1000.0,
       .help = "How hard the KL is held at C. Burgess et al. use 1000; some code uses 100.",
       .formula = "loss = recon + gamma |KL - C(t)|",
       .sweepable = true,
       .logarithmic = true,
       .when = limited},
      {.key = "capacity",
       .label = "Capacity C",
       .group = "Objective",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1000,
       .standard = 25.0,
       .unit = "nats",
       .help = "What the KL grows to: how much the latents may tell of an image. May be changed while the "
               "run trains.",
       .formula = "C(t) = min(C, C t / T)",
       .live = true,
       .sweepable = true,
       .when = limited},
      {.key = "capacity_steps",
       .label = "Growth of C",
       .group = "Objective",
       .type = ParameterType::integer,
       .minimum = 0,
       .maximum = 10'000'000,
       .standard = int64_t{5000},
       .unit = "steps",
       .help = "C reaches its value after so many updates, T; 0 = at once. Burgess et al. use 100,000.",
       .formula = "C(t) = min(C, C t / T)",
       .when = limited},
  };
}

} // namespace

ModelFamily beta_vae() {
  FamilyInfo info;
  info.id = "beta-vae";
  info.name = "Beta-VAE";
  info.shortName = "β-VAE";
  info.summary = "A VAE whose KL weighs more: fewer latents stay in use, and each of them tends to stand for "
                 "one factor of "
                 "the images.";
  info.objective = "recon + beta KL";
  info.schema = autoencoderSchema(
      "Dimensions of the latent space; a large beta switches off those that it does not need.", betaSchema());
  info.hasPrior = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<BetaVae>(spec, device);
          },
          {}};
}

} // namespace latent::families
