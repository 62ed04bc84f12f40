// The one include of the JSON library.
#pragma once

#include <nlohmann/json.hpp>

namespace latent {
using Json = nlohmann::ordered_json;
}
