#include "core/data/archive.h"
#include "core/data/catalogue.h"
#include "core/data/cifar.h"
#include "core/data/download.h"
#include "core/data/payload.h"
#include "tests/core/data/archive_fixture.h"

#include <gmock/gmock.h>

namespace latent {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using testing::HasSubstr;

constexpr size_t recordBytes = 3073;

/// Records with label i % 10 and pixels that tell plane, place and record.
Bytes batch(size_t images) {
  Bytes file;
  for (size_t i = 0; i < images; ++i) {
    file.push_back(static_cast<uint8_t>(i % 10));
    for (size_t p = 0; p < recordBytes - 1; ++p)
      file.push_back(static_cast<uint8_t>((i + p / 1024 * 50 + p) % 251));
  }
  return file;
}

void writeSet(const fs::path& folder, size_t images) {
  for (int i = 1; i <= 5; ++i)
    test::writeBytes(folder / ("data_batch_" + std::to_string(i) + ".bin"),
                     batch(images + static_cast<size_t>(i)));
  test::writeBytes(folder / "test_batch.bin.gz", test::gzip(batch(images)));
}

Result<CifarBatch> read(const Bytes& file, int64_t images = -1) {
  size_t at = 0;
  return readCifarBatch(
      [&](std::span<uint8_t> out) -> Result<size_t> {
        const size_t count = std::min(out.size(), file.size() - at);
        std::copy_n(file.begin() + static_cast<ptrdiff_t>(at), count, out.begin());
        at += count;
        return count;
      },
      "some.bin", images);
}

std::string refusal(const Bytes& file, int64_t images = -1) {
  const auto result = read(file, images);
  EXPECT_FALSE(result.ok());
  if (result.ok()) return "accepted";
  EXPECT_EQ(result.error().fault, Fault::input);
  EXPECT_THAT(result.error().message, HasSubstr("some.bin"));
  return result.error().message;
}

TEST(Cifar, ReadsRecords) {
  const Bytes file = batch(300); // more than are read at once
  const auto result = read(file, 300);
  ASSERT_TRUE(result.ok()) << result.error().message;
  ASSERT_EQ(result->labels.size(), 300U);
  EXPECT_EQ(result->labels[299], 9);
  EXPECT_EQ(result->pixels[299 * 3072 + 1024], file[299 * recordBytes + 1 + 1024]) << "first green pixel";
}

TEST(Cifar, RefusesWhatIsNoRecord) {
  Bytes file = batch(12);
  file[7 * recordBytes] = 10;
  EXPECT_THAT(refusal(file), HasSubstr("gives label 10 at byte 21511"));
  EXPECT_THAT(refusal(batch(12), 13), HasSubstr("ends at byte 36876, after 12 of 13 images"));
  EXPECT_THAT(refusal(batch(12), 11), HasSubstr("goes on at byte 33803, after 11 images"));
  file = batch(2);
  file.pop_back();
  EXPECT_THAT(refusal(file), HasSubstr("ends at byte 6145, inside a record"));
  EXPECT_THAT(refusal({}), HasSubstr("after 0 images"));
}

TEST(Cifar, OpensAFolderByPath) {
  const test::TemporaryFolder folder;
  writeSet(folder.path(), 20);
  const auto opened = openDataset(folder.path().string(), {});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_EQ(data.shape, (ImageShape{3, 32, 32}));
  EXPECT_EQ(data.train->size(), 5 * 20 + 15);
  EXPECT_EQ(data.test->size(), 20);
  EXPECT_EQ(data.train->label(21), 0) << "the second file begins with its label 0";
  EXPECT_EQ(data.classes[9], "truck");
  EXPECT_FALSE(data.verified) << "no checksums of these files are published";
  EXPECT_EQ(data.checksums.size(), 6U);
  EXPECT_EQ(data.id, folder.path().string());
  fs::remove(folder.path() / "data_batch_3.bin");
  const auto missing = openDataset(folder.path().string(), {});
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("data_batch_3.bin is missing"));
  test::writeBytes(folder.path() / "data_batch_3.bin", {1, 2, 3});
  EXPECT_FALSE(openDataset(folder.path().string(), {}).ok());
  EXPECT_EQ(openDataset(folder.path().string() + "?size=32", {}).error().fault, Fault::usage);
}

TEST(Cifar, IsFoundInTheFoldersOfData) {
  const test::TemporaryFolder folder;
  const auto missing = openDataset("cifar10", {folder.path()});
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("CIFAR-10 was not found"));
  writeSet(folder.path() / "cifar-10-batches-bin", 3);
  const auto found = findCifar({"/nowhere", folder.path()});
  ASSERT_TRUE(found.ok() && *found);
  EXPECT_EQ(**found, folder.path() / "cifar-10-batches-bin");
  const auto small = openDataset("cifar10", {folder.path()});
  ASSERT_FALSE(small.ok()) << "by its id it must be the whole one";
  EXPECT_THAT(small.error().message, HasSubstr("after 4 of 10000 images"));
  EXPECT_FALSE(cifarLooksWhole(**found));
  test::writeBytes(folder.path() / "cifar10/data_batch_1.bin", {1});
  EXPECT_EQ(**findCifar({folder.path()}), folder.path() / "cifar10");
}

TEST(Cifar, TheWholeOneIsRead) {
  const test::TemporaryFolder folder;
  const Bytes file = batch(10000);
  for (int i = 1; i <= 5; ++i)
    test::writeBytes(folder.path() / "cifar10" / ("data_batch_" + std::to_string(i) + ".bin"), file);
  test::writeBytes(folder.path() / "cifar10/test_batch.bin", file);
  for (const bool verify : {false, true}) {
    const std::vector<DatasetInfo> all = listDatasets({folder.path()}, verify);
    ASSERT_EQ(all[2].id, "cifar10");
    EXPECT_TRUE(all[2].available);
    EXPECT_FALSE(all[2].verified.value_or(false));
    EXPECT_EQ(all[2].found, folder.path() / "cifar10");
  }
  JobControl control;
  const auto opened = openDataset("cifar10", {folder.path()}, &control);
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ((*opened)->train->size(), 50000);
  EXPECT_EQ((*opened)->id, "cifar10");
  EXPECT_DOUBLE_EQ(control.progress(), 1);
  control.cancel();
  EXPECT_EQ(openDataset("cifar10", {folder.path()}, &control).error().fault, Fault::interrupted);
}

TEST(Cifar, OnlyThePublishedArchiveIsTaken) {
  const test::TemporaryFolder folder;
  test::writeBytes(folder.path() / "cifar10" / cifarArchive.name, {1, 2, 3});
  const auto refused = openDataset("cifar10", {folder.path()});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().fault, Fault::input);
  EXPECT_THAT(refused.error().message, HasSubstr("is not the published archive"));
  EXPECT_FALSE(listDatasets({folder.path()}, true)[2].available);
}

TEST(Cifar, ReadsAnArchive) {
  if (!archivesAvailable()) GTEST_SKIP() << "built without libarchive";
  const test::TemporaryFolder folder;
  test::Members members{{"cifar-10-batches-bin/readme.html", {1, 2}}, {"/test_batch.bin", batch(7)}};
  for (int i = 1; i <= 5; ++i)
    members.emplace_back("../../data_batch_" + std::to_string(i) + ".bin", batch(static_cast<size_t>(i)));
  const fs::path path = folder.path() / "in" / cifarArchive.name;
  test::writeBytes(path, test::packed(members, test::Packing::deflated, true));
  const std::string sum = *storedSha256(path, 1 << 20);
  CifarArchive known = cifarArchive;
  known.sha256 = sum.c_str();
  const auto opened = openCifar(folder.path() / "in", false, nullptr, known);
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_TRUE((*opened)->verified);
  EXPECT_EQ((*opened)->train->size(), 15);
  EXPECT_EQ((*opened)->test->size(), 7);
  EXPECT_EQ((*opened)->train->label(1), 0) << "in the order of the file names";
  EXPECT_EQ(
      std::distance(fs::recursive_directory_iterator(folder.path()), fs::recursive_directory_iterator()), 2)
      << "nothing is unpacked";

  members.pop_back();
  test::writeBytes(path, test::packed(members, test::Packing::deflated, true));
  const std::string other = *storedSha256(path, 1 << 20);
  known.sha256 = other.c_str();
  const auto missing = openCifar(folder.path() / "in", false, nullptr, known);
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("has no member data_batch_5.bin"));
}

TEST(Cifar, IsDownloadedAsOneArchive) {
  const auto items = downloadItems("cifar10");
  ASSERT_TRUE(items.ok());
  ASSERT_EQ(items->size(), 1U);
  EXPECT_TRUE(items->front().stored);
  EXPECT_EQ(items->front().payloadSha256.size(), 64U);
  EXPECT_EQ(items->front().maximumBytes, 170052171);
}

TEST(Payload, StoredBytesAreNotInflated) {
  const test::TemporaryFolder folder;
  const Bytes packed = test::gzip(Bytes(1000, 7));
  test::writeBytes(folder.path() / "file.gz", packed);
  EXPECT_EQ(*readStored(folder.path() / "file.gz", 1000), packed);
  EXPECT_FALSE(readStored(folder.path() / "file.gz", 3).ok());
  EXPECT_NE(*storedSha256(folder.path() / "file.gz", 1000), *payloadSha256(folder.path() / "file.gz", 1000));
  EXPECT_FALSE(readStored(folder.path(), 1000).ok());
}

} // namespace
} // namespace latent
