#include "core/models/compute.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <gtest/gtest.h>

#include <unistd.h>

#include <cstring>
#include <fstream>
#include <limits>
#include <memory>
#include <thread>
#include <vector>

namespace latent {
namespace {

TEST(Compute, ThreadCountIsFixedForTheProcess) {
  EXPECT_GE(defaultComputeThreads(), 1);
  prepareComputeThread();
  const int count = computeThreads();
  EXPECT_NO_THROW(setComputeThreads(count));
  EXPECT_THROW(setComputeThreads(count + 1), std::logic_error);
  EXPECT_THROW(setComputeThreads(0), std::logic_error);
  EXPECT_EQ(computeThreads(), count);
}

TEST(Compute, EachThreadHasOneAtenThreadAndFlushesDenormals) {
  std::thread([] {
    prepareComputeThread();
    EXPECT_EQ(at::get_num_threads(), 1);
    const torch::Tensor tiny = torch::full({64}, std::numeric_limits<float>::min());
    EXPECT_EQ((tiny * 0.5).sum().item<float>(), 0);
  }).join();
}

// Sanitizers bring an allocator of their own.
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
int64_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  int64_t total = 0, resident = 0;
  file >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

TEST(Compute, FreedArraysStayForTheNextStepUntilTheyAreGivenBack) {
  prepareComputeThread();
  constexpr size_t size = 1 << 20, count = 100;
  const int64_t before = residentBytes();
  std::vector<std::unique_ptr<char[]>> arrays(count);
  for (auto& array : arrays) {
    array = std::make_unique<char[]>(size);
    std::memset(array.get(), 1, size);
  }
  const auto last = std::make_unique<char[]>(size); // nothing below it can leave by itself
  EXPECT_GT(residentBytes() - before, int64_t{90} << 20);
  arrays.clear();
  EXPECT_GT(residentBytes() - before, int64_t{90} << 20);
  returnFreedMemory();
  EXPECT_LT(residentBytes() - before, int64_t{20} << 20);
}
#endif

TEST(Compute, ResolvesDevices) {
  EXPECT_EQ(*resolveDevice("cpu"), "cpu");
  EXPECT_EQ(*resolveDevice("auto"), cudaAvailable() ? "cuda" : "cpu");
  const auto unknown = resolveDevice("tpu");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().fault, Fault::usage);
  const auto cuda = resolveDevice("cuda");
  EXPECT_EQ(cuda.ok(), cudaAvailable());
  if (!cuda.ok()) {
    EXPECT_EQ(cuda.error().fault, Fault::usage);
  }
}

TEST(Compute, NamesItsLibraries) {
  EXPECT_NE(computeVersions().torch.find('.'), std::string::npos);
  EXPECT_FALSE(computeVersions().blas.empty());
}

} // namespace
} // namespace latent
