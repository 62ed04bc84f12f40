#include "core/models/vq_schema.h"

#include "core/models/schema.h"

#include <utility>

namespace latent {

namespace {

/// The parameter of the shared network schema, for this family's own condition.
ParameterSpec ofNetwork(const char* key, ParameterCondition when) {
  ParameterSpec spec = *findParameter(networkSchema(), key);
  spec.when = std::move(when);
  return spec;
}

ParameterSchema mapSchema() {
  return {
      {.key = "network",
       .label = "Network",
       .group = "Model",
       .type = ParameterType::choice,
       .standard = std::string("conv"),
       .choices = {"conv", "dense"},
       .help =
           "conv: convolutions, each token stands for a square of the image and a map of tokens for all of "
           "it. dense: fully connected layers, each token says something about the whole image.",
       .sweepable = true},
      {.key = "stride",
       .label = "Pixels a token",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 32,
       .standard = int64_t{4},
       .unit = "pixels",
       .help = "Side of the square that a token stands for; it must divide the image. 4 makes a map of 7x7 "
               "tokens of 28x28 pixels, and of 8x8 of 32x32. Smaller squares rebuild the image better.",
       .formula = "rows = height / stride;  columns = width / stride",
       .sweepable = true,
       .when = {"network", {"conv"}}},
      {.key = "tokens",
       .label = "Tokens",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 1024,
       .standard = int64_t{16},
       .help = "How many tokens describe an image.",
       .formula = "the map is 1 x M",
       .sweepable = true,
       .when = {"network", {"dense"}}},
      {.key = "channels",
       .label = "Channels",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 512,
       .standard = int64_t{32},
       .help = "Width of all convolutions of encoder and decoder.",
       .sweepable = true,
       .logarithmic = true,
       .when = {"network", {"conv"}}},
      {.key = "blocks",
       .label = "Residual blocks",
       .group = "Model",
       .type = ParameterType::integer,
       .minimum = 0,
       .maximum = 16,
       .standard = int64_t{2},
       .help = "Residual blocks of the encoder, and as many of the decoder, at the resolution of the tokens.",
       .formula = "h <- h + W2 f(W1 f(h))",
       .sweepable = true,
       .when = {"network", {"conv"}}},
      ofNetwork("hidden", {"network", {"dense"}}),
      ofNetwork("activation", {}),
  };
}

ParameterSchema codebookSchema() {
  return {
      {.key = "codes",
       .label = "Codes",
       .group = "Codebook",
       .type = ParameterType::integer,
       .minimum = 2,
       .maximum = 8192,
       .standard = int64_t{128},
       .help = "Vectors in the codebook: how many different tokens there are.",
       .formula = "K",
       .sweepable = true,
       .logarithmic = true},
      {.key = "code_size",
       .label = "Size of a code",
       .group = "Codebook",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 512,
       .standard = int64_t{16},
       .help = "Length of the vectors in the codebook.",
       .formula = "D;  e_k in R^D",
       .sweepable = true},
      {.key = "codebook",
       .label = "Codebook learns by",
       .group = "Codebook",
       .type = ParameterType::choice,
       .standard = std::string("ema"),
       .choices = {"ema", "gradient"},
       .help = "ema: each code is the running average of the vectors that it replaces. gradient: codes are "
               "trained like all weights, by a term that draws them to their vectors.",
       .formula = "ema: n <- d n + (1 - d) count, m <- d m + (1 - d) sum z_e, e = m / n;  gradient: + mean "
                  "(sg[z_e] - e)^2",
       .sweepable = true},
      {.key = "decay",
       .label = "Decay of the average",
       .group = "Codebook",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 0.9999,
       .standard = 0.99,
       .help = "Memory of the running averages: how much of them remains after an update.",
       .formula = "d"},
      {.key = "commitment",
       .label = "Commitment",
       .group = "Codebook",
       .type = ParameterType::real,
       .minimum = 0,
       .maximum = 10,
       .standard = 0.25,
       .help = "How strongly the encoder's vectors are drawn to their codes. Without it they may grow away "
               "faster than the codes can follow.",
       .formula = "+ beta mean (z_e - sg[e])^2",
       .sweepable = true},
      {.key = "revive",
       .label = "Revive dead codes",
       .group = "Codebook",
       .type = ParameterType::flag,
       .standard = true,
       .help =
           "Every 100 updates a code that is used less than a tenth of its equal share moves to a vector of "
           "the batch that is far from its own code.",
       .sweepable = true},
  };
}

ParameterSchema priorSchema() {
  return {
      {.key = "prior",
       .label = "Train a prior",
       .group = "Prior",
       .type = ParameterType::flag,
       .standard = true,
       .help = "A small gated PixelCNN learns which token follows which, beside the model and without a "
               "gradient into it, so that new images can be drawn. Its cost is added to the loss.",
       .formula = "+ mean - log p(token | tokens before it)"},
      {.key = "prior_width",
       .label = "Prior's channels",
       .group = "Prior",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 256,
       .standard = int64_t{32},
       .help = "Width of the prior's layers.",
       .sweepable = true,
       .logarithmic = true,
       .when = {"prior", {"true"}}},
      {.key = "prior_layers",
       .label = "Prior's layers",
       .group = "Prior",
       .type = ParameterType::integer,
       .minimum = 1,
       .maximum = 16,
       .standard = int64_t{4},
       .help = "Each layer lets a token depend on others one row and one column further away.",
       .sweepable = true,
       .when = {"prior", {"true"}}},
  };
}

} // namespace

ParameterSchema vqSchema() {
  return joined({mapSchema(), codebookSchema(), priorSchema(), pixelSchema(), optimiserSchema()});
}

} // namespace latent
