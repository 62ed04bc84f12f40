// One HTTP request whose body goes into a part file.
#pragma once

#include "core/base/job.h"
#include "core/data/part_file.h"

#include <cstdint>
#include <functional>
#include <string>

namespace latent {

struct TransferLimits {
  int64_t maximumBytes = 0; ///< of the whole file
  int stallSeconds = 30;    ///< without a byte
};

enum class TransferEnd {
  complete, ///< the server says that this is all
  again,    ///< the server cannot continue the part: `reason` says why; begin without it
  failed,   ///< `reason` says why; the part holds what arrived
  stopped   ///< cancelled, or the disk took no more: `error`
};

struct Transfer {
  TransferEnd end = TransferEnd::failed;
  std::string reason; ///< for a list of mirrors: "answered 404", "sent nothing for 30 s"
  Error error;        ///< only for `stopped`
};

/// Requests what the part does not hold yet (Range, if it holds anything) and appends it. A server that
/// answers with the whole file makes the part begin again. `progress(received, total)` counts the whole file,
/// total 0 = unknown. Follows redirects over HTTP and HTTPS only.
Transfer transfer(const std::string& url, PartFile& part, const TransferLimits& limits, JobControl& control,
                  const std::function<void(int64_t, int64_t)>& progress);

} // namespace latent
