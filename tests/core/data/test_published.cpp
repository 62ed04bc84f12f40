#include "core/data/catalogue.h"
#include "core/data/download.h"
#include "core/data/published.h"
#include "tests/core/data/data_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace latent {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using test::Environment;
using test::TemporaryFolder;
using testing::HasSubstr;

/// A small data set in the form of the published ones, without checksums.
PublishedDataset smallSet() {
  PublishedDataset small = *findPublished("mnist");
  small.shape = {1, 4, 5};
  for (PublishedFile& file : small.files) {
    file.shape = file.shape.size() == 3 ? std::vector<int64_t>{-1, 4, 5} : std::vector<int64_t>{-1};
    file.sha256.clear();
  }
  return small;
}

void writeSmallSet(const fs::path& folder) {
  test::writeBytes(folder / "train-images-idx3-ubyte", test::idxFile({30, 4, 5}, 251));
  test::writeBytes(folder / "train-labels-idx1-ubyte.gz", test::gzip(test::idxFile({30}, 10)));
  test::writeBytes(folder / "t10k-images-idx3-ubyte.gz", test::gzip(test::idxFile({20, 4, 5}, 249)));
  test::writeBytes(folder / "t10k-labels-idx1-ubyte", test::idxFile({20}, 10));
}

std::string refusal(const Result<std::shared_ptr<const Dataset>>& result, Fault fault = Fault::input) {
  EXPECT_FALSE(result.ok());
  if (result.ok()) return "accepted";
  EXPECT_EQ(result.error().fault, fault);
  return result.error().message;
}

TEST(Published, OpensPlainAndGzipFilesTogether) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path());
  JobControl control;
  const auto opened = openPublished(smallSet(), folder.path(), &control);
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_EQ(data.train->size(), 30);
  EXPECT_EQ(data.test->size(), 20);
  EXPECT_EQ(data.train->shape(), (ImageShape{1, 4, 5}));
  EXPECT_EQ(data.path, folder.path().string());
  EXPECT_FALSE(data.verified) << "without published checksums nothing is verified";
  EXPECT_EQ(data.checksums.size(), 4U);
  EXPECT_DOUBLE_EQ(control.progress(), 1);

  const std::vector<int64_t> indices{29, 0, 7};
  Bytes pixels(3 * 20);
  data.train->read(indices, pixels.data());
  for (size_t i = 0; i < pixels.size(); ++i) {
    const auto source = static_cast<size_t>(indices[i / 20]) * 20 + i % 20;
    EXPECT_EQ(pixels[i], source % 251);
    EXPECT_EQ(pixels[i], data.train->resident()[source]);
  }
  EXPECT_EQ(data.train->label(13), 3);
  const Image image = imageAt(*data.train, 29);
  EXPECT_EQ(image.shape, (ImageShape{1, 4, 5}));
  EXPECT_FLOAT_EQ(image.pixels[3], static_cast<float>((29 * 20 + 3) % 251) / 255.0F);
  EXPECT_TRUE(data.train->factors(0).empty());
  EXPECT_EQ(data.train->file(0), "");
  const int64_t outside = 30;
  EXPECT_THROW(data.train->read({&outside, 1}, pixels.data()), std::out_of_range);
}

TEST(Published, RefusesDifferentNumbersOfImagesAndLabels) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path());
  test::writeBytes(folder.path() / "t10k-labels-idx1-ubyte", test::idxFile({19}, 10));
  const std::string message = refusal(openPublished(smallSet(), folder.path()));
  EXPECT_THAT(message, HasSubstr("t10k-images-idx3-ubyte.gz holds 20 images"));
  EXPECT_THAT(message, HasSubstr("t10k-labels-idx1-ubyte holds 19 labels"));
}

TEST(Published, RefusesLabelsWithoutAClass) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path());
  Bytes labels = test::idxFile({20}, 10);
  labels[8 + 11] = 10;
  test::writeBytes(folder.path() / "t10k-labels-idx1-ubyte", labels);
  EXPECT_THAT(refusal(openPublished(smallSet(), folder.path())), HasSubstr("gives label 10 at byte 19"));
}

TEST(Published, RefusesAWrongChecksum) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path());
  PublishedDataset expected = smallSet();
  const auto opened = openPublished(expected, folder.path());
  ASSERT_TRUE(opened.ok());
  for (PublishedFile& file : expected.files) file.sha256 = (*opened)->checksums.at(file.name);
  const auto again = openPublished(expected, folder.path());
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE((*again)->verified);

  Bytes images = test::idxFile({20, 4, 5}, 249);
  images[100] ^= 1; // a plain file has no CRC: only the checksum can tell
  fs::remove(folder.path() / "t10k-images-idx3-ubyte.gz");
  test::writeBytes(folder.path() / "t10k-images-idx3-ubyte", images);
  const std::string message = refusal(openPublished(expected, folder.path()));
  EXPECT_THAT(message, HasSubstr((folder.path() / "t10k-images-idx3-ubyte").string()));
  EXPECT_THAT(message, HasSubstr("SHA-256"));
  EXPECT_THAT(message, HasSubstr("latent datasets --download mnist"));
}

TEST(Published, NamesTheMissingFile) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path());
  fs::remove(folder.path() / "t10k-labels-idx1-ubyte");
  EXPECT_THAT(refusal(openPublished(smallSet(), folder.path())),
              HasSubstr("t10k-labels-idx1-ubyte is missing"));
}

TEST(Published, CancelsWhileOpening) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path());
  JobControl control;
  control.cancel();
  refusal(openPublished(smallSet(), folder.path(), &control), Fault::interrupted);
}

TEST(Catalogue, SearchesInTheStatedOrder) {
  const Environment data("LATENT_DATA_DIR", "/first");
  const Environment home("XDG_DATA_HOME", "/second");
  using Places = std::vector<fs::path>;
  EXPECT_EQ(dataFolders({}), (Places{"/first", "/second/latent-explorer/datasets", "/usr/share/datasets"}));
  EXPECT_EQ(dataFolders({"/only"}), Places{"/only"}) << "--data-dir excludes all others";
  EXPECT_EQ(downloadFolder({"/only"}), "/only");
  EXPECT_EQ(downloadFolder({}), "/first");
  const Environment none("LATENT_DATA_DIR", std::nullopt);
  EXPECT_EQ(downloadFolder({}), "/second/latent-explorer/datasets");
  const Environment relative("XDG_DATA_HOME", "relative");
  const Environment user("HOME", "/home/someone");
  EXPECT_EQ(dataFolders({}),
            (Places{"/home/someone/.local/share/latent-explorer/datasets", "/usr/share/datasets"}));
}

TEST(Catalogue, TheFirstFolderWithAnyFileWins) {
  const TemporaryFolder first;
  const TemporaryFolder second;
  const Environment data("LATENT_DATA_DIR", first.path().string());
  const Environment home("XDG_DATA_HOME", second.path().string());
  const fs::path later = second.path() / "latent-explorer/datasets/mnist";
  writeSmallSet(later);
  // Nothing in the first folder: the second one is opened (and refused: it is not the real MNIST).
  EXPECT_THAT(refusal(openDataset("mnist", {})), HasSubstr(later.string()));
  // One damaged file in the first: that is the fault, not a reason to go on.
  test::writeBytes(first.path() / "mnist/t10k-labels-idx1-ubyte.gz", {1, 2, 3});
  EXPECT_THAT(refusal(openDataset("mnist", {})), HasSubstr((first.path() / "mnist").string()));
  // A broken link is a file that is there.
  fs::remove(first.path() / "mnist/t10k-labels-idx1-ubyte.gz");
  fs::create_symlink("/nowhere", first.path() / "mnist/train-images-idx3-ubyte");
  EXPECT_THAT(refusal(openDataset("mnist", {})),
              HasSubstr((first.path() / "mnist/train-images-idx3-ubyte").string() + " could not be opened"));
}

TEST(Catalogue, AFolderThatCannotBeSearchedIsAFault) {
  const TemporaryFolder folder;
  fs::create_symlink("mnist", folder.path() / "mnist"); // to itself
  const std::string message = refusal(openDataset("mnist", {folder.path()}));
  EXPECT_THAT(message, HasSubstr((folder.path() / "mnist").string()));
  EXPECT_THAT(message, HasSubstr("Too many levels"));
}

TEST(Catalogue, SaysWhereItLooked) {
  const TemporaryFolder folder;
  const std::string message = refusal(openDataset("fashion-mnist", {folder.path()}));
  EXPECT_THAT(message, HasSubstr("Fashion-MNIST was not found"));
  EXPECT_THAT(message, HasSubstr(folder.path().string()));
  EXPECT_THAT(message, HasSubstr("latent datasets --download fashion-mnist"));
  EXPECT_THAT(refusal(openDataset("imagenet", {}), Fault::usage), HasSubstr("\"imagenet\""));
}

TEST(Catalogue, ListsWhatIsKnown) {
  const TemporaryFolder folder;
  const std::vector<DatasetInfo> all = listDatasets({folder.path()}, true);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0].id, "mnist");
  EXPECT_EQ(all[0].train, 60000);
  EXPECT_EQ(all[0].test, 10000);
  EXPECT_EQ(all[0].downloadBytes, 11594722);
  EXPECT_FALSE(all[0].found);
  EXPECT_FALSE(all[0].available);
  EXPECT_FALSE(all[0].verified);
  EXPECT_EQ(all[1].id, "fashion-mnist");
  EXPECT_EQ(all[2].id, "cifar10");
  EXPECT_EQ(all[2].train, 50000);
  EXPECT_FALSE(all[2].available);
  for (const size_t builtIn : {3U, 4U}) {
    const DatasetInfo& info = all[builtIn];
    EXPECT_TRUE(info.builtIn && info.available) << info.id;
    EXPECT_EQ(info.downloadBytes, 0);
    const auto opened = openDataset(info.id, {folder.path()});
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ((*opened)->name, info.name);
    EXPECT_EQ((*opened)->shape, info.shape);
    EXPECT_EQ((*opened)->train->size(), info.train);
    EXPECT_EQ((*opened)->test->size(), info.test);
  }
}

TEST(Catalogue, OpensIdxFilesByPath) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path() / "own");
  const auto opened = openDataset((folder.path() / "own/").string(), {});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ((*opened)->id, (folder.path() / "own").string());
  EXPECT_EQ((*opened)->name, "own");
  EXPECT_EQ((*opened)->shape, (ImageShape{1, 4, 5}));
  EXPECT_EQ((*opened)->classes.size(), 10U) << "counted from the labels";
  EXPECT_FALSE((*opened)->verified);
  test::writeBytes(folder.path() / "own/t10k-images-idx3-ubyte", test::idxFile({20, 5, 4}, 249));
  EXPECT_THAT(refusal(openDataset((folder.path() / "own").string(), {})), HasSubstr("another size"));
  fs::remove(folder.path() / "own/t10k-images-idx3-ubyte");
  fs::remove(folder.path() / "own/t10k-images-idx3-ubyte.gz");
  EXPECT_THAT(
      refusal(openDataset((folder.path() / "own").string(), {})),
      HasSubstr("is missing, as is its .gz, though other files of the data set are there. Put it beside"));
  EXPECT_THAT(refusal(openDataset((folder.path() / "nowhere").string(), {})), HasSubstr("No such file"));
}

TEST(Catalogue, ListsDamagedDataAsNotAvailable) {
  const TemporaryFolder folder;
  writeSmallSet(folder.path() / "mnist"); // other shapes than MNIST has
  for (const bool verify : {false, true}) {
    const DatasetInfo info = listDatasets({folder.path()}, verify).front();
    EXPECT_EQ(info.found, folder.path() / "mnist");
    EXPECT_FALSE(info.available);
    EXPECT_EQ(info.verified.has_value(), verify);
    EXPECT_FALSE(info.verified.value_or(false));
  }
}

TEST(DownloadItems, AreThePublishedFilesOnTwoMirrors) {
  for (const char* id : {"mnist", "fashion-mnist"}) {
    const Result<std::vector<DownloadItem>> items = downloadItems(id);
    ASSERT_TRUE(items.ok());
    ASSERT_EQ(items->size(), 4U);
    for (const DownloadItem& item : *items) {
      ASSERT_EQ(item.urls.size(), 2U);
      for (const std::string& url : item.urls) EXPECT_TRUE(url.ends_with("/" + item.name)) << url;
      EXPECT_TRUE(item.name.ends_with("-ubyte.gz"));
      EXPECT_EQ(item.payloadSha256.size(), 64U);
      EXPECT_GT(item.maximumBytes, 0);
    }
    EXPECT_EQ(items->front().payloadBytes, 47040016);
    EXPECT_EQ(items->back().payloadBytes, 10008);
  }
  const auto none = downloadItems("digits");
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().fault, Fault::usage);
}

/// The real files, wherever this machine has them.
class RealData : public testing::TestWithParam<const char*> {};

TEST_P(RealData, IsReadWholeAndVerified) {
  const auto opened = openDataset(GetParam(), {});
  if (!opened.ok() && opened.error().message.find("was not found") != std::string::npos)
    GTEST_SKIP() << opened.error().message;
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_TRUE(data.verified);
  EXPECT_EQ(data.train->size(), 60000);
  EXPECT_EQ(data.test->size(), 10000);
  EXPECT_EQ(data.classes.size(), 10U);
  std::vector<int64_t> counts(10);
  for (int64_t i = 0; i < data.test->size(); ++i) ++counts.at(static_cast<size_t>(data.test->label(i)));
  for (const int64_t count : counts) EXPECT_GT(count, 800);
  const std::vector<DatasetInfo> all = listDatasets({}, false);
  const auto info =
      std::find_if(all.begin(), all.end(), [](const auto& one) { return one.id == GetParam(); });
  ASSERT_NE(info, all.end());
  EXPECT_TRUE(info->available);
  EXPECT_EQ(info->found, data.path);
}

INSTANTIATE_TEST_SUITE_P(Published, RealData, testing::Values("mnist", "fashion-mnist"), [](const auto& one) {
  return one.param == std::string("mnist") ? "Mnist" : "Fashion";
});

} // namespace
} // namespace latent
