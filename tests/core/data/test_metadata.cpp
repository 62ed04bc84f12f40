#include "core/data/csv.h"
#include "core/data/metadata.h"
#include "core/data/split_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

using testing::HasSubstr;
using Row = std::vector<std::string>;

std::string refusal(std::string_view text) {
  const auto table = parseCsv(text, "metadata.csv");
  EXPECT_FALSE(table.ok()) << text;
  if (table.ok()) return "accepted";
  EXPECT_EQ(table.error().fault, Fault::input);
  EXPECT_THAT(table.error().message, HasSubstr("metadata.csv"));
  return table.error().message;
}

TEST(Csv, FollowsRfc4180) {
  const auto table = parseCsv("\xEF\xBB\xBF"
                              "file,note\r\n"
                              "a.png,plain text\r\n"
                              "\r\n"
                              "\"b,1.png\",\"says \"\"no\"\"\nand ends\"\n"
                              "c.png,",
                              "metadata.csv");
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_EQ(table->header, (Row{"file", "note"}));
  ASSERT_EQ(table->rows.size(), 3U);
  EXPECT_EQ(table->rows[0], (Row{"a.png", "plain text"}));
  EXPECT_EQ(table->rows[1], (Row{"b,1.png", "says \"no\"\nand ends"}));
  EXPECT_EQ(table->rows[2], (Row{"c.png", ""}));
  EXPECT_EQ(table->lines, (std::vector<int64_t>{2, 4, 6}));
}

TEST(Csv, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(refusal(""), HasSubstr("is empty"));
  EXPECT_THAT(refusal("\n\n"), HasSubstr("is empty"));
  EXPECT_THAT(refusal("a,b\n1,2\n1,2,3\n"), HasSubstr("3 fields in line 3, but its header has 2"));
  EXPECT_THAT(refusal("a,b\n1,\"2\n"), HasSubstr("line 2, byte 6, that is never closed"));
  EXPECT_THAT(refusal("a,b\n1,\"2\"x\n"), HasSubstr("text after a closing quote in line 2, byte 9"));
  EXPECT_THAT(refusal("a,b\n1,2\"\n"), HasSubstr("quote inside a plain field in line 2, byte 7"));
  EXPECT_THAT(refusal("a,a\n"), HasSubstr("two columns \"a\""));
  EXPECT_THAT(refusal("a,,b\n"), HasSubstr("without a name"));
  EXPECT_THAT(refusal("a,b\n1,\xFF\n"), HasSubstr("not UTF-8 text at byte 6"));
  EXPECT_THAT(refusal(std::string_view("a\n\0\n", 4)), HasSubstr("zero byte at byte 2"));
}

TEST(Csv, KnowsUtf8) {
  EXPECT_EQ(findInvalidUtf8("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), std::string_view::npos);
  for (const char* bad : {"\x80", "\xC0\xAF", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"})
    EXPECT_EQ(findInvalidUtf8(bad), 0U);
}

std::vector<ListedImage> images() {
  return {{"test/cat/1.png", "cat/1.png", true, 0},
          {"train/cat/1.png", "cat/1.png", false, 0},
          {"train/cat/2.png", "cat/2.png", false, 0},
          {"train/dog/3.png", "dog/3.png", false, 1}};
}

Result<Metadata> join(std::string_view text) {
  return joinMetadata(*parseCsv(text, "metadata.csv"), images(), "metadata.csv");
}

TEST(Metadata, JoinsOnPathsAndOnNames) {
  const auto joined = join("age,file_name\n5,3.png\n,./train/cat/1.png\n7,cat/2.png\n8,nowhere.png\n");
  ASSERT_TRUE(joined.ok()) << joined.error().message;
  EXPECT_EQ(joined->rows, (std::vector<int64_t>{-1, 1, 2, 0}));
  EXPECT_EQ(joined->rowsWithoutImage, 1);
  EXPECT_EQ(joined->imagesWithoutRow, 1);
  EXPECT_EQ(joined->value(3, *joined->find("age")), "5");
  EXPECT_EQ(joined->value(0, 0), "");
  EXPECT_FALSE(joined->find("colour"));

  const auto columns = columnsOf(*joined, {1, 2, 3}, {0});
  ASSERT_EQ(columns.size(), 1U) << "the names of files are no values";
  EXPECT_TRUE(columns[0].numeric);
  EXPECT_TRUE(std::isnan(columns[0].train.numbers[0]));
  EXPECT_EQ(columns[0].train.numbers[2], 5);
  EXPECT_TRUE(std::isnan(columns[0].test.numbers.at(0)));
  EXPECT_TRUE(columns[0].train.texts.empty());
}

TEST(Metadata, RefusesNamesThatAreNotClear) {
  EXPECT_THAT(join("file\n1.png\n").error().message,
              HasSubstr("\"1.png\" in line 2, which fits several images"));
  EXPECT_THAT(join("file\n2.png\ncat/2.png\n").error().message,
              HasSubstr("\"cat/2.png\" in line 3, whose image line 2 names already"));
  EXPECT_THAT(join("file\nnowhere.png\n").error().message, HasSubstr("names no image"));
}

TEST(Metadata, MakesClassesOfAColumn) {
  const auto joined = join("file,kind\ntrain/cat/1.png,10\n2.png,9\n3.png,\n");
  ASSERT_TRUE(joined.ok());
  const ColumnClasses classes = classesOf(*joined, 1);
  EXPECT_EQ(classes.classes, (Row{"9", "10"})) << "as numbers";
  EXPECT_EQ(classes.labels, (std::vector<int32_t>{-1, 1, 0, -1}));
  const auto columns = columnsOf(*joined, {1, 2}, {0, 3});
  EXPECT_TRUE(columns[0].numeric);
  const auto words = join("file,kind\ntrain/cat/1.png,red\n2.png,9\n");
  EXPECT_FALSE(columnsOf(*words, {1, 2}, {0, 3})[0].numeric);
  EXPECT_EQ(columnsOf(*words, {1, 2}, {0, 3})[0].train.texts, (Row{"red", "9"}));
}

TEST(SplitChoice, TakesATenthByTheSeed) {
  const auto test = chooseTest(1000, 0, "data");
  ASSERT_TRUE(test.ok());
  EXPECT_EQ(std::count(test->begin(), test->end(), true), 100);
  EXPECT_EQ(*test, *chooseTest(1000, 0, "data"));
  EXPECT_NE(*test, *chooseTest(1000, 1, "data"));
  const auto two = chooseTest(2, 0, "data");
  EXPECT_EQ(std::count(two->begin(), two->end(), true), 1);
  EXPECT_FALSE(chooseTest(1, 0, "data").ok());
}

TEST(SplitChoice, KeepsGroupsTogether) {
  std::vector<std::string> groups;
  for (int i = 0; i < 300; ++i)
    groups.push_back(i % 5 == 0 ? std::string() : "patient " + std::to_string(i % 40));
  const auto test = chooseTestByGroup(groups, 4, "data");
  ASSERT_TRUE(test.ok());
  const auto taken = std::count(test->begin(), test->end(), true);
  EXPECT_GE(taken, 30);
  EXPECT_LT(taken, 60);
  for (size_t i = 0; i < groups.size(); ++i)
    for (size_t k = 0; k < groups.size(); ++k)
      if (!groups[i].empty() && groups[i] == groups[k]) {
        EXPECT_EQ((*test)[i], (*test)[k]) << groups[i];
      }
  EXPECT_FALSE(chooseTestByGroup({"a", "a"}, 0, "data").ok());
  const auto pair = chooseTestByGroup({"a", "b"}, 0, "data");
  EXPECT_EQ(std::count(pair->begin(), pair->end(), true), 1);
}

} // namespace
} // namespace latent
