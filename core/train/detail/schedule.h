// How the learning rate changes over a run. No torch.
#pragma once

#include "core/base/parameter.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>

namespace latent {

class Schedule {
 public:
  /// Of schedule, decay_every and decay_factor; a run has `epochs` in all.
  Schedule(const Parameters& parameters, int64_t epochs)
      : m_kind(parameters.choice("schedule")),
        m_epochs(static_cast<double>(epochs)),
        m_every(static_cast<double>(parameters.integer("decay_every"))),
        m_factor(parameters.real("decay_factor")) {}

  /// What multiplies the learning rate of the update that begins when `epoch` passes are done. cosine: (1 +
  /// cos(pi epoch / epochs)) / 2 (Loshchilov & Hutter 2017, eq. 5, without restarts); step:
  /// factor^floor(epoch / every).
  double factor(double epoch) const {
    if (m_kind == "cosine") {
      return (1 + std::cos(std::numbers::pi * std::min(epoch / m_epochs, 1.0))) / 2;
    }
    if (m_kind == "step") return std::pow(m_factor, std::floor(epoch / m_every));
    return 1;
  }

 private:
  std::string m_kind;
  double m_epochs;
  double m_every;
  double m_factor;
};

} // namespace latent
