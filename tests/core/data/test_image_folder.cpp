#include "core/data/catalogue.h"
#include "core/data/dataset_path.h"
#include "core/data/image_header.h"
#include "tests/core/data/data_fixture.h"

#include <gmock/gmock.h>
#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace latent {
namespace {

namespace fs = std::filesystem;
using test::Bytes;
using testing::HasSubstr;

/// A colour that tells images apart; blue differs from red.
cv::Vec3b colourOf(int seed) { // blue, green, red
  return {static_cast<uint8_t>(10 + 20 * seed), static_cast<uint8_t>(200 - 10 * seed),
          static_cast<uint8_t>(5 * seed)};
}

Bytes encoded(const cv::Mat& image, const std::string& ending) {
  Bytes bytes;
  if (!cv::imencode(ending, image, bytes)) throw std::runtime_error("imencode failed");
  return bytes;
}

Bytes plain(int width, int height, int seed, const std::string& ending = ".png") {
  return encoded(cv::Mat(height, width, CV_8UC3, cv::Scalar(colourOf(seed))), ending);
}
Bytes grey(int width, int height, int value, const std::string& ending = ".png") {
  return encoded(cv::Mat(height, width, CV_8UC1, cv::Scalar(value)), ending);
}

class ImageFolder : public testing::Test {
 protected:
  void put(const std::string& file, const Bytes& bytes) const { test::writeBytes(root / file, bytes); }
  void putText(const std::string& file, const std::string& text) const {
    put(file, {text.begin(), text.end()});
  }
  Result<std::shared_ptr<const Dataset>> open(const std::string& options = "") const {
    return openDataset(root.string() + options, {});
  }
  std::string refusal(const std::string& options = "", Fault fault = Fault::input) const {
    const auto opened = open(options);
    EXPECT_FALSE(opened.ok());
    if (opened.ok()) return "accepted";
    EXPECT_EQ(opened.error().fault, fault) << opened.error().message;
    return opened.error().message;
  }
  /// 20 images of 64 x 64 in colour, two classes.
  void putTwoClasses() const {
    for (int i = 0; i < 20; ++i)
      put((i % 2 == 0 ? "cat/" : "dog/") + std::to_string(100 + i) + ".png", plain(64, 64, i % 10));
  }

  const test::TemporaryFolder temporary;
  const fs::path root = temporary.path() / "pictures";
};

std::map<std::string, int64_t> labelsByFile(const Dataset& data) {
  std::map<std::string, int64_t> labels;
  for (const auto& split : {data.train, data.test})
    for (int64_t i = 0; i < split->size(); ++i) labels[split->file(i)] = split->label(i);
  return labels;
}

TEST_F(ImageFolder, ReadsColourWithClassesByFolder) {
  putTwoClasses();
  const auto opened = open();
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_EQ(data.shape, (ImageShape{3, 64, 64}));
  EXPECT_EQ(data.classes, (std::vector<std::string>{"cat", "dog"}));
  EXPECT_EQ(data.train->size(), 18);
  EXPECT_EQ(data.test->size(), 2);
  EXPECT_EQ(data.name, "pictures");
  EXPECT_EQ(data.id, root.string());
  EXPECT_TRUE(data.warnings.empty());
  EXPECT_FALSE(data.verified);
  const auto labels = labelsByFile(data);
  EXPECT_EQ(labels.size(), 20U) << "each image lies in one split";
  EXPECT_EQ(labels.at("cat/100.png"), 0);
  EXPECT_EQ(labels.at("dog/101.png"), 1);
  for (int64_t i = 0; i < data.train->size(); ++i) { // a point leads back to its file
    const std::string file = data.train->file(i);
    const int seed = std::stoi(file.substr(4)) % 10;
    const Image image = imageAt(*data.train, i);
    EXPECT_FLOAT_EQ(image.pixels[0], static_cast<float>(colourOf(seed)[2]) / 255.0F) << "red first";
    EXPECT_FLOAT_EQ(image.pixels[2 * 4096 + 7], static_cast<float>(colourOf(seed)[0]) / 255.0F);
  }
  EXPECT_THROW(static_cast<void>(data.train->file(18)), std::out_of_range);
}

TEST_F(ImageFolder, ReadsAllFormats) {
  for (const char* ending : {".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".TIFF"}) {
    std::string lower(ending);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    put(std::string("image") + ending, plain(16, 16, 3, lower));
  }
  put("notes.txt", {1});
  put(".hidden.png", {1});
  put("__MACOSX/image.png", {1});
  const auto opened = open();
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_TRUE((*opened)->warnings.empty()) << (*opened)->warnings[0];
  EXPECT_EQ((*opened)->train->size() + (*opened)->test->size(), 7);
  EXPECT_EQ((*opened)->shape, (ImageShape{3, 16, 16})) << "small images of one size stay as they are";
  EXPECT_EQ((*opened)->train->label(0), -1);
  EXPECT_TRUE((*opened)->classes.empty());
}

TEST_F(ImageFolder, GreyImagesStayGreyUntilAColourComes) {
  for (int i = 0; i < 9; ++i) put("a" + std::to_string(i) + ".png", grey(20, 12, 20 * i));
  auto opened = open();
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ((*opened)->shape, (ImageShape{1, 12, 20}));
  EXPECT_EQ((*open("?colour=rgb"))->shape, (ImageShape{3, 12, 20}));

  put("b.png", plain(20, 12, 7)); // the last in order: what was read before becomes colour
  opened = open();
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ((*opened)->shape, (ImageShape{3, 12, 20}));
  for (const auto& split : {(*opened)->train, (*opened)->test}) {
    for (int64_t i = 0; i < split->size(); ++i) {
      if (split->file(i) == "b.png") continue;
      const float value = static_cast<float>(20 * (split->file(i)[1] - '0')) / 255.0F;
      const Image image = imageAt(*split, i);
      EXPECT_TRUE(
          std::all_of(image.pixels.begin(), image.pixels.end(), [value](float p) { return p == value; }));
    }
  }
  opened = open("?colour=grey");
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ((*opened)->shape, (ImageShape{1, 12, 20}));
  const cv::Vec3b bgr = colourOf(7);
  const int expected = (299 * bgr[2] + 587 * bgr[1] + 114 * bgr[0] + 500) / 1000;
  for (const auto& split : {(*opened)->train, (*opened)->test})
    for (int64_t i = 0; i < split->size(); ++i)
      if (split->file(i) == "b.png") {
        EXPECT_FLOAT_EQ(imageAt(*split, i).pixels[5], static_cast<float>(expected) / 255.0F);
      }
}

TEST_F(ImageFolder, ScalesOnce) {
  // Left half black, right half white: what a crop and what a stretch keep of it differs.
  cv::Mat halves(40, 120, CV_8UC1, cv::Scalar(0));
  halves(cv::Rect(60, 0, 60, 40)) = 255;
  for (int i = 0; i < 4; ++i) put(std::to_string(i) + ".png", encoded(halves, ".png"));
  const auto standard = open();
  ASSERT_TRUE(standard.ok());
  EXPECT_EQ((*standard)->shape, (ImageShape{1, 64, 64})) << "larger than 64";
  const auto crop = open("?size=20");
  ASSERT_TRUE(crop.ok());
  EXPECT_EQ((*crop)->shape, (ImageShape{1, 20, 20}));
  const Image cropped = imageAt(*(*crop)->train, 0);
  EXPECT_EQ(cropped.pixels[0], 0);
  EXPECT_EQ(cropped.pixels[9], 0);
  EXPECT_EQ(cropped.pixels[10], 1);
  const auto stretched = open("?size=30x10&fit=stretch");
  ASSERT_TRUE(stretched.ok());
  EXPECT_EQ((*stretched)->shape, (ImageShape{1, 10, 30}));
  EXPECT_EQ(imageAt(*(*stretched)->train, 0).pixels[14], 0);
  EXPECT_EQ(imageAt(*(*stretched)->train, 0).pixels[15], 1);
  EXPECT_EQ((*stretched)->id, root.string() + "?size=30x10&fit=stretch");
  put("9.png", plain(8, 8, 1));
  EXPECT_EQ((*open())->shape, (ImageShape{3, 64, 64})) << "of different sizes";
}

TEST_F(ImageFolder, TakesTheSplitThatIsThere) {
  for (int i = 0; i < 6; ++i) put("train/cat/" + std::to_string(i) + ".png", plain(8, 8, i));
  put("test/dog/1.png", plain(8, 8, 1));
  put("train/top.png", plain(8, 8, 2));
  const auto opened = open();
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ((*opened)->train->size(), 7);
  EXPECT_EQ((*opened)->test->size(), 1);
  EXPECT_EQ((*opened)->classes, (std::vector<std::string>{"cat", "dog"}));
  EXPECT_EQ((*opened)->test->file(0), "test/dog/1.png");
  EXPECT_EQ((*opened)->test->label(0), 1);
  EXPECT_EQ(labelsByFile(**opened).at("train/top.png"), -1);
  fs::remove(root / "test/dog/1.png");
  EXPECT_THAT(refusal(), HasSubstr("/test holds no images"));
  fs::remove_all(root / "test");
  EXPECT_EQ((*open())->classes, std::vector<std::string>{"cat"}) << "a lone train/ is no class";
}

TEST_F(ImageFolder, SplitsByGroupAndJoinsMetadata) {
  putTwoClasses();
  std::string table = "file_name,group,age,site\n";
  for (int i = 0; i < 20; ++i)
    table += std::to_string(100 + i) + ".png,g" + std::to_string(i / 4) + "," + std::to_string(i) + ",\"s" +
             std::to_string(i % 3) + "\"\n";
  putText("metadata.csv", table);
  const auto opened = open();
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_EQ(data.test->size(), 4) << "one whole group";
  ASSERT_EQ(data.columns.size(), 3U);
  EXPECT_EQ(data.columns[0].name, "group");
  const std::set<std::string> inTest(data.columns[0].test.texts.begin(), data.columns[0].test.texts.end());
  EXPECT_EQ(inTest.size(), 1U);
  EXPECT_TRUE(data.columns[1].numeric);
  for (int64_t i = 0; i < data.train->size(); ++i)
    EXPECT_EQ(data.columns[1].train.numbers[static_cast<size_t>(i)],
              std::stoi(data.train->file(i).substr(4)) - 100);
  EXPECT_EQ(data.checksums.size(), 2U);

  const auto some = open("?filter=site:s1");
  ASSERT_TRUE(some.ok());
  EXPECT_EQ((*some)->train->size() + (*some)->test->size(), 7);
  const auto byColumn = open("?label=site&filter=group:g0");
  ASSERT_FALSE(byColumn.ok()) << "one group cannot be split";
  const auto labelled = open("?label=site");
  ASSERT_TRUE(labelled.ok());
  EXPECT_EQ((*labelled)->classes, (std::vector<std::string>{"s0", "s1", "s2"}));
  EXPECT_EQ(labelsByFile(**labelled).at("cat/104.png"), 1);

  EXPECT_THAT(refusal("?filter=sex:f", Fault::usage),
              HasSubstr("no column \"sex\"; it has file_name, group, age, site"));
  EXPECT_THAT(refusal("?filter=site:s9", Fault::usage), HasSubstr("no image"));
  putText("metadata.csv", table + "104.png,g1,1,s1\n");
  EXPECT_THAT(refusal(), HasSubstr("in line 22, whose image line 6 names already"));
  putText("metadata.csv", "file_name,age\n100.png,3\nother.png,4\n");
  EXPECT_THAT((*open())->warnings,
              testing::ElementsAre(HasSubstr("1 of 2 rows"), HasSubstr("no row for 19 of 20")));
  fs::remove(root / "metadata.csv");
  EXPECT_THAT(refusal("?label=site", Fault::usage), HasSubstr("There is no"));
}

TEST_F(ImageFolder, LeavesOutWhatCannotBeRead) {
  for (int i = 0; i < 30; ++i) put("a" + std::to_string(100 + i) + ".jpg", plain(16, 16, i % 10, ".jpg"));
  Bytes cut = plain(16, 16, 3, ".jpg");
  cut.resize(cut.size() - 20);
  put("a100.jpg", cut);
  put("a101.jpg", {});
  Bytes flipped = plain(64, 64, 3, ".png");
  flipped[flipped.size() / 2] ^= 0x10;
  put("a102.jpg", flipped); // a PNG in fact: told by its content
  const auto opened = open();
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ((*opened)->train->size() + (*opened)->test->size(), 27);
  ASSERT_EQ((*opened)->warnings.size(), 1U);
  EXPECT_THAT((*opened)->warnings[0], HasSubstr("3 of 30 images"));
  EXPECT_THAT((*opened)->warnings[0], HasSubstr("a100.jpg is cut off"));
  put("a103.jpg", {1, 2, 3});
  EXPECT_THAT(refusal(), HasSubstr("4 of 30 images"));
}

TEST_F(ImageFolder, RefusesFoldersWithoutImages) {
  fs::create_directories(root);
  EXPECT_THAT(refusal(), HasSubstr("holds no images"));
  put("one.png", plain(8, 8, 1));
  EXPECT_THAT(refusal(), HasSubstr("at least two"));
  put("bad\xFF/one.png", plain(8, 8, 1));
  EXPECT_THAT(refusal(), HasSubstr("not UTF-8"));
}

TEST_F(ImageFolder, ChecksumIsOfNamesAndContents) {
  putTwoClasses();
  const auto sum = [this](const std::string& options = "") {
    return (*open(options))->checksums.at("images");
  };
  const std::string first = sum();
  EXPECT_EQ(first.size(), 64U);
  EXPECT_EQ(sum("?size=16"), first);
  const Bytes bytes = test::readBytes(root / "cat/100.png");
  put("cat/100.png", plain(64, 64, 9));
  EXPECT_NE(sum(), first);
  put("cat/100.png", bytes);
  EXPECT_EQ(sum(), first);
  fs::rename(root / "cat/100.png", root / "cat/200.png");
  EXPECT_NE(sum(), first);
}

TEST_F(ImageFolder, CancelsAndTellsProgress) {
  putTwoClasses();
  JobControl control;
  ASSERT_TRUE(openDataset(root.string(), {}, &control).ok());
  EXPECT_GT(control.progress(), 0.9);
  control.cancel();
  EXPECT_EQ(openDataset(root.string(), {}, &control).error().fault, Fault::interrupted);
}

TEST(DatasetPath, ParsesOptions) {
  const auto parsed = parseDatasetPath("/data/./faces/?size=48x32&color=gray&fit=stretch&seed=7&label=a%20b&"
                                       "filter=site:A%26B&filter=x:y:z");
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  EXPECT_EQ(parsed->path, "/data/faces");
  EXPECT_EQ(parsed->folder.width, 48);
  EXPECT_EQ(parsed->folder.height, 32);
  EXPECT_EQ(parsed->folder.colour, ImageFolderOptions::Colour::grey);
  EXPECT_TRUE(parsed->folder.stretch);
  EXPECT_EQ(parsed->folder.seed, 7U);
  EXPECT_EQ(parsed->folder.labelColumn, "a b");
  using Filter = std::pair<std::string, std::string>;
  EXPECT_EQ(parsed->folder.filters, (std::vector<Filter>{{"site", "A&B"}, {"x", "y:z"}}));
  EXPECT_TRUE(parseDatasetPath("relative/folder")->path.is_absolute());
  for (const char* bad :
       {"size=0", "size=1025", "size=8x", "size=x8", "size", "colour=red", "fit=", "seed=-1",
        "label=", "filter=a", "filter=:b", "width=3", "label=%4", "label=%zz", "", "size=8&"}) {
    const auto refused = parseDatasetPath(std::string("/data?") + bad);
    ASSERT_FALSE(refused.ok()) << bad;
    EXPECT_EQ(refused.error().fault, Fault::usage);
  }
  EXPECT_FALSE(isDatasetPath("mnist-of-nobody"));
  EXPECT_TRUE(isDatasetPath("./mnist"));
  EXPECT_FALSE(parseDatasetPath("/data/\xFF").ok());
}

TEST(ImageHeader, SeesTheSizeOfEveryFormat) {
  for (const char* ending : {".png", ".jpg", ".bmp", ".webp", ".tiff"}) {
    const Bytes file = plain(33, 21, 2, ending);
    const auto header = readImageHeader(file, "image");
    ASSERT_TRUE(header.ok()) << ending << ": " << header.error().message;
    EXPECT_EQ(header->width, 33) << ending;
    EXPECT_EQ(header->height, 21) << ending;
    for (size_t length = 0; length < file.size(); ++length) // never reads past the end
      static_cast<void>(readImageHeader(std::span(file).first(length), "image"));
  }
  Bytes lossless;
  ASSERT_TRUE(cv::imencode(".webp", cv::Mat(21, 33, CV_8UC3), lossless, {cv::IMWRITE_WEBP_QUALITY, 101}));
  EXPECT_EQ(readImageHeader(lossless, "image")->width, 33);
}

TEST(ImageHeader, RefusesBombsBeforeTheyAreDecoded) {
  Bytes file = plain(33, 21, 2);
  for (size_t i = 16; i < 20; ++i) file[i] = 0x7F; // the width of a PNG
  const auto header = readImageHeader(file, "bomb.png");
  ASSERT_FALSE(header.ok());
  EXPECT_THAT(header.error().message, HasSubstr("bomb.png gives its size as 2139062143 x 21"));
  EXPECT_FALSE(readImageHeader(Bytes{'G', 'I', 'F', '8', '9', 'a'}, "image").ok());
}

/// Real colour photographs, where this machine has them.
TEST(RealImages, CifarAsJpegFiles) {
  const char* const place = std::getenv("LATENT_DATA_DIR");
  const fs::path folder = fs::path(place ? place : "") / "cifar10-jpeg";
  if (!place || !fs::exists(folder)) GTEST_SKIP() << "no cifar10-jpeg in LATENT_DATA_DIR";
  const auto opened = openDataset(folder.string(), {});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_EQ(data.shape, (ImageShape{3, 32, 32}));
  EXPECT_EQ(data.train->size(), 10000);
  EXPECT_EQ(data.test->size(), 2000);
  EXPECT_EQ(data.classes.size(), 10U);
  EXPECT_EQ(data.classes[9], "truck");
  EXPECT_TRUE(data.warnings.empty());
  std::vector<int> counts(10);
  for (int64_t i = 0; i < data.test->size(); ++i) ++counts.at(static_cast<size_t>(data.test->label(i)));
  EXPECT_EQ(counts, std::vector<int>(10, 200));
}

} // namespace
} // namespace latent
