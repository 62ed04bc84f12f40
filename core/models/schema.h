// Parameters that several families share, described once.
#pragma once

#include "core/base/parameter.h"

namespace latent {

/// latent, hidden, activation: the multilayer perceptron. `latentHelp` says what the family makes of its
/// latents.
ParameterSchema mlpSchema(const std::string& latentHelp);
/// pixels
ParameterSchema pixelSchema();
/// batch, learning_rate
ParameterSchema optimiserSchema();

/// One after the other, in the order of the form.
ParameterSchema joined(std::initializer_list<ParameterSchema> parts);

} // namespace latent
