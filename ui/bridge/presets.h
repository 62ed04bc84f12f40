// The presets that came with the program, for the window.
#pragma once

#include "core/base/parameter.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

class QObject;

namespace latent::ui {

class JobBridge;

struct PresetCard {
  std::string id;
  QString name;
  std::string family;
  std::string dataset; ///< "" = any
  std::optional<int64_t> epochs;
  Parameters parameters; ///< those that it says
};

/// Reads them on a worker; the answer comes on the GUI thread, unless `owner` is gone. Damaged ones are left
/// out, with a sentence each.
void readPresets(JobBridge& jobs, QObject* owner,
                 std::function<void(const std::vector<PresetCard>&, const QStringList& problems)> answer);

} // namespace latent::ui
