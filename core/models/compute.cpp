#include "core/models/compute.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <dlfcn.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif
#if defined(__linux__)
#include <sys/resource.h>
#endif

#include <algorithm>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

namespace latent {

namespace {

struct Threads {
  std::mutex mutex;
  std::optional<int> chosen;
  bool applied = false;
};

Threads& threads() {
  static Threads state;
  return state;
}

template<class Function>
Function* lookUp(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
}

/// OpenBLAS has one count for the process; MKL, which official LibTorch brings, one for each thread.
void applyBlasThreads(int count, bool first) {
  if (auto* setOpenBlas = lookUp<void(int)>("openblas_set_num_threads")) {
    if (first) setOpenBlas(count);
  } else if (auto* setMkl = lookUp<int(int)>("MKL_Set_Num_Threads_Local")) {
    setMkl(count);
  }
}

/// Every step asks for the same buffers of some megabytes. Left alone glibc gives them back to the system
/// after each step, and clearing fresh pages for the next costs a tenth of the training time.
void keepFreedMemory() {
#if defined(__GLIBC__)
  constexpr int mebibyte = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, 32 * mebibyte); // its largest value
  mallopt(M_TRIM_THRESHOLD, 256 * mebibyte);
  mallopt(M_TOP_PAD, 4 * mebibyte);
#endif
}

} // namespace

int defaultComputeThreads() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()) - 1);
}

int computeThreads() {
  Threads& state = threads();
  std::lock_guard lock(state.mutex);
  return state.chosen.value_or(defaultComputeThreads());
}

void setComputeThreads(int blasThreads) {
  if (blasThreads < 1) throw std::logic_error("setComputeThreads: at least one thread is needed");
  Threads& state = threads();
  std::lock_guard lock(state.mutex);
  const bool fixed = state.chosen.has_value() || state.applied;
  if (fixed && state.chosen.value_or(defaultComputeThreads()) != blasThreads) {
    throw std::logic_error("setComputeThreads: the count is fixed for the life of the process");
  }
  state.chosen = blasThreads;
}

void prepareComputeThread() {
  // Two pools spin against each other: ATen gets one thread, BLAS the others. Set by each thread for itself.
  at::set_num_threads(1);
  at::globalContext().setFlushDenormal(true);

  Threads& state = threads();
  std::lock_guard lock(state.mutex);
  if (!state.applied) keepFreedMemory();
  if (!state.chosen) state.chosen = defaultComputeThreads();
  applyBlasThreads(*state.chosen, !state.applied);
  state.applied = true;
}

void yieldToViewers() {
#if defined(__linux__)
  // On Linux a nice value belongs to a thread, and 0 names the calling one.
  constexpr int nice = 5;
  setpriority(PRIO_PROCESS, 0, nice);
#endif
}

void returnFreedMemory() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

bool cudaAvailable() {
  return torch::cuda::is_available();
}

Result<std::string> resolveDevice(const std::string& device) {
  if (device == "cpu") return device;
  if (device == "auto") return std::string(cudaAvailable() ? "cuda" : "cpu");
  if (device != "cuda") return usageError("There is no device '" + device + "'; use auto, cpu or cuda.");
  if (!cudaAvailable()) {
    return usageError(
        "CUDA was asked for, but this computer or this build of LibTorch has none; use --device cpu.");
  }
  return device;
}

ComputeVersions computeVersions() {
  ComputeVersions versions;
  versions.torch = TORCH_VERSION;
  versions.blas = "unknown";
  if (auto* openBlas = lookUp<char*()>("openblas_get_config")) {
    versions.blas = openBlas();
  } else if (auto* mkl = lookUp<void(char*, int)>("MKL_Get_Version_String")) {
    char text[256] = {};
    mkl(text, sizeof text - 1);
    versions.blas = text;
  }
  return versions;
}

} // namespace latent
