// What was chosen for a run, in a form that two runs can be compared by. Private to core/run/report.
#pragma once

#include "core/base/family_info.h"
#include "core/run/run_folder.h"

#include <map>
#include <string>
#include <vector>

namespace latent::detail {

const FamilyInfo& familyOf(const RunFolder& run);
int64_t latentsOf(const RunFolder& run); ///< 0 where the family has no such parameter

/// The parameters that matter, as text; without the latent size, which is no setting but what is compared.
std::map<std::string, std::string> settingsOf(const RunFolder& run);

/// Two runs have the same key if they were trained on the same data for as many epochs with equal settings:
/// family, latent size, seed and names may differ.
std::string settingsKey(const RunFolder& run);

/// All epochs that were asked for are done.
bool isFinished(const RunFolder& run);

/// Each run once, in order.
std::vector<RunFolder> withoutRepetitions(const std::vector<RunFolder>& runs);

/// "1", "1 and 2", "1, 2 and 3".
std::string listed(const std::vector<std::string>& words);
/// 60000 -> "60,000".
std::string grouped(int64_t number);
/// Up to six digits, as sentences have it.
std::string shortNumber(double value);

} // namespace latent::detail
