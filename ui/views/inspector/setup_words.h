// What Setup says of the runs that it would queue.
#pragma once

#include "core/base/family_info.h"
#include "core/base/run_config.h"

#include <QString>

#include <vector>

namespace latent::ui {

constexpr int setupLabelWidth = 64; ///< of the rows above the form, whose boxes are one below the other

/// "Train VAE · z 2 · MNIST", "Train the fork", "Queue 10 runs". `planned` is not empty.
QString planWords(const std::vector<RunConfig>& planned, const std::vector<FamilyInfo>& families,
                  const QString& dataset);

/// How long they take and how large they are: `size` is weightsText(), "" = not known. `planned` is not
/// empty.
QString summaryWords(const std::vector<RunConfig>& planned, const std::vector<FamilyInfo>& families,
                     const QString& size);

} // namespace latent::ui
