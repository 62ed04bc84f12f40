// From what Setup shows to the runs that it queues: plain values, no widgets.
#pragma once

#include "core/base/family_info.h"
#include "core/base/run_config.h"

#include <string>
#include <vector>

namespace latent::ui {

/// Parameters of all ticked families, each key once, and of the run; what the window chooses elsewhere (data
/// set) or fixes for the whole program (threads) is left out.
ParameterSchema setupSchema(const std::vector<FamilyInfo>& families, const ParameterSchema& run);

/// Every ticked family with every draft, families fastest, so that twins train one after the other. A draft's
/// keys that a family lacks do not multiply its runs.
std::vector<RunConfig> setupRuns(const std::vector<FamilyInfo>& families,
                                 const std::vector<Parameters>& drafts, const std::string& dataset);

} // namespace latent::ui
