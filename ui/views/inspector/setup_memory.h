// What Setup remembers between sessions: the texts in its controls, by model family.
#pragma once

#include "core/base/json.h"
#include "core/base/parameter.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace latent::ui {

using FormTexts = std::map<std::string, QString>; ///< by key of the parameter, as typed

/// A value. The group "" holds what belongs to no family: epochs, seed, device.
struct SetupMemory {
  std::vector<std::string> families; ///< ticked
  std::string dataset;
  std::map<std::string, FormTexts> texts;
  bool operator==(const SetupMemory&) const = default;
};

/// What was typed for a key of a family last, if anything.
std::optional<QString> rememberedText(const SetupMemory& memory, const std::string& family,
                                      const std::string& key);
/// The defaults of a form.
FormTexts freshTexts(const ParameterSchema& schema);

Json setupToJson(const SetupMemory& memory);
/// Entries of another kind are left out, so that a damaged or newer file costs a value and no start.
SetupMemory setupFromJson(const Json& json);

} // namespace latent::ui
