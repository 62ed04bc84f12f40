// A TorchScript module whose encode gives a code for each image (core/models/interchange).
#include "core/models/interchange/torchscript_model.h"

namespace latent::families {

ModelFamily torchscript() {
  return torchScriptFamily(/*posterior=*/false);
}

} // namespace latent::families
