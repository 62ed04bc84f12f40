// The command line that trains a run.
#pragma once

#include "core/base/run_config.h"

#include <filesystem>
#include <set>
#include <string>

namespace latent::cli {

/// "latent train --model ae --dataset mnist --latent 2 ...": what differs from the family's defaults is said.
/// Words are quoted for a shell.
std::string trainCommand(const RunConfig& config, const std::filesystem::path& folder);

/// freeRunFolder() beside those that were taken before; takes it.
std::filesystem::path freeFolder(const std::filesystem::path& parent, const RunConfig& config,
                                 std::set<std::string>& taken);

} // namespace latent::cli
