// The lock of a run folder: one writer at a time, released by the kernel even after a kill.
#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace latent {

class RunLock {
 public:
  /// Takes FOLDER/.lock with flock and notes program and process in it. Work error if another holds it,
  /// naming it.
  static Result<RunLock> acquire(const std::filesystem::path& folder);
  static bool held(const std::filesystem::path& folder); ///< by anybody, this process included

  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;
  ~RunLock();

 private:
  explicit RunLock(int descriptor) : m_descriptor(descriptor) {}
  int m_descriptor;
};

} // namespace latent
