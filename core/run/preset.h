// models/presets/NAME.json: named choices for a run, as data.
#pragma once

#include "core/base/result.h"
#include "core/base/run_config.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace latent {

/// {"id", "name", "parent", "family", "dataset", "epochs", "parameters"}; all but id and name may be absent
/// and then come from the parent, or stay the program's defaults.
struct Preset {
  std::string id;
  std::string name;
  std::string family;  ///< "" = not said
  std::string dataset; ///< "" = not said
  std::optional<int64_t> epochs;
  Parameters parameters; ///< those that are said; checked against the family's schema
};

/// Reads a preset and its parents from `folder`. Usage error for an unknown name (naming those there are),
/// input error for a damaged file, parents in a circle or parameters that the family lacks.
Result<Preset> readPreset(const std::filesystem::path& folder, const std::string& id);
/// Ids of the presets in `folder`, sorted.
std::vector<std::string> listPresets(const std::filesystem::path& folder);
/// Where the presets that came with the program lie.
std::filesystem::path presetsFolder();

} // namespace latent
