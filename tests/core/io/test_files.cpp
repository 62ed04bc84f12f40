#include "core/io/files.h"
#include "tests/core/io/scratch.h"

#include <climits>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

size_t filesIn(const fs::path& folder) {
  return static_cast<size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

/// While it lives no file of this process grows beyond `bytes`: what a full disk looks like to a writer.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &m_old);
    const rlimit limit{bytes, m_old.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &m_old);
    std::signal(SIGXFSZ, m_handler);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit m_old{};
  void (*m_handler)(int);
};

TEST(Files, GivesBackWhatWasWritten) {
  const Scratch scratch;
  const std::string text("a\0b\n", 4);
  ASSERT_TRUE(writeTextAtomically(scratch / "file", text));
  EXPECT_EQ(*readText(scratch / "file"), text);
  ASSERT_TRUE(writeTextAtomically(scratch / "file", "shorter"));
  EXPECT_EQ(*readText(scratch / "file"), "shorter");
  EXPECT_EQ(filesIn(scratch.path()), 1u);
}

TEST(Files, ReadingNamesWhatIsWrong) {
  const Scratch scratch;
  const auto missing = readText(scratch / "nothing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().fault, Fault::input);
  EXPECT_THAT(missing.error().message, HasSubstr("No such file"));
  EXPECT_THAT(missing.error().message, HasSubstr((scratch / "nothing").string()));

  const auto folder = readText(scratch.path());
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error().message, HasSubstr("is a folder"));

  ASSERT_EQ(::mkfifo((scratch / "pipe").c_str(), 0600), 0);
  const auto pipe = readText(scratch / "pipe"); // must not wait for a writer
  ASSERT_FALSE(pipe);
  EXPECT_THAT(pipe.error().message, HasSubstr("not a regular file"));

  ASSERT_TRUE(writeTextAtomically(scratch / "long", std::string(100, 'x')));
  const auto tooLong = readText(scratch / "long", 99);
  ASSERT_FALSE(tooLong);
  EXPECT_EQ(tooLong.error().fault, Fault::input);
  EXPECT_TRUE(readText(scratch / "long", 100));
}

TEST(Files, WritingWhereNothingCanBeWrittenIsAWorkError) {
  const Scratch scratch;
  const auto noFolder = writeTextAtomically(scratch / "no/folder", "x");
  ASSERT_FALSE(noFolder);
  EXPECT_EQ(noFolder.error().fault, Fault::work);
  const auto folder = writeTextAtomically(scratch.path(), "x");
  ASSERT_FALSE(folder);
  EXPECT_THAT(folder.error().message, HasSubstr("is a folder"));
}

TEST(Files, AFullDeviceIsNamedAndStaysADevice) {
  const auto status = writeTextAtomically("/dev/full", "x");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::work);
  EXPECT_THAT(status.error().message, HasSubstr("No space left on device"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
  EXPECT_FALSE(appendToFile("/dev/full", "x"));
}

TEST(Files, AFailedWriteKeepsTheOldFileAndLeavesNoOther) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "file", "old"));
  {
    const FileSizeLimit limit(1000);
    const auto status = writeTextAtomically(scratch / "file", std::string(2000, 'n'));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().fault, Fault::work);
    EXPECT_THAT(status.error().message, HasSubstr("File too large"));
  }
  EXPECT_EQ(*readText(scratch / "file"), "old");
  EXPECT_EQ(filesIn(scratch.path()), 1u);
}

TEST(Files, AFailedAppendKeepsTheOldLength) {
  const Scratch scratch;
  ASSERT_TRUE(appendToFile(scratch / "file", "first\n"));
  {
    const FileSizeLimit limit(1000);
    EXPECT_FALSE(appendToFile(scratch / "file", std::string(2000, 'n')));
  }
  EXPECT_EQ(*readText(scratch / "file"), "first\n");
  ASSERT_TRUE(appendToFile(scratch / "file", "second\n"));
  EXPECT_EQ(*readText(scratch / "file"), "first\nsecond\n");
}

TEST(Files, ALinkStaysALink) {
  const Scratch scratch;
  ASSERT_TRUE(writeTextAtomically(scratch / "file", "old"));
  fs::create_symlink(scratch / "file", scratch / "link");
  ASSERT_TRUE(writeTextAtomically(scratch / "link", "new"));
  EXPECT_TRUE(fs::is_symlink(scratch / "link"));
  EXPECT_EQ(*readText(scratch / "file"), "new");
}

TEST(Files, ANameAsLongAsNamesCanBeIsWritten) {
  const Scratch scratch;
  const fs::path file = scratch / std::string(NAME_MAX, 'n');
  ASSERT_TRUE(writeTextAtomically(file, "new"));
  EXPECT_EQ(*readText(file), "new");
}

TEST(Files, TemporaryNamesAreKnownAgain) {
  EXPECT_TRUE(isTemporaryName(temporaryName("run.json")));
  EXPECT_NE(temporaryName("run.json"), temporaryName("run.json"));
  EXPECT_FALSE(isTemporaryName("run.json"));
  EXPECT_FALSE(isTemporaryName(".lock"));
}

} // namespace
} // namespace latent
