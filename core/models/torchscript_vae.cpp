// A TorchScript module whose encode gives (mu, logvar) for each image (core/models/interchange).
#include "core/models/interchange/torchscript_model.h"

namespace latent::families {

ModelFamily torchscript_vae() {
  return torchScriptFamily(/*posterior=*/true);
}

} // namespace latent::families
