// From what Setup shows to the runs that it queues: plain values, no widgets.
#pragma once

#include "core/base/family_info.h"
#include "core/base/run_config.h"

#include <string>
#include <vector>

namespace latent::ui {

/// One control can serve both: a key may mean something else in another family (gamma, channels).
bool sameKind(const ParameterSpec& a, const ParameterSpec& b);

/// Under which key a form made by setupSchema holds this parameter of a family.
std::string formKey(const FamilyInfo& family, const std::string& key, const ParameterSchema& form);

/// Parameters of all ticked families, each key once, or "family:key" where it means something else than in
/// the families before, and of the run; what the window chooses elsewhere (data set) or fixes for the whole
/// program (threads) is left out, and epochs where all are solved in one step.
ParameterSchema setupSchema(const std::vector<FamilyInfo>& families, const ParameterSchema& run);

/// Every ticked family with every draft, families fastest, so that twins train one after the other. A draft's
/// keys that a family lacks do not multiply its runs.
std::vector<RunConfig> setupRuns(const std::vector<FamilyInfo>& families,
                                 const std::vector<Parameters>& drafts, const std::string& dataset);

} // namespace latent::ui
