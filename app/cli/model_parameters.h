// --latent and --set of a model family.
#pragma once

#include "core/base/family_info.h"
#include "core/base/result.h"

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace latent::cli {

/// Texts as given, so that only what was said overrides a preset or a run that goes on.
struct ModelParameters {
  std::optional<std::string> latent;
  std::vector<std::string> set;

  void addTo(CLI::App& command);
  /// Usage error that names the key and what is allowed.
  Result<Parameters> parse(const FamilyInfo& family) const;
};

} // namespace latent::cli
