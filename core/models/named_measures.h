// Measures by name, as every report of training and evaluation shows them. No torch here.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace latent {

using Measures = std::map<std::string, double>;

/// Means by the names of Model::terms(), and elbo = -(recon + kl) where there is a kl: always with beta 1 and
/// no further terms.
Measures namedMeasures(const std::vector<std::string>& terms, const std::vector<double>& means);

} // namespace latent
