// What a model family tells about itself to menus, forms and command lines.
#pragma once

#include "core/base/parameter.h"

#include <string>

namespace latent {

struct FamilyInfo {
  std::string id;        ///< "ae", "vae"
  std::string name;      ///< "Autoencoder", "Variational autoencoder"
  std::string shortName; ///< "AE", "VAE": for rows and badges
  std::string summary;   ///< one sentence for a person
  std::string objective; ///< what is minimised, plain text: "recon + KL"
  ParameterSchema schema;
  bool hasPrior = false; ///< KL, ELBO, prior quantiles and posteriors exist
};

} // namespace latent
