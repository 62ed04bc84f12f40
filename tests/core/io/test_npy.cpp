#include "core/io/files.h"
#include "core/io/npy.h"
#include "tests/core/io/scratch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

std::span<const std::byte> bytesOf(const std::string& text) {
  return std::as_bytes(std::span(text));
}

/// A version 1.0 file with this header text and so many bytes of zeros.
std::string npy(const std::string& header, size_t dataBytes, char major = 1) {
  std::string text("\x93NUMPY");
  text += {major, '\0', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  if (major == 2) text.append(2, '\0');
  return text + header + std::string(dataBytes, '\0');
}

TEST(Npy, GivesBackWhatWasWritten) {
  const Scratch scratch;
  for (const Array& array :
       {Array::of(std::vector<float>{1, -2, 3.5F, 4, 5, 6}, {2, 3}), Array::of(std::vector<double>{0.1}, {}),
        Array::of(std::vector<int64_t>{-1, 7}, {2}), Array::of(std::vector<uint8_t>{}, {0, 28, 28}),
        Array::of(std::vector<uint8_t>{255}, {1, 1})}) {
    ASSERT_TRUE(writeNpy(scratch / "a.npy", array));
    const auto back = readNpy(scratch / "a.npy");
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, array);
  }
}

TEST(Npy, WritesTheBytesThatNumPyWrites) {
  const Scratch scratch;
  ASSERT_TRUE(writeNpy(scratch / "a.npy", Array::of(std::vector<float>{1, 2, 3}, {3})));
  // numpy.save of numpy.array([1, 2, 3], dtype="<f4") begins with these 128 bytes.
  std::string expected("\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
                       10 + 57);
  expected.append(127 - expected.size(), ' ').push_back('\n');
  const std::string text = *readText(scratch / "a.npy");
  EXPECT_EQ(text.substr(0, 128), expected);
  EXPECT_EQ(text.size(), 128u + 12u);
}

TEST(Npy, ReadsVersion2AndOtherSpellings) {
  EXPECT_TRUE(parseNpy(bytesOf(npy("{'descr':'<f8','fortran_order':False,'shape':(2,)}\n", 16, 2)), "v2"));
  EXPECT_TRUE(parseNpy(bytesOf(npy("{\"shape\": (1, 2), \"fortran_order\": False, \"descr\": \"|u1\"}", 2)),
                       "order"));
  EXPECT_TRUE(parseNpy(bytesOf(npy("{'descr': '<i4', 'fortran_order': True, 'shape': (3,), }", 12)),
                       "one dimension"));
}

TEST(Npy, RefusesWhatContradictsItself) {
  const std::string good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
  ASSERT_TRUE(parseNpy(bytesOf(npy(good, 24)), "good"));
  const auto refused = [](const std::string& file) {
    const auto array = parseNpy(bytesOf(file), "bad.npy");
    EXPECT_FALSE(array);
    if (array) return std::string();
    EXPECT_EQ(array.error().fault, Fault::input);
    EXPECT_THAT(array.error().message, testing::StartsWith("bad.npy"));
    return array.error().message;
  };
  EXPECT_THAT(refused(npy(good, 23)), HasSubstr("23 bytes"));
  refused(npy(good, 25));
  refused("");
  refused("\x93NUMPY");
  EXPECT_THAT(refused(npy(good, 24, 3)), HasSubstr("version 3"));
  EXPECT_THAT(refused(npy(good, 24).substr(0, 40)), HasSubstr("more than it holds"));
  EXPECT_THAT(refused(npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 24)),
              HasSubstr("Fortran"));
  EXPECT_THAT(refused(npy("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", 24)),
              HasSubstr("\"|O\""));
  EXPECT_THAT(refused(npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }", 24)),
              HasSubstr(">f4"));
  refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
              0)); // product wraps to 0
  refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 0));
  refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }", 24));
  refused(npy("{'descr': '<f4', 'fortran_order': False}", 4));
  refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } x", 24));
  refused(npy("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}", 24));
  refused(npy("{'descr': '<f4", 24));
}

TEST(Npy, EveryPrefixOfAFileIsRefused) {
  const std::string file = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24);
  for (size_t length = 0; length < file.size(); ++length)
    EXPECT_FALSE(parseNpy(bytesOf(file.substr(0, length)), "cut")) << length;
}

} // namespace
} // namespace latent
