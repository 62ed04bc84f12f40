// Who may include whom (HOUSE.md), checked on the text of the sources.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace latent {

/// Path from the repository's root ("core/base/result.h") -> text.
using SourceTree = std::map<std::string, std::string>;

/// One sentence for each include that crosses a wall, also where it comes in through other headers. Empty =
/// all is well.
std::vector<std::string> findBreaches(const SourceTree& tree);

} // namespace latent
