// Threads, devices and versions of the tensor library: set and asked in this one place. No torch here.
#pragma once

#include "core/base/result.h"

#include <string>

namespace latent {

/// ATen: one thread everywhere. BLAS: `blasThreads` for the whole process (HOUSE.md, Threads); at most once
/// before the first model is built, a later call with another count is a broken contract (std::logic_error).
void setComputeThreads(int blasThreads);
/// What setComputeThreads was given, or the default max(1, cores - 1) where it was not called yet.
int computeThreads();
int defaultComputeThreads();

/// Called first by every thread that will compute: one ATen thread, denormals flushed to zero.
void prepareComputeThread();

/// Called by threads that work for minutes: whoever waits for a picture goes first when the cores are taken.
/// Alone on a core it costs nothing. Does nothing where threads have no priority of their own.
void yieldToViewers();

/// Gives the pages of freed arrays back to the system. Steps keep them, because each asks for the same again;
/// what a test pass, an export or a view leaves between them would otherwise stay with the process for good.
/// Costs some milliseconds; does nothing where the C library has no such call.
void returnFreedMemory();

bool cudaAvailable();
/// "auto" -> "cuda" where there is one, else "cpu". "cuda" without one is a usage error that says so.
Result<std::string> resolveDevice(const std::string& device);

struct ComputeVersions {
  std::string torch; ///< "1.13.1"
  std::string blas;  ///< "OpenBLAS 0.3.21 ..." where it can be asked, else "unknown"
};
ComputeVersions computeVersions();

} // namespace latent
