// Everything needed to build a model of the right shape; weights come from elsewhere.
#pragma once

#include "core/base/image.h"
#include "core/base/parameter.h"

#include <string>

namespace latent {

struct ModelSpec {
  std::string family;    ///< "ae", "vae" ...
  ImageShape shape;      ///< of the images it reads and writes
  Parameters parameters; ///< complete, checked against the family's schema

  bool operator==(const ModelSpec&) const = default;
};

} // namespace latent
