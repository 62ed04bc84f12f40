// The parameters of VQ-VAE.
#pragma once

#include "core/base/parameter.h"

namespace latent {

/// network, stride, tokens, channels ...; codes, code_size, codebook ...; prior ...; pixels; optimiser
ParameterSchema vqSchema();

} // namespace latent
