// Files of pins, to share points of a latent space.
#pragma once

#include "core/base/pin.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace latent {

/// {"format": 1, "pins": [...]} with everything that a pin holds.
std::string pinsToJson(const std::vector<Pin>& pins);
/// A table with the header name,run,step,z_1,...,z_K, K of the longest: without thumbnails. The step of a pin
/// on the newest weights is empty, as are the coordinates that a shorter point lacks.
std::string pinsToCsv(const std::vector<Pin>& pins);
/// Reads either. Input error: what is wrong, in a table with its line; `name` stands in it.
Result<std::vector<Pin>> parsePins(std::string_view text, const std::string& name);

} // namespace latent
