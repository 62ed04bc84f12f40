#include "core/data/catalogue.h"
#include "core/data/npz.h"
#include "core/data/split_store.h"
#include "tests/core/data/archive_fixture.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

namespace latent {
namespace {

using test::Bytes;
using test::bytesOf;
using test::counted;
using test::Members;
using test::npy;
using test::packed;
using test::Packing;
using testing::HasSubstr;

Result<std::shared_ptr<Dataset>> readBytes(const Bytes& file, const NpzOptions& options = {},
                                           JobControl* control = nullptr) {
  auto archive = ArchiveReader::over(file, "data.npz", ArchiveKind::zip);
  if (!archive) return archive.error();
  return readNpz(std::move(*archive), options, control);
}

Result<std::shared_ptr<Dataset>> read(const Members& members, const NpzOptions& options = {}) {
  return readBytes(packed(members, Packing::deflated), options);
}

std::string refusal(const Bytes& file, const NpzOptions& options = {}) {
  const auto opened = readBytes(file, options);
  EXPECT_FALSE(opened.ok());
  if (opened.ok()) return "accepted";
  EXPECT_EQ(opened.error().fault, Fault::input);
  EXPECT_THAT(opened.error().message, HasSubstr("data.npz"));
  return opened.error().message;
}

std::string refusal(const Members& members, const NpzOptions& options = {}) {
  return refusal(packed(members, Packing::deflated), options);
}

Bytes readAll(const Split& split) {
  std::vector<int64_t> indices(static_cast<size_t>(split.size()));
  std::iota(indices.begin(), indices.end(), int64_t{0});
  Bytes out(static_cast<size_t>(split.size() * split.shape().pixels()));
  split.read(indices, out.data());
  return out;
}

/// The layout of dSprites: 20 images of 64 x 64 whose first pixel is 1 and whose pixel i is 1 in image i.
Members dsprites() {
  Bytes images(20 * 4096);
  std::vector<double> values;
  std::vector<int64_t> classes;
  for (size_t i = 0; i < 20; ++i) {
    images[i * 4096] = 1;
    images[i * 4096 + i] = 1;
    for (size_t k = 0; k < 6; ++k) {
      values.push_back(static_cast<double>(i) + static_cast<double>(k) / 10);
      classes.push_back(k == 1 ? static_cast<int64_t>(i % 3) : 0);
    }
  }
  return {{"metadata.npy", npy("|O", "()", {0x80, 2, 'c', 'o', 's', '\n'})}, // pickled in the real file
          {"imgs.npy", npy("|u1", "(20, 64, 64)", images)},
          {"latents_classes.npy", npy("<i8", "(20, 6)", bytesOf(classes))},
          {"latents_values.npy", npy("<f8", "(20, 6)", bytesOf(values))}};
}

TEST(Npz, ReadsTheLayoutOfDsprites) {
  for (const Packing packing : {Packing::stored, Packing::deflated}) {
    const auto opened = readBytes(packed(dsprites(), packing));
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    const Dataset& data = **opened;
    EXPECT_EQ(data.shape, (ImageShape{1, 64, 64}));
    EXPECT_EQ(data.train->size(), 18);
    EXPECT_EQ(data.test->size(), 2);
    EXPECT_EQ(data.classes, (std::vector<std::string>{"square", "ellipse", "heart"}));
    EXPECT_EQ(data.factors,
              (std::vector<std::string>{"color", "shape", "scale", "orientation", "posX", "posY"}));
    EXPECT_EQ(data.checksums.size(), 3U) << "the pickled member is not read";
    std::vector<int> seen(20);
    for (const auto& split : {data.train, data.test}) {
      const Bytes pixels = readAll(*split);
      for (int64_t i = 0; i < split->size(); ++i) {
        const std::vector<float> factors = split->factors(i);
        ASSERT_EQ(factors.size(), 6U);
        const auto item = static_cast<size_t>(factors[0]);
        ++seen.at(item);
        EXPECT_FLOAT_EQ(factors[5], static_cast<float>(item) + 0.5F);
        EXPECT_EQ(split->label(i), static_cast<int64_t>(item % 3));
        const auto begin = pixels.begin() + i * 4096;
        EXPECT_EQ(begin[0], 255) << "0 and 1 become black and white";
        EXPECT_EQ(begin[static_cast<ptrdiff_t>(item)], 255);
        EXPECT_EQ(std::count(begin, begin + 4096, 0), item == 0 ? 4095 : 4094);
      }
    }
    EXPECT_EQ(seen, std::vector<int>(20, 1)) << "each image lies in one split";
  }
}

TEST(Npz, TheSplitFollowsTheSeed) {
  const auto factorsOfTest = [](uint64_t seed) {
    const auto opened = read(dsprites(), {.seed = seed});
    return std::pair((*opened)->test->factors(0)[0], (*opened)->test->factors(1)[0]);
  };
  EXPECT_EQ(factorsOfTest(0), factorsOfTest(0));
  EXPECT_NE(factorsOfTest(0), factorsOfTest(1));
}

TEST(Npz, ReadsTheLayoutOfKeras) {
  const Bytes train = counted(30 * 20, 251);
  const Bytes test = counted(10 * 20, 249);
  const auto opened = read({{"x_test.npy", npy("|u1", "(10, 4, 5)", test)},
                            {"y_train.npy", npy("|u1", "(30,)", counted(30, 7))},
                            {"x_train.npy", npy("|u1", "(30, 4, 5)", train)},
                            {"y_test.npy", npy("<i8", "(10, 1)", bytesOf(std::vector<int64_t>(10, 3)))}});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  const Dataset& data = **opened;
  EXPECT_EQ(readAll(*data.train), train);
  EXPECT_EQ(readAll(*data.test), test);
  EXPECT_EQ(data.train->label(8), 1);
  EXPECT_EQ(data.test->label(9), 3);
  EXPECT_EQ(data.classes.size(), 7U);
  EXPECT_FALSE(data.train->resident().empty());
}

TEST(Npz, PutsChannelsFirst) {
  const Bytes pixels = counted(2 * 4 * 5 * 3, 251);
  const auto last = read({{"imgs.npy", npy("|u1", "(2, 4, 5, 3)", pixels)}});
  const auto first = read({{"imgs.npy", npy("|u1", "(2, 3, 4, 5)", pixels)}});
  ASSERT_TRUE(last.ok() && first.ok());
  EXPECT_EQ((*last)->shape, (ImageShape{3, 4, 5}));
  EXPECT_EQ((*first)->shape, (ImageShape{3, 4, 5}));
  for (const auto& data : {*last, *first}) {
    const Bytes image = readAll(*data->test);
    const size_t item = image[0] == 0 ? 0 : 60;
    for (size_t c = 0; c < 3; ++c)
      for (size_t p = 0; p < 20; ++p)
        EXPECT_EQ(image[c * 20 + p], pixels[item + (data == *last ? p * 3 + c : c * 20 + p)]);
    EXPECT_EQ(data->test->label(0), -1) << "without labels";
    EXPECT_TRUE(data->classes.empty());
  }
}

TEST(Npz, RefusesWhatIsNoArrayOfImages) {
  const Bytes pixels = counted(10 * 20, 251);
  EXPECT_THAT(refusal(Members{{"imgs.npy", npy("|O", "(10, 4, 5)", pixels)}}), HasSubstr("never loaded"));
  EXPECT_THAT(refusal(Members{{"imgs.npy", npy("<f4", "(10, 1, 5)", pixels)}}),
              HasSubstr("images are uint8"));
  EXPECT_THAT(refusal(Members{{"imgs.npy", npy("|u1", "(200,)", pixels)}}), HasSubstr("has the shape [200]"));
  EXPECT_THAT(refusal(Members{{"imgs.npy", npy("|u1", "(10, 2, 5, 2)", pixels)}}), HasSubstr("C = 1 or 3"));
  EXPECT_THAT(refusal(Members{{"imgs.npy", npy("|u1", "(1, 10, 20)", pixels)}}), HasSubstr("at least two"));
  EXPECT_THAT(refusal(Members{{"other.npy", npy("|u1", "(10, 4, 5)", pixels)}}), HasSubstr("has no images"));
  EXPECT_THAT(refusal(Members{{"x_train.npy", npy("|u1", "(10, 4, 5)", pixels)}}),
              HasSubstr("has no member x_test.npy"));
  EXPECT_THAT(refusal(Members{{"../imgs.npy", npy("|u1", "(10, 4, 5)", pixels)}}),
              HasSubstr("has no images"));
  EXPECT_THAT(refusal(Members{{"imgs.npy", {1, 2, 3}}}), HasSubstr("not a NumPy"));
  const Members twice{{"imgs.npy", npy("|u1", "(10, 4, 5)", pixels)},
                      {"imgs.npy", npy("|u1", "(10, 4, 5)", pixels)}};
  EXPECT_THAT(refusal(twice), HasSubstr("occurs twice"));
  EXPECT_THAT(refusal(Members{{"imgs.npy", npy("|u1", "(10, 4, 5)", pixels)},
                              {"x_train.npy", npy("|u1", "(10, 4, 5)", pixels)}}),
              HasSubstr("keep one of them"));
  EXPECT_THAT(refusal(Members{{"x_test.npy", npy("|u1", "(10, 4, 5)", pixels)},
                              {"x_train.npy", npy("|u1", "(10, 5, 4)", pixels)}}),
              HasSubstr("another size"));
}

TEST(Npz, RefusesLabelsThatDoNotFit) {
  const auto with = [](const std::string& name, const Bytes& member) {
    return refusal(Members{{"imgs.npy", npy("|u1", "(10, 4, 5)", counted(200, 251))}, {name, member}});
  };
  EXPECT_THAT(with("labels.npy", npy("|u1", "(9,)", counted(9, 9))), HasSubstr("there are 10 images"));
  EXPECT_THAT(with("labels.npy", npy("|u1", "(10, 2)", counted(20, 9))), HasSubstr("there are 10 images"));
  EXPECT_THAT(with("labels.npy", npy("<f8", "(10,)", Bytes(80))),
              HasSubstr("labels are uint8, int32 or int64"));
  EXPECT_THAT(with("labels.npy", npy("<i8", "(10,)", bytesOf(std::vector<int64_t>(10, -2)))),
              HasSubstr("gives label -2 at element 0"));
  EXPECT_THAT(with("labels.npy", npy("<i8", "(10,)", bytesOf(std::vector<int64_t>(10, int64_t{1} << 40)))),
              HasSubstr("gives label 1099511627776"));
  EXPECT_THAT(with("latents_values.npy", npy("<f8", "(10,)", Bytes(80))), HasSubstr("[10, K] are needed"));
}

TEST(Npz, RefusesLengthsThatTheArchiveCannotHold) {
  const auto imgs = [](const std::string& shape, size_t bytes) {
    return Members{{"imgs.npy", npy("|u1", shape, Bytes(bytes))}};
  };
  EXPECT_THAT(refusal(imgs("(4611686018427387904, 4, 4)", 10)), HasSubstr("more than 2^62"));
  EXPECT_THAT(refusal(imgs("(100000, 1000, 1000)", 10)), HasSubstr("promises 100000000000 bytes"));
  EXPECT_THAT(refusal(imgs("(0, 4, 5)", 0)), HasSubstr("at least one element"));
  EXPECT_THAT(refusal(imgs("(10, 4, 5)", 199)), HasSubstr("is cut off"));
  EXPECT_THAT(refusal(imgs("(10, 4, 5)", 201)), HasSubstr("longer than its header promises"));
  EXPECT_THAT(refusal(imgs("(10, 4, 5)", size_t{64} << 20)), HasSubstr("longer than its header promises"))
      << "a bomb is left where the header ends";
  EXPECT_THAT(refusal(imgs("(10, 40, 50)", 20000), {.maximumBytes = 19999}), HasSubstr("no more than 19999"));
  EXPECT_THAT(refusal(imgs("(33554432, 1, 1)", size_t{1} << 25)), HasSubstr("promises 33554432 images"));
  Bytes endless = npy("|u1", "(10, 4, 5)", counted(200, 251));
  endless[6] = 2; // version 2.0: four bytes of header length, here some 500 MB
  EXPECT_THAT(refusal(Members{{"imgs.npy", endless}}), HasSubstr("names a header of"));
}

TEST(Npz, RefusesDamagedArchives) {
  const Bytes whole = packed(dsprites(), Packing::stored);
  EXPECT_THAT(refusal(Bytes{'P', 'K', 3, 4}), HasSubstr("no zip"));
  EXPECT_THAT(refusal(Bytes{}), HasSubstr("is empty"));
  Bytes flipped = whole;
  flipped[whole.size() / 2] ^= 1; // inside imgs: only the CRC can tell
  EXPECT_THAT(refusal(flipped), HasSubstr("is damaged"));
  for (size_t length = 1; length < whole.size(); length += 997)
    refusal(Bytes(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(length)));
}

TEST(Npz, OpensByPathAndCancels) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "sprites.npz";
  test::writeBytes(path, packed(dsprites(), Packing::deflated));
  const auto opened = openDataset(path.string(), {});
  ASSERT_TRUE(opened.ok()) << opened.error().message;
  EXPECT_EQ((*opened)->id, path.string());
  EXPECT_EQ((*opened)->name, "sprites");
  EXPECT_TRUE(openDataset(path.string() + "?seed=3", {}).ok());
  const auto refused = openDataset(path.string() + "?size=32", {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().fault, Fault::usage);
  JobControl control;
  control.cancel();
  const auto cancelled = openDataset(path.string(), {}, &control);
  ASSERT_FALSE(cancelled.ok());
  EXPECT_EQ(cancelled.error().fault, Fault::interrupted);
  test::writeBytes(folder.path() / "data.csv", {1});
  const auto unknown = openDataset((folder.path() / "data.csv").string(), {});
  ASSERT_FALSE(unknown.ok());
  EXPECT_THAT(unknown.error().message, HasSubstr("is no data set that is known"));
}

TEST(SplitStore, PacksBlackAndWhiteAndGivesUpAtTheFirstGrey) {
  const ImageShape shape{1, 3, 3}; // nine bits: images do not begin at bytes
  const Bytes black(9, 0);
  const Bytes pattern{1, 0, 1, 1, 0, 0, 1, 0, 1};
  Bytes grey = pattern;
  grey[4] = 77;
  const auto items = [](size_t count) { return SplitItems{.labels = std::vector<int32_t>(count, -1)}; };
  SplitStore bits(shape, 3, 1, true);
  for (const Bytes& image : {black, pattern, pattern}) bits.append(image, false);
  bits.append(pattern, true);
  EXPECT_TRUE(bits.packed());
  const auto splits = bits.finish(items(3), items(1));
  EXPECT_TRUE(splits[0]->resident().empty());
  Bytes expected(9, 0);
  for (int copy = 0; copy < 2; ++copy)
    for (const uint8_t value : pattern) expected.push_back(value != 0 ? 255 : 0);
  EXPECT_EQ(readAll(*splits[0]), expected);
  EXPECT_THROW(splits[1]->label(1), std::out_of_range);

  SplitStore bytes(shape, 3, 0, true);
  for (const Bytes& image : {black, pattern, grey}) bytes.append(image, false);
  EXPECT_FALSE(bytes.packed());
  const auto whole = bytes.finish(items(3), items(0));
  expected = black;
  expected.insert(expected.end(), pattern.begin(), pattern.end());
  expected.insert(expected.end(), grey.begin(), grey.end());
  EXPECT_EQ(readAll(*whole[0]), expected) << "values stay what they were";
  EXPECT_TRUE(SplitStore::worthPacking({1, 64, 64}, 737280));
  EXPECT_FALSE(SplitStore::worthPacking({1, 28, 28}, 70000));
}

} // namespace
} // namespace latent
