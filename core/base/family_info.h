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
  bool hasPrior = false;   ///< KL, ELBO, prior quantiles and posteriors exist
  bool discrete = false;   ///< z is a map of codes: no plane of two continuous latents
  bool closedForm = false; ///< solved in one step over the whole training split; no epochs, no optimiser
  bool squaredError = false; ///< recon is the squared error of an image; else -log p(x|z) in nats
  bool trainable = true;   ///< false: comes from elsewhere and can only be looked at
};

} // namespace latent
