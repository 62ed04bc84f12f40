#include "core/io/state_file.h"

#include "core/io/files.h"
#include "core/io/npy.h"
#include "core/io/safetensors.h"
#include "tests/core/io/scratch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <numeric>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path fixtures = LATENT_SOURCE_DIR "/tests/core/io/pytorch";

std::string refused(const fs::path& path) {
  const auto file = StateFile::open(path);
  EXPECT_FALSE(file) << path;
  if (file) return {};
  EXPECT_EQ(file.error().fault, Fault::input);
  EXPECT_THAT(file.error().message, HasSubstr(path.filename().string()));
  return file.error().message;
}

// Its members of code are compressed, those of weights are not.
TEST(StateFile, TellsATorchScriptArchiveByItsCode) {
  auto bytes = *readFile(fixtures / "protocol4.pt", 1 << 20);
  const std::string was = "protocol4/data/0", code = "protocol4/code/0", directory = "PK\x01\x02";
  for (auto at = bytes.begin();; at += static_cast<std::ptrdiff_t>(code.size())) {
    at = std::search(at, bytes.end(), was.begin(), was.end(),
                     [](std::byte a, char b) { return static_cast<char>(a) == b; });
    if (at == bytes.end()) break;
    std::ranges::transform(code, at, [](char c) { return static_cast<std::byte>(c); });
    const auto entry = at - 46; // of the directory: its name comes after 46 bytes
    if (std::equal(directory.begin(), directory.end(), entry,
                   [](char a, std::byte b) { return a == static_cast<char>(b); }))
      entry[10] = std::byte{8}; // deflate
  }
  const auto file = StateFile::parse(bytes, "module.pt");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("is a TorchScript archive; give it with --torchscript"));
}

TEST(StateFile, ReadsEveryTypeAndViewThatPyTorchWrites) {
  const auto file = StateFile::open(fixtures / "types.pt");
  ASSERT_TRUE(file) << file.error().message;
  std::vector<float> all(12), transposed, rows(8);
  std::iota(all.begin(), all.end(), 0.0F);
  std::iota(rows.begin(), rows.end(), 4.0F);
  for (size_t column = 0; column < 4; ++column)
    for (size_t row = 0; row < 3; ++row) transposed.push_back(all[4 * row + column]);
  const std::map<std::string, std::vector<float>> special{{"bool", {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1}},
                                                          {"transposed", transposed},
                                                          {"rows", rows},
                                                          {"column", {1, 5, 9}},
                                                          {"scalar", {3}},
                                                          {"empty", {}}};
  ASSERT_EQ(file->tensors().size(), 16U);
  for (size_t i = 0; i < file->tensors().size(); ++i) {
    const auto& [name, type, floating, shape] = file->tensors()[i];
    SCOPED_TRACE(name);
    const auto values = file->read(i);
    ASSERT_TRUE(values) << values.error().message;
    const auto found = special.find(name);
    EXPECT_EQ(*values, found == special.end() ? all : found->second);
    if (i < 10) {
      EXPECT_EQ(type, name);
    }
    EXPECT_EQ(floating, type.find("float") != std::string::npos);
  }
  EXPECT_EQ(file->tensors()[10].shape, (std::vector<int64_t>{4, 3}));
  EXPECT_TRUE(StateFile::open(fixtures / "protocol4.pt"));
}

TEST(StateFile, UnwrapsACheckpointOfSeveralDevices) {
  const auto plain = StateFile::open(fixtures / "autoencoder.pt"),
             wrapped = StateFile::open(fixtures / "wrapped.pt");
  ASSERT_TRUE(plain && wrapped);
  EXPECT_EQ(plain->wrapper() + plain->dropped(), "");
  EXPECT_EQ(wrapped->wrapper(), "state_dict");
  EXPECT_EQ(wrapped->dropped(), "module.");
  ASSERT_EQ(plain->tensors().size(), wrapped->tensors().size());
  for (size_t i = 0; i < plain->tensors().size(); ++i) {
    EXPECT_EQ(plain->tensors()[i].name, wrapped->tensors()[i].name);
    EXPECT_EQ(wrapped->tensors()[i].type, "float64");
    EXPECT_EQ(*plain->read(i), *wrapped->read(i));
  }
}

TEST(StateFile, ReadsSafetensorsOfOtherPrograms) {
  const Scratch scratch;
  SafeTensors content;
  Array half{ElementType::bf16, {2}, {std::byte{0x80}, std::byte{0x3f}, std::byte{0x00}, std::byte{0xc0}}};
  content.arrays = {{"module.a", half}, {"module.n", Array::of(std::vector<int64_t>{7}, {1})}};
  content.metadata = {{"step", "600"}, {"epoch", "1"}};
  ASSERT_TRUE(writeSafetensors(scratch / "w.pt", content)); // the content decides, not the name
  const auto file = StateFile::open(scratch / "w.pt");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->dropped(), "module.");
  EXPECT_EQ(file->tensors()[0].name, "a");
  EXPECT_EQ(file->tensors()[0].type, "bfloat16");
  EXPECT_THAT(*file->read(0), testing::ElementsAre(1.0F, -2.0F));
  EXPECT_FALSE(file->tensors()[1].floating);
  EXPECT_EQ(file->step(), 600);
  EXPECT_EQ(file->epoch(), 1);
}

TEST(StateFile, SaysWhatAFileIsInstead) {
  const Scratch scratch;
  EXPECT_THAT(refused(fixtures / "before_1.6.pt"), HasSubstr("torch.save(torch.load("));
  EXPECT_THAT(refused(fixtures / "whole_module.pt"), HasSubstr("__main__.Autoencoder"));
  EXPECT_THAT(refused(fixtures / "codes.npy"), HasSubstr("neither a safetensors file nor"));
  EXPECT_THAT(refused(fixtures / "missing.pt"), HasSubstr("No such file"));
  ASSERT_TRUE(writeTextAtomically(scratch / "empty.pt", ""));
  EXPECT_THAT(refused(scratch / "empty.pt"), HasSubstr("neither"));
  ASSERT_TRUE(
      writeTextAtomically(scratch / "tar.pt", std::string(257, ' ') + "ustar" + std::string(300, ' ')));
  EXPECT_THAT(refused(scratch / "tar.pt"), HasSubstr("before version 1.6"));
}

TEST(StateFile, RefusesValuesThatAreNoNumbers) {
  const Scratch scratch;
  SafeTensors content;
  content.arrays = {{"big", Array::of(std::vector<double>{1e300}, {1})}};
  ASSERT_TRUE(writeSafetensors(scratch / "w.safetensors", content));
  const auto file = StateFile::open(scratch / "w.safetensors");
  ASSERT_TRUE(file);
  const auto values = file->read(0);
  ASSERT_FALSE(values);
  EXPECT_THAT(values.error().message, HasSubstr("\"big\" holds values that are no finite float32"));
}

} // namespace
} // namespace latent
