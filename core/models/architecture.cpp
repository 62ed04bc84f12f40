#include "core/models/architecture.h"

#include <stdexcept>

namespace latent {

const std::vector<Architecture>& architectures() {
  static const std::vector<Architecture> all{mlpArchitecture(), convArchitecture(), resnetArchitecture()};
  return all;
}

const Architecture& architectureOf(const ModelSpec& spec) {
  const std::string& id = spec.parameters.choice("architecture");
  for (const Architecture& architecture : architectures()) {
    if (architecture.id == id) return architecture;
  }
  throw std::logic_error("architectureOf: there is no architecture '" + id + "'");
}

} // namespace latent
