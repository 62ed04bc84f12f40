// Which items become test data where a source has no split of its own.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace latent {

/// For each of `count` items whether it is test data: a tenth (rounded, at least one), drawn from the seed
/// and the same on every machine. Input error for fewer than two items; `name` stands in it.
Result<std::vector<bool>> chooseTest(int64_t count, uint64_t seed, const std::string& name);

/// Likewise by groups, so that no group lies on both sides: groups are drawn until the test split holds at
/// least a tenth of the items. Items of group "" are groups of their own. Input error for fewer than two
/// groups.
Result<std::vector<bool>> chooseTestByGroup(const std::vector<std::string>& groups, uint64_t seed,
                                            const std::string& name);

} // namespace latent
