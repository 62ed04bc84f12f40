#include "core/models/compute.h"

#include <ATen/Parallel.h>
#include <torch/torch.h>

#include <gtest/gtest.h>

#include <limits>
#include <thread>

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
