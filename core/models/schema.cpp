#include "core/models/schema.h"

namespace latent {

ParameterSchema mlpSchema(const std::string& latentHelp) {
  return {
      {.key = "latent",
       .label = "Latent size",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 512,
       .standard = int64_t{20},
       .help = latentHelp,
       .formula = "z in R^K",
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
           "the same in reverse. Wider layers learn finer detail and take longer.",
       .formula = "h = f(W x + b) for each"},
      {.key = "activation",
       .label = "Activation",
       .group = "Model",
       .type = ParameterType::choice,
       .standard = std::string("relu"),
       .choices = {"relu", "tanh"},
       .help =
           "The non-linearity after each hidden layer. relu trains faster; tanh is what the first VAE paper "
           "used and makes a smoother latent space.",
       .formula = "relu(a) = max(a, 0);  tanh(a)"},
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

ParameterSchema joined(std::initializer_list<ParameterSchema> parts) {
  ParameterSchema all;
  for (const ParameterSchema& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

} // namespace latent
