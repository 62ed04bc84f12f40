#include "core/models/schema.h"

#include "core/models/architecture.h"

namespace latent {

namespace {

std::vector<std::string> architectureIds() {
  std::vector<std::string> ids;
  for (const Architecture& architecture : architectures()) ids.push_back(architecture.id);
  return ids;
}

} // namespace

ParameterSchema latentSchema(const std::string& help) {
  return {
      {.key = "latent",
       .label = "Latent size",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 512,
       .standard = int64_t{20},
       .help = help,
       .formula = "z in R^K",
       .sweepable = true},
  };
}

ParameterSchema networkSchema() {
  return {
      {.key = "architecture",
       .label = "Architecture",
       .group = "Model",
       .type = ParameterType::choice,
       .standard = std::string("mlp"),
       .choices = architectureIds(),
       .help = "How encoder and decoder are built. mlp: fully connected layers, which see all pixels at once "
               "and are "
               "quickest on small grey images. Convolutional ones reuse what they learn at every place of "
               "the image.",
       .sweepable = true},
      {.key = "hidden",
       .label = "Hidden layers",
       .group = "Model",
       .type = ParameterType::integerList,
       .minimum = 1,
       .maximum = 4096,
       .standard = std::vector<int64_t>{500},
       .unit = "units",
       .help =
           "Widths of the encoder's hidden layers from the image to z, separated by commas; the decoder has "
           "the same in reverse. Wider layers learn finer detail and take longer. none makes a linear model.",
       .formula = "h = f(W x + b) for each",
       .mayBeEmpty = true},
      {.key = "activation",
       .label = "Activation",
       .group = "Model",
       .type = ParameterType::choice,
       .standard = std::string("relu"),
       .choices = {"relu", "tanh", "elu", "leaky_relu"},
       .help =
           "The non-linearity after each hidden layer. relu trains faster; tanh is what the first VAE paper "
           "used and makes a smoother latent space; elu and leaky_relu let a gradient through below zero.",
       .formula = "relu(a) = max(a, 0);  tanh(a);  elu(a) = a or e^a - 1;  leaky_relu(a) = a or 0.01 a"},
  };
}

ParameterSchema likelihoodSchema() {
  return {
      {.key = "likelihood",
       .label = "Likelihood",
       .group = "Data",
       .type = ParameterType::choice,
       .standard = std::string("bernoulli"),
       .choices = {"bernoulli", "gaussian", "gaussian_learned"},
       .help =
           "What a wrong pixel costs. bernoulli: cross-entropy, for pixels that are nearly black or white. "
           "gaussian: squared error over 2 sigma^2. gaussian_learned: the same, sigma found by training. "
           "Losses "
           "of different likelihoods cannot be compared.",
       .formula = "recon = - sum_i log p(x_i | z)"},
      {.key = "sigma",
       .label = "Pixel sigma",
       .group = "Data",
       .type = ParameterType::real,
       .minimum = 0.01,
       .maximum = 10,
       .standard = 0.1,
       .help = "Standard deviation of a pixel around the decoded image; where it is learnt, its beginning. "
               "Smaller "
               "values weigh the reconstruction more against the KL.",
       .formula = "recon = sum_i [ (x_i - m_i)^2 / (2 sigma^2) + log sigma + log(2 pi) / 2 ]",
       .sweepable = true,
       .logarithmic = true,
       .when = {"likelihood", {"gaussian", "gaussian_learned"}}},
  };
}

ParameterSchema pixelSchema() {
  return {
      {.key = "pixels",
       .label = "Pixels",
       .group = "Data",
       .type = ParameterType::choice,
       .standard = std::string("grey"),
       .choices = {"grey", "thresholded", "rebinarised"},
       .help =
           "What the model sees of an image. grey: values between 0 and 1 as they are. thresholded: 1 from "
           "0.5 up, else 0. rebinarised: each time an image is seen, each pixel is 1 with the probability "
           "of its grey value. Losses of different settings cannot be compared.",
       .formula = "recon = - sum_i [ x_i log p_i + (1 - x_i) log(1 - p_i) ]"}};
}

ParameterSchema optimiserSchema() {
  return {
      {.key = "batch",
       .label = "Batch",
       .group = "Optimiser",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 10000,
       .standard = int64_t{100},
       .unit = "images",
       .help = "Images in one update. Larger batches make calmer but fewer updates an epoch.",
       .sweepable = true,
       .logarithmic = true},
      {.key = "learning_rate",
       .label = "Learning rate",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 1e-7,
       .maximum = 1,
       .standard = 1e-3,
       .help =
           "Step size of the Adam optimiser (beta1 0.9, beta2 0.999). May be changed while the run trains. "
           "Too large and the loss jumps or diverges, too small and it crawls.",
       .formula = "theta <- theta - rate * m / (sqrt(v) + 1e-8)",
       .live = true,
       .sweepable = true,
       .logarithmic = true},
  };
}

ParameterSchema autoencoderSchema(const std::string& latentHelp, const ParameterSchema& own) {
  return joined(
      {latentSchema(latentHelp), own, networkSchema(), likelihoodSchema(), pixelSchema(), optimiserSchema()});
}

ParameterSchema joined(std::initializer_list<ParameterSchema> parts) {
  ParameterSchema all;
  for (const ParameterSchema& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

} // namespace latent
