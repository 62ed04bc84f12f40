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
               "and are quickest on small grey images. conv: convolutions, which reuse what they learn at "
               "every place of the image and suit larger and coloured ones. resnet: deeper, with shortcuts "
               "around its blocks; several times slower than conv.",
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
       .mayBeEmpty = true,
       .when = {"architecture", {"mlp"}}},
      {.key = "channels",
       .label = "Channels",
       .group = "Model",
       .type = ParameterType::integerList,
       .minimum = 4,
       .maximum = 1024,
       .standard = std::vector<int64_t>{32, 64},
       .help = "One number for each stage of the encoder, separated by commas: a convolution that halves the "
               "image and finds so many features at each place. The decoder has the same in reverse.",
       .formula = "C x H x W -> channels x H/2 x W/2, rounded up",
       .when = {"architecture", {"conv", "resnet"}}},
      {.key = "blocks",
       .label = "Residual blocks",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 16,
       .standard = int64_t{1},
       .help =
           "Residual blocks of each stage, in the encoder and in the decoder. More learn finer detail and "
           "take longer.",
       .formula = "x + conv(f(norm(conv(f(norm(x))))))",
       .sweepable = true,
       .when = {"architecture", {"resnet"}}},
      {.key = "conv_hidden",
       .label = "Dense layers",
       .group = "Model",
       .type = ParameterType::integerList,
       .minimum = 1,
       .maximum = 4096,
       .standard = std::vector<int64_t>{256},
       .unit = "units",
       .help =
           "Widths of the fully connected layers between the last convolution and z, separated by commas; "
           "the decoder has the same in reverse. none joins the convolutions to z directly.",
       .formula = "h = f(W x + b) for each",
       .mayBeEmpty = true,
       .when = {"architecture", {"conv", "resnet"}}},
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
      {.key = "optimiser",
       .label = "Optimiser",
       .group = "Optimiser",
       .type = ParameterType::choice,
       .standard = std::string("adam"),
       .choices = {"adam", "adamw", "adagrad", "sgd"},
       .help =
           "How a gradient becomes a step. adam: a step of its own size for each weight (beta1 0.9, beta2 "
           "0.999). adamw: the same with weight decay apart from the gradient. adagrad: steps that shrink as "
           "gradients add up; the first VAE paper used it. sgd: the gradient as it is, with momentum.",
       .formula = "adam: theta <- theta - rate m / (sqrt(v) + 1e-8);  adagrad: theta <- theta - rate g / "
                  "(sqrt(sum g^2) + 1e-10);  sgd: b <- momentum b + g, theta <- theta - rate b",
       .sweepable = true},
      {.key = "learning_rate",
       .label = "Learning rate",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 1e-7,
       .maximum = 1,
       .standard = 1e-3,
       .help =
           "Step size of the optimiser; the schedule multiplies it. May be changed while the run trains. Too "
           "large and the loss jumps or diverges, too small and it crawls. Usual: 0.001 with adam, adamw and "
           "sgd, 0.01 with adagrad.",
       .formula = "theta <- theta - rate * step",
       .live = true,
       .sweepable = true,
       .logarithmic = true},
      {.key = "momentum",
       .label = "Momentum",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 0.999,
       .standard = 0.9,
       .help = "Share of the last step that goes on into the next; 0 = none. Steps grow up to 1 / (1 - "
               "momentum) times.",
       .formula = "b <- momentum b + g",
       .sweepable = true,
       .when = {"optimiser", {"sgd"}}},
      {.key = "schedule",
       .label = "Schedule",
       .group = "Optimiser",
       .type = ParameterType::choice,
       .standard = std::string("constant"),
       .choices = {"constant", "cosine", "step"},
       .help = "How the learning rate changes over the run. cosine: it falls to 0 along half a wave and is 0 "
               "at the last epoch; more epochs given later raise it again. step: it is multiplied by a "
               "factor every so many epochs.",
       .formula = "cosine: rate (1 + cos(pi t / epochs)) / 2;  step: rate factor^floor(epochs done / every)",
       .sweepable = true},
      {.key = "decay_every",
       .label = "Step every",
       .group = "Optimiser",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 1e6,
       .standard = int64_t{10},
       .unit = "epochs",
       .help = "After each so many epochs the learning rate is multiplied by the factor.",
       .sweepable = true,
       .when = {"schedule", {"step"}}},
      {.key = "decay_factor",
       .label = "Step factor",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 0.001,
       .maximum = 1,
       .standard = 0.5,
       .help = "What the learning rate is multiplied by at each step of the schedule.",
       .formula = "rate factor^floor(epochs done / every)",
       .sweepable = true,
       .when = {"schedule", {"step"}}},
      {.key = "weight_decay",
       .label = "Weight decay",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1,
       .standard = 0.0,
       .help = "Draws all weights towards 0, against overfitting; 0 = off. adamw shrinks the weights "
               "themselves, the others add the decay to the gradient (L2).",
       .formula = "g <- g + decay theta;  adamw: theta <- (1 - rate decay) theta",
       .sweepable = true},
      {.key = "clip",
       .label = "Gradient limit",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 1e6,
       .standard = 0.0,
       .help =
           "A gradient whose norm over all weights exceeds this is shortened to it, so that one odd batch "
           "cannot ruin a run; 0 = off.",
       .formula = "g <- g min(1, limit / |g|)",
       .sweepable = true},
      {.key = "ema",
       .label = "Averaged weights",
       .group = "Optimiser",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 0.99999,
       .standard = 0.0,
       .help = "Decay of a running average of the weights, 0.999 for instance; 0 = off. With it, all that is "
               "shown, measured on the test images and saved is of the average, while training goes on with "
               "the weights themselves.",
       .formula = "average <- d average + (1 - d) theta,  d = min(decay, (1 + t) / (10 + t))",
       .sweepable = true},
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
