#include "core/models/named_measures.h"

namespace latent {

Measures namedMeasures(const std::vector<std::string>& terms, const std::vector<double>& means) {
  Measures measures;
  for (size_t i = 0; i < terms.size(); ++i) measures[terms[i]] = means[i];
  if (measures.contains("kl")) measures["elbo"] = -(measures["recon"] + measures["kl"]);
  return measures;
}

} // namespace latent
