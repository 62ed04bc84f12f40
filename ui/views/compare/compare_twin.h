// The run that is missing beside one: the AE of a VAE, the VAE of an AE, with everything else equal.
#pragma once

#include "core/base/family_info.h"
#include "core/base/run_config.h"
#include "ui/models/runs_model.h"

#include <QString>

#include <vector>

namespace latent::ui {

/// "Train the AE twin".
QString twinWords(const RunItem& run);
/// Data, seed, epochs and all parameters that the other family knows.
RunConfig twinOf(const RunItem& run, const std::vector<FamilyInfo>& families);

} // namespace latent::ui
