// Runs every file of a fuzz target's corpus through the target: what was found once stays fixed, in every
// build.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
/// Of targets that have it: whether the reader takes these bytes. Files named good_... are taken, so that a
/// corpus does not fall behind its format.
extern "C" __attribute__((weak)) bool readsFuzzInput(const uint8_t* data, size_t size);

namespace {

std::vector<std::filesystem::path> corpus() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(LATENT_CORPUS)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string testName(const testing::TestParamInfo<std::filesystem::path>& one) {
  std::string name = one.param.filename().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c); }, '_');
  return name;
}

class Replay : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Replay, EndsWithoutACrash) {
  std::ifstream file(GetParam(), std::ios::binary);
  ASSERT_TRUE(file);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  EXPECT_EQ(LLVMFuzzerTestOneInput(data, bytes.size()), 0);
  const bool good = GetParam().filename().string().starts_with("good");
  EXPECT_TRUE(!good || readsFuzzInput == nullptr || readsFuzzInput(data, bytes.size()));
}

INSTANTIATE_TEST_SUITE_P(Corpus, Replay, testing::ValuesIn(corpus()), testName);

} // namespace
