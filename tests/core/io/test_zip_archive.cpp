#include "core/io/zip_archive.h"

#include "core/io/files.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

std::vector<std::byte> fixture() {
  return *readFile(LATENT_SOURCE_DIR "/tests/core/io/pytorch/protocol4.pt", 1 << 20);
}

std::string refused(const std::vector<std::byte>& bytes) {
  const auto archive = ZipArchive::parse(bytes, "a.pt");
  EXPECT_FALSE(archive);
  if (archive) return {};
  EXPECT_EQ(archive.error().fault, Fault::input);
  EXPECT_THAT(archive.error().message, testing::StartsWith("a.pt: "));
  return archive.error().message;
}

TEST(ZipArchive, ListsAndReadsMembers) {
  const auto bytes = fixture();
  EXPECT_TRUE(ZipArchive::looksLikeOne(bytes));
  const auto archive = ZipArchive::parse(bytes, "a.pt");
  ASSERT_TRUE(archive) << archive.error().message;
  std::vector<std::string> names;
  for (const auto& [name, member] : archive->members()) names.push_back(name);
  EXPECT_THAT(names, testing::ElementsAre("protocol4/data.pkl", "protocol4/data/0", "protocol4/version"));
  const auto version = archive->read("protocol4/version");
  ASSERT_TRUE(version);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(version->data()), version->size()), "3\n");
  EXPECT_THAT(archive->read("protocol4/data/7").error().message, HasSubstr("protocol4/data/7"));
}

TEST(ZipArchive, AChangedByteIsNoticed) {
  auto bytes = fixture();
  const auto archive = ZipArchive::parse(bytes, "a.pt");
  const auto storage = *archive->read("protocol4/data/0");
  const auto at = static_cast<size_t>(storage.data() - bytes.data());
  bytes[at + 3] ^= std::byte{1};
  const auto changed = ZipArchive::parse(bytes, "a.pt");
  ASSERT_TRUE(changed);
  const auto read = changed->read("protocol4/data/0");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("checksum"));
}

TEST(ZipArchive, AnyCutIsNoticed) {
  const auto bytes = fixture();
  for (size_t length = 0; length < bytes.size(); ++length)
    refused({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length)});
}

TEST(ZipArchive, RefusesWhatItDoesNotRead) {
  const std::string signature = "PK\x01\x02";
  const auto changed = [&](size_t offset, uint8_t value) {
    auto bytes = fixture();
    const auto name = std::as_bytes(std::span(signature));
    const auto entry = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
    entry[static_cast<std::ptrdiff_t>(offset)] = std::byte{value};
    return bytes;
  };
  const auto change = [&](size_t offset, uint8_t value) { return refused(changed(offset, value)); };
  const auto read = [&](size_t offset, uint8_t value) -> std::string {
    const auto bytes = changed(offset, value);
    const auto archive = ZipArchive::parse(bytes, "a.pt");
    if (!archive) return "refused as a whole: " + archive.error().message;
    const auto member = archive->read("protocol4/data.pkl"); // the first of the directory
    return member ? "read" : member.error().message;
  };
  EXPECT_THAT(read(10, 8), HasSubstr("\"protocol4/data.pkl\" is compressed")); // method: deflate
  EXPECT_THAT(read(8, 1), HasSubstr("encrypted"));
  EXPECT_THAT(read(27, 0x70), HasSubstr("\"protocol4/data.pkl\" is compressed")); // the sizes differ
  EXPECT_THAT(change(44, 0x70), HasSubstr("outside"));                            // the local header's place
  EXPECT_THAT(change(29, 0x70), HasSubstr("directory is damaged"));               // the name's length
}

} // namespace
} // namespace latent
