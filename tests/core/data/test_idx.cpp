#include "core/data/idx.h"
#include "core/data/payload.h"
#include "core/data/sha256.h"
#include "tests/core/data/data_fixture.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace latent {
namespace {

using test::Bytes;
using testing::HasSubstr;

const IdxExpectation images{{-1, 4, 5}, 1 << 20};
const IdxExpectation labels{{-1}, 1 << 20};

/// Parses from memory and from a file in both forms; the outcome must be the same. Returns the error's
/// message.
std::string refusal(const Bytes& file, const IdxExpectation& expectation = images) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "file";
  test::writeBytes(path, file);
  const Result<IdxArray> fromFile = readIdx(path, expectation);
  const Result<IdxArray> fromMemory = parseIdx(file, path.string(), expectation);
  EXPECT_FALSE(fromFile.ok());
  EXPECT_FALSE(fromMemory.ok());
  if (fromFile.ok() || fromMemory.ok()) return "accepted";
  EXPECT_EQ(fromFile.error().fault, Fault::input);
  EXPECT_EQ(fromFile.error().message, fromMemory.error().message);
  EXPECT_THAT(fromFile.error().message, HasSubstr(path.string())) << "the file must be named";
  return fromFile.error().message;
}

TEST(Idx, ReadsPlainAndGzip) {
  const Bytes plain = test::idxFile({3, 4, 5}, 251);
  Sha256 hash;
  hash.update(plain);
  const std::string sum = hash.hex();
  for (const Bytes& file : {plain, test::gzip(plain)}) {
    const Result<IdxArray> array = parseIdx(file, "file", images);
    ASSERT_TRUE(array.ok()) << array.error().message;
    EXPECT_EQ(array->shape, (std::vector<int64_t>{3, 4, 5}));
    EXPECT_EQ(array->bytes, Bytes(plain.begin() + 16, plain.end()));
    EXPECT_EQ(array->sha256, sum);
  }
}

TEST(Idx, ReadsAnArrayLongerThanItsPieces) {
  const Bytes plain = test::idxFile({3'000'001}, 253);
  const Result<IdxArray> array = parseIdx(test::gzip(plain), "file", {{-1}, 1 << 22});
  ASSERT_TRUE(array.ok()) << array.error().message;
  EXPECT_EQ(array->bytes, Bytes(plain.begin() + 8, plain.end()));
}

TEST(Idx, Sha256IsThePublishedFunction) { // FIPS 180-4 example "abc"
  Sha256 hash;
  hash.update(Bytes{'a'});
  hash.update(Bytes{'b', 'c'});
  EXPECT_EQ(hash.hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Idx, RefusesEveryCutOfAPlainFile) {
  const Bytes whole = test::idxFile({3, 4, 5}, 251);
  for (size_t length = 0; length < whole.size(); ++length) {
    const Result<IdxArray> array = parseIdx(std::span(whole).first(length), "file", images);
    ASSERT_FALSE(array.ok()) << length;
    EXPECT_EQ(array.error().fault, Fault::input) << length;
  }
}

TEST(Idx, RefusesEveryCutOfAGzipFile) {
  const Bytes whole = test::gzip(test::idxFile({3, 4, 5}, 251));
  for (size_t length = 0; length < whole.size(); ++length)
    ASSERT_FALSE(parseIdx(std::span(whole).first(length), "file", images).ok()) << length;
}

TEST(Idx, RefusesEveryFlippedBitOfGzipContentAndChecksum) {
  const Bytes plain = test::idxFile({3, 4, 5}, 251);
  const Bytes whole = test::gzip(plain);
  for (size_t bit = 8 * 10; bit < 8 * whole.size(); ++bit) { // the first ten bytes are times and flags
    Bytes damaged = whole;
    damaged[bit / 8] = static_cast<uint8_t>(damaged[bit / 8] ^ 1U << bit % 8);
    // Padding bits after the last block are nobody's; what is accepted must be the same content.
    const Result<IdxArray> array = parseIdx(damaged, "file", images);
    if (array.ok()) {
      EXPECT_EQ(array->bytes, Bytes(plain.begin() + 16, plain.end())) << bit;
    }
  }
  Bytes crc = whole;
  crc[crc.size() - 5] ^= 1;
  EXPECT_THAT(refusal(crc), HasSubstr("incorrect data check"));
  Bytes length = whole;
  length.back() ^= 1;
  EXPECT_THAT(refusal(length), HasSubstr("incorrect length check"));
}

TEST(Idx, NamesTheByteWhereGzipDataBreaks) {
  Bytes file = test::gzip(test::idxFile({3, 4, 5}, 251));
  file[10] = 0xff; // block type 3 does not exist
  EXPECT_THAT(refusal(file), HasSubstr("at byte 11 (invalid block type)"));
}

TEST(Idx, RefusesWrongMagic) {
  Bytes file = test::idxFile({3, 4, 5}, 251);
  file[2] = 0x0d; // floats
  EXPECT_THAT(refusal(file), HasSubstr("begins with 00 00 0d 03 at byte 0, not with 00 00 08 03"));
  EXPECT_THAT(refusal(test::idxFile({7}, 10)), HasSubstr("not an IDX file of images"));
  EXPECT_THAT(refusal(test::idxFile({3, 4, 5}, 251), labels), HasSubstr("not an IDX file of labels"));
  EXPECT_THAT(refusal({'P', 'K'}), HasSubstr("begins with 50 4b at byte 0"));
}

TEST(Idx, RefusesAShapeThatIsNotExpected) {
  EXPECT_THAT(refusal(test::idxFile({3, 4, 6}, 251)),
              HasSubstr("gives 6 as length of dimension 2 at byte 12, but 5 is right"));
  EXPECT_THAT(refusal(test::idxFile({0, 4, 5}, 251)),
              HasSubstr("gives 0 as length of dimension 0 at byte 4"));
}

TEST(Idx, RefusesLengthsThatMultiplyPastTheFile) {
  const IdxExpectation any{{-1, -1, -1}, int64_t{1} << 40};
  Bytes file = test::idxHeader({0xffffffff, 0xffffffff, 0xffffffff});
  EXPECT_THAT(refusal(file, any), HasSubstr("promises more than 2^62 bytes"));
  file = test::idxHeader({65536, 65536, 1}); // 2^32: zero in 32 bits
  file.resize(file.size() + 100);
  EXPECT_THAT(refusal(file, any),
              HasSubstr("promises 4294967296 bytes in its lengths from byte 4, but no more than 100"));
  EXPECT_THAT(refusal(test::gzip(file), any), HasSubstr("promises 4294967296 bytes"));
  EXPECT_THAT(refusal(test::idxFile({200, 4, 5}, 251), {{-1, 4, 5}, 3999}),
              HasSubstr("no more than 3999 can follow"));
}

TEST(Idx, StopsInflatingWhereTheHeaderEnds) {
  Bytes bomb = test::idxFile({3, 4, 5}, 251);
  bomb.resize(size_t{64} << 20); // packs to 64 KiB
  EXPECT_THAT(refusal(test::gzip(bomb)), HasSubstr("its content goes on at byte 76"));
}

TEST(Idx, RefusesWhatFollowsTheEnd) {
  Bytes plain = test::idxFile({3, 4, 5}, 251);
  const Bytes packed = test::gzip(plain);
  plain.push_back(0);
  EXPECT_THAT(refusal(plain), HasSubstr("longer than its header promises: its content goes on at byte 76"));

  const std::string end =
      "gzip data ends at byte " + std::to_string(packed.size()) + ", but more bytes follow";
  Bytes garbage = packed;
  garbage.push_back('x');
  EXPECT_THAT(refusal(garbage), HasSubstr(end));
  Bytes twice = packed;
  twice.insert(twice.end(), packed.begin(), packed.end());
  EXPECT_THAT(refusal(twice), HasSubstr(end));
}

TEST(Idx, SaysWhereAFileIsCutOff) {
  Bytes plain = test::idxFile({3, 4, 5}, 251);
  plain.resize(50);
  EXPECT_THAT(refusal(test::gzip(plain)),
              HasSubstr("its content ends at byte 50, but its header promises 76"));
  EXPECT_THAT(refusal({0, 0, 8, 3, 0, 0}), HasSubstr("ends at byte 6, inside its header of 16 bytes"));
  Bytes packed = test::gzip(test::idxFile({3, 4, 5}, 251));
  packed.resize(40);
  EXPECT_THAT(refusal(packed), HasSubstr("gzip data stops at byte 40"));
  EXPECT_THAT(refusal({}), HasSubstr("is empty"));
}

TEST(Idx, RefusesWhatIsNoFile) {
  const test::TemporaryFolder folder;
  const auto message = [](const std::filesystem::path& path) {
    const Result<IdxArray> array = readIdx(path, images);
    if (array.ok()) return std::string("accepted");
    EXPECT_EQ(array.error().fault, Fault::input);
    return array.error().message;
  };
  EXPECT_THAT(message(folder.path()), HasSubstr("is a folder where a file should be"));
  EXPECT_THAT(message(folder.path() / "nothing"), HasSubstr("No such file or directory"));
  test::writeBytes(folder.path() / "file", {1});
  EXPECT_THAT(message(folder.path() / "file" / "below"), HasSubstr("Not a directory"));
  std::filesystem::create_symlink("loop", folder.path() / "loop");
  EXPECT_THAT(message(folder.path() / "loop"), HasSubstr("Too many levels of symbolic links"));
  ASSERT_EQ(mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(message(folder.path() / "pipe"), HasSubstr("is not an ordinary file"))
      << "and must not wait for a writer";
  // A file that opens but whose first byte cannot be read, whoever asks: address 0 of this process.
  EXPECT_THAT(message("/proc/self/mem"), HasSubstr("could not be read at byte 0: Input/output error"));
}

TEST(Idx, ReadsOnlyTheShapeWhenAskedTo) {
  const test::TemporaryFolder folder;
  Bytes file = test::gzip(test::idxFile({300, 4, 5}, 251));
  file.resize(file.size() - 6); // damaged at its end
  test::writeBytes(folder.path() / "file", file);
  const Result<std::vector<int64_t>> shape = readIdxShape(folder.path() / "file", images);
  ASSERT_TRUE(shape.ok()) << shape.error().message;
  EXPECT_EQ(*shape, (std::vector<int64_t>{300, 4, 5}));
}

TEST(Idx, CancelsWhileReading) {
  const test::TemporaryFolder folder;
  test::writeBytes(folder.path() / "file", test::idxFile({3, 4, 5}, 251));
  JobControl control;
  control.cancel();
  const Result<IdxArray> array = readIdx(folder.path() / "file", images, &control);
  ASSERT_FALSE(array.ok());
  EXPECT_EQ(array.error().fault, Fault::interrupted);
}

TEST(Payload, ChecksumStopsAtItsBound) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "bomb.gz";
  test::writeBytes(path, test::gzip(Bytes(size_t{64} << 20)));
  const Result<std::string> sum = payloadSha256(path, 1000);
  ASSERT_FALSE(sum.ok());
  EXPECT_EQ(sum.error().fault, Fault::input);
  EXPECT_THAT(sum.error().message, HasSubstr("more than the 1000 bytes"));
}

} // namespace
} // namespace latent
