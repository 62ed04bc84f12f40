#include "core/io/pickle.h"

#include <cstring>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::string_literals;

/// Assembles a data.pkl by opcodes, as PyTorch writes them (protocol 2).
std::string text(const std::string& value) {
  std::string code = "X";
  for (int shift = 0; shift < 32; shift += 8) code += static_cast<char>(value.size() >> shift & 0xff);
  return code + value;
}
std::string integer(int64_t value) {
  std::string code = "\x8a\x08";
  for (int shift = 0; shift < 64; shift += 8) code += static_cast<char>(value >> shift & 0xff);
  return code;
}
std::string tupleOf(const std::vector<int64_t>& values) {
  std::string code = "(";
  for (const int64_t value : values) code += integer(value);
  return code + "t";
}
std::string tensor(int64_t elements, int64_t offset, const std::vector<int64_t>& shape,
                   const std::vector<int64_t>& strides, const std::string& type = "FloatStorage") {
  return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + type + "\n" + text("0") +
         text("cpu") + integer(elements) + "tQ" + integer(offset) + tupleOf(shape) + tupleOf(strides) +
         "\x89"
         "ccollections\nOrderedDict\n)RtR";
}
std::string dictionary(const std::string& entries) {
  return "\x80\x02}(" + entries + "u.";
}

Result<PickledState> parse(const std::string& code) {
  return parsePickledState(std::as_bytes(std::span(code)), "w.pt, data.pkl");
}
std::string refused(const std::string& code) {
  const auto state = parse(code);
  EXPECT_FALSE(state);
  if (state) return {};
  EXPECT_EQ(state.error().fault, Fault::input);
  EXPECT_THAT(state.error().message, testing::StartsWith("w.pt, data.pkl: "));
  EXPECT_THAT(state.error().message, testing::EndsWith("."));
  return state.error().message;
}

TEST(Pickle, ReadsWhereATensorLies) {
  const auto state = parse(dictionary(text("z.weight") + tensor(20, 2, {3, 4}, {1, 3})));
  ASSERT_TRUE(state) << state.error().message;
  ASSERT_EQ(state->tensors.size(), 1U);
  const PickledTensor& read = state->tensors[0];
  EXPECT_EQ(read.name, "z.weight");
  EXPECT_EQ(read.storage, "0");
  EXPECT_EQ(read.type, StorageType::f32);
  EXPECT_EQ(read.storageElements, 20);
  EXPECT_EQ(read.offset, 2);
  EXPECT_THAT(read.shape, ElementsAre(3, 4));
  EXPECT_THAT(read.strides, ElementsAre(1, 3));

  std::vector<float> storage(20);
  for (size_t i = 0; i < storage.size(); ++i) storage[i] = static_cast<float>(i);
  EXPECT_THAT(gatherTensor(read, std::as_bytes(std::span(storage))),
              ElementsAre(2, 5, 8, 11, 3, 6, 9, 12, 4, 7, 10, 13));
  storage.pop_back();
  EXPECT_THROW(gatherTensor(read, std::as_bytes(std::span(storage))), std::logic_error);
}

TEST(Pickle, TakesTheDictionaryInsideACheckpoint) {
  const std::string inner = "}" + text("a") + tensor(1, 0, {}, {}) + "s";
  for (const std::string key : {"state_dict", "model_state_dict", "model"}) {
    const auto state =
        parse(dictionary(text("epoch") + integer(3) + text("lr") + "G\x3f\x50\x62\x4d\xd2\xf1\xa9\xfc"s +
                         text(key) + inner + text("rest") + "](N\x88" + text("x") + "e"));
    ASSERT_TRUE(state) << state.error().message;
    EXPECT_EQ(state->wrapper, key);
    EXPECT_EQ(state->tensors.at(0).name, "a");
    EXPECT_EQ(state->tensors.at(0).count(), 1);
  }
  EXPECT_THAT(refused(dictionary(text("epoch") + integer(3))),
              HasSubstr("the entry \"epoch\" is a whole number"));
}

TEST(Pickle, RunsNothing) {
  const std::string system = "\x80\x02"
                             "cposix\nsystem\n" +
                             text("rm -rf /") + "\x85R.";
  EXPECT_THAT(refused(system), HasSubstr("byte 2: it names posix.system, which is not loaded"));
  EXPECT_THAT(refused("\x80\x04" + ("\x8c\x08"
                                    "builtins\x8c\x04"
                                    "eval\x93."s)),
              HasSubstr("builtins.eval"));
  EXPECT_THAT(refused("\x80\x02"
                      "i__main__\nNet\n."),
              HasSubstr("the opcode 0x69"));
  // A known class is still no function of anything else's arguments.
  EXPECT_THAT(refused("\x80\x02"
                      "ctorch\nFloatStorage\n)R."),
              HasSubstr("torch.FloatStorage"));
  EXPECT_THAT(refused("\x80\x02"
                      "ctorch\nFloatStorage\n}b."),
              HasSubstr("the state of an object"));
  // Names cannot steer the terminal that the message is printed on.
  EXPECT_THAT(refused("\x80\x02"
                      "cos\n\x1b[2J\n."),
              HasSubstr("os.?[2J"));
}

TEST(Pickle, ElementsLieInsideTheStorage) {
  const auto one = [](const std::string& code) { return dictionary(text("w") + code); };
  EXPECT_TRUE(parse(one(tensor(12, 0, {3, 4}, {4, 1}))));
  EXPECT_TRUE(parse(one(tensor(12, 12, {0, 4}, {4, 1}))));
  EXPECT_THAT(refused(one(tensor(11, 0, {3, 4}, {4, 1}))), HasSubstr("\"w\" repeats elements"));
  EXPECT_THAT(refused(one(tensor(12, 1, {3, 4}, {4, 1}))), HasSubstr("\"w\" lies outside"));
  EXPECT_THAT(refused(one(tensor(12, 13, {0}, {1}))), HasSubstr("lies outside"));
  EXPECT_THAT(refused(one(tensor(12, 0, {3, 4}, {1 << 30, 1}))), HasSubstr("lies outside"));
  EXPECT_THAT(refused(one(tensor(1, 0, {1000, 1000}, {0, 0}))), HasSubstr("repeats elements"));
  EXPECT_THAT(refused(one(tensor(12, -1, {3}, {1}))), HasSubstr("damaged"));
  EXPECT_THAT(refused(one(tensor(12, 0, {3}, {-1}))), HasSubstr("damaged"));
  EXPECT_THAT(refused(one(tensor(12, 0, {3, 4}, {1}))), HasSubstr("damaged"));
  const int64_t huge = int64_t{1} << 39;
  EXPECT_THAT(refused(one(tensor(huge, 0, {huge, huge, huge}, {1, 1, 1}))), HasSubstr("lies outside"));
  EXPECT_THAT(refused(one(tensor(12, 0, {3, std::numeric_limits<int64_t>::max()}, {1, 1}))),
              HasSubstr("damaged"));
}

TEST(Pickle, DamageIsNamedByItsByte) {
  const std::string sound = dictionary(text("w") + tensor(12, 0, {3, 4}, {4, 1}));
  ASSERT_TRUE(parse(sound));
  for (size_t length = 0; length < sound.size(); ++length)
    EXPECT_THAT(refused(sound.substr(0, length)), HasSubstr("byte ")) << length;
  EXPECT_THAT(refused("\x80\x07."), HasSubstr("protocol 7"));
  EXPECT_THAT(refused(dictionary("")), HasSubstr("no tensors"));
  EXPECT_THAT(refused("\x80\x02]."), HasSubstr("holds a list"));
  EXPECT_THAT(refused("\x80\x02N0."), HasSubstr("missing"));
  EXPECT_THAT(refused("\x80\x02N(0."), HasSubstr("missing")); // nothing below a mark is taken
  EXPECT_THAT(refused("\x80\x02h\x05."), HasSubstr("never kept"));
  EXPECT_THAT(refused("\x80\x02}(Nu."), HasSubstr("a key has no value"));
  const std::string entry = text("w") + tensor(1, 0, {}, {});
  EXPECT_THAT(refused(dictionary(entry + entry)), HasSubstr("\"w\" twice"));
}

TEST(Pickle, DeepNestingAndCirclesDoNoHarm) {
  EXPECT_THAT(refused("\x80\x02" + std::string(1000000, ']') + "."), HasSubstr("left over"));
  std::string nested = "\x80\x02]";
  for (int i = 0; i < 200000; ++i) nested += "\x85"s;
  EXPECT_THAT(refused(nested + "."), HasSubstr("holds a tuple"));
  EXPECT_THAT(refused("\x80\x02]q\x01h\x01"
                      "a."),
              HasSubstr("holds a list")); // a list that holds itself
  EXPECT_THAT(refused("\x80\x02" + std::string(1100000, ']') + "."), HasSubstr("more than"));
}

} // namespace
} // namespace latent
