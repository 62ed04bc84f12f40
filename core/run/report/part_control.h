// A part of a longer job. Private to core/run/report.
#pragma once

#include "core/base/job.h"

#include <thread>

namespace latent::detail {

/// Work that tells its own progress from 0 to 1 is shown as one part of the whole, and hears of its cancel.
class PartControl {
 public:
  PartControl(JobControl& whole, double begin, double share);
  PartControl(const PartControl&) = delete;
  PartControl& operator=(const PartControl&) = delete;

  JobControl& control() { return m_part; }

 private:
  JobControl m_part;
  std::jthread m_watch; ///< last: it uses the others
};

} // namespace latent::detail
