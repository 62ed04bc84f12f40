#include "core/io/files.h"
#include "core/io/safetensors.h"
#include "tests/core/io/scratch.h"

#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::HasSubstr;

std::string file(const std::string& header, size_t dataBytes) {
  std::string text(8, '\0');
  const uint64_t length = header.size();
  std::memcpy(text.data(), &length, 8);
  return text + header + std::string(dataBytes, '\0');
}

Result<SafeTensors> parse(const std::string& text) {
  return parseSafetensors(std::as_bytes(std::span(text)), "bad.safetensors");
}

std::string refused(const std::string& text) {
  const auto content = parse(text);
  EXPECT_FALSE(content);
  if (content) return {};
  EXPECT_EQ(content.error().fault, Fault::input);
  EXPECT_THAT(content.error().message, testing::StartsWith("bad.safetensors"));
  return content.error().message;
}

TEST(Safetensors, GivesBackNamesOrderAndMetadata) {
  const Scratch scratch;
  SafeTensors content;
  content.arrays = {{"z.weight", Array::of(std::vector<float>{1, 2, 3, 4, 5, 6}, {2, 3})},
                    {"a", Array::of(std::vector<double>{0.1}, {})},
                    {"empty", Array::of(std::vector<uint8_t>{}, {0})},
                    {"n", Array::of(std::vector<int64_t>{-5}, {1})}};
  content.metadata = {{"step", "600"}, {"text", "\"quoted\" \xc3\xa9"}};
  ASSERT_TRUE(writeSafetensors(scratch / "a.safetensors", content));
  const auto back = readSafetensors(scratch / "a.safetensors");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->arrays, content.arrays);
  EXPECT_EQ(back->metadata, content.metadata);
}

TEST(Safetensors, ReadsAPlainFileOfAnotherWriter) {
  const auto content = parse(file(R"({"b":{"dtype":"F16","shape":[2],"data_offsets":[4,8]},)"
                                  R"("a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}   )",
                                  8));
  ASSERT_TRUE(content) << content.error().message;
  ASSERT_EQ(content->arrays.size(), 2u);
  EXPECT_EQ(content->arrays[0].first, "a");
  EXPECT_EQ(content->arrays[1].second.type, ElementType::f16);
}

TEST(Safetensors, RefusesWhatContradictsItself) {
  const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  ASSERT_TRUE(parse(file("{" + a + "}", 8)));
  refused("");
  EXPECT_THAT(refused(file("{" + a + "}", 7)), HasSubstr("\"a\""));
  EXPECT_THAT(refused(file("{" + a + "}", 9)), HasSubstr("belong to no tensor"));
  EXPECT_THAT(refused(std::string(8, '\xff') + "{}"), HasSubstr("byte 0"));
  refused(file("[]", 0));
  refused(file("{" + a, 8));
  EXPECT_THAT(refused(file("{" + a + "," + a + "}", 8)), HasSubstr("twice"));
  refused(file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}})", 8));
  EXPECT_THAT(refused(file(R"({"a":{"dtype":"C64","shape":[2],"data_offsets":[0,16]}})", 16)),
              HasSubstr("C64"));
  refused(file(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8));
  refused(file(R"({"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}})", 8));
  refused(file(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", 0));
  refused(file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8));
  refused(file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,18446744073709551615]}})", 8));
  // Overlap, and a hole.
  refused(file("{" + a + R"(,"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8));
  refused(file("{" + a + R"(,"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}})", 16));
  refused(file(R"({"__metadata__":{"a":1}})", 0));
  refused(file(R"({"__metadata__":[]})", 0));
  EXPECT_THAT(refused(file(R"({"a":[[[[[[]]]]]]})", 0)), HasSubstr("nested"));
  refused(file(std::string(100000, '['), 0));
}

TEST(Safetensors, EveryPrefixAndEveryFlippedHeaderByteIsHandled) {
  const std::string good = file(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8);
  for (size_t length = 0; length < good.size(); ++length)
    EXPECT_FALSE(parse(good.substr(0, length))) << length;
  for (size_t at = 0; at < good.size() - 8; ++at) {
    std::string flipped = good;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x20);
    if (const auto content = parse(flipped); content && !content->arrays.empty()) {
      EXPECT_EQ(content->arrays[0].second.bytes.size(), 8u) << at;
    }
  }
}

Weights exampleWeights() {
  Weights weights{
      .step = 600, .epoch = 1.0 / 3.0, .layout = nullptr, .values = {1, 2, 3, 4, 5, 6, 0.1F, -0.2F}};
  weights.layout = std::make_shared<WeightLayout>(
      WeightLayout{{"encoder.0.weight", {2, 3}, 0}, {"encoder.0.bias", {2}, 6}});
  return weights;
}

TEST(WeightsFile, KeepsEveryBit) {
  const Scratch scratch;
  const Weights weights = exampleWeights();
  ASSERT_TRUE(writeWeights(scratch / "w.safetensors", weights, {{"model", "vae"}}));
  const auto back = readWeights(scratch / "w.safetensors");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ((*back)->step, 600);
  EXPECT_EQ((*back)->epoch, weights.epoch);
  EXPECT_EQ(*(*back)->layout, *weights.layout);
  EXPECT_EQ((*back)->values, weights.values);
  EXPECT_EQ(readSafetensors(scratch / "w.safetensors")->metadata.at("model"), "vae");
}

TEST(WeightsFile, HalfPrecisionIsRoundedAndWidened) {
  const Scratch scratch;
  const Weights weights = exampleWeights();
  ASSERT_TRUE(writeWeights(scratch / "w.safetensors", weights, {}, ElementType::f16));
  const auto back = readWeights(scratch / "w.safetensors");
  ASSERT_TRUE(back);
  for (size_t i = 0; i < weights.values.size(); ++i)
    EXPECT_EQ((*back)->values[i], floatFromHalf(halfFromFloat(weights.values[i])));
}

TEST(WeightsFile, RefusesStepsThatAreNoneAndTensorsThatAreNotFloats) {
  const Scratch scratch;
  SafeTensors content;
  content.arrays = {{"n", Array::of(std::vector<int64_t>{1}, {1})}};
  ASSERT_TRUE(writeSafetensors(scratch / "w.safetensors", content));
  EXPECT_THAT(readWeights(scratch / "w.safetensors").error().message, HasSubstr("\"n\""));
  for (const char* step : {"", "-1", "1.5", "many"}) {
    ASSERT_TRUE(writeSafetensors(scratch / "w.safetensors", {{}, {{"step", step}}}));
    const auto weights = readWeights(scratch / "w.safetensors");
    ASSERT_FALSE(weights) << step;
    EXPECT_EQ(weights.error().fault, Fault::input);
  }
}

} // namespace
} // namespace latent
