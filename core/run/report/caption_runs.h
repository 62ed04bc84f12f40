// The runs of a figure in words, from its provenance. Private to core/run/report.
#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <string>
#include <vector>

namespace latent::detail {

// Provenance may come from anywhere: what is missing or of another type is the value given.
const Json& partOf(const Json& json, const char* key); ///< null where there is none
std::string textOf(const Json& json, const char* key, const std::string& otherwise = {});
double numberOf(const Json& json, const char* key, double otherwise = 0);
std::vector<int64_t> wholesOf(const Json& json, const char* key);

/// "AE and VAE, N_z = 2, MNIST, 3 epochs (step 1,800), seed 1.": what is the same for all stands once. "" for
/// no runs.
std::string runsSentence(const Json& provenance);

} // namespace latent::detail
