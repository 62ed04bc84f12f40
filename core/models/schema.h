// Parameters that several families share, described once.
#pragma once

#include "core/base/parameter.h"

namespace latent {

/// latent. `help` says what the family makes of its latents.
ParameterSchema latentSchema(const std::string& help);
/// architecture and the parameters of each: hidden, activation ...
ParameterSchema networkSchema();
/// likelihood, sigma
ParameterSchema likelihoodSchema();
/// pixels
ParameterSchema pixelSchema();
/// batch, optimiser, learning_rate, schedule ...
ParameterSchema optimiserSchema();

/// All of an autoencoder: latent, the family's own ones, network, likelihood, pixels, optimiser.
ParameterSchema autoencoderSchema(const std::string& latentHelp, const ParameterSchema& own = {});

/// One after the other, in the order of the form.
ParameterSchema joined(std::initializer_list<ParameterSchema> parts);

} // namespace latent
