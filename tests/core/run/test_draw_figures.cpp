// Many figures drawn by one call of latent-figures: all of them, or none.
#include "core/io/files.h"
#include "core/run/drawing_program.h"
#include "core/run/figures.h"
#include "tests/core/io/scratch.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace latent {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class DrawFigures : public testing::Test {
 protected:
  void SetUp() override {
    if (!findDrawingProgram("png")) GTEST_SKIP() << "latent-figures is not built";
    fs::create_directory(scratch / "work");
    fs::create_directory(scratch / "out");
    ::setenv("TMPDIR", (scratch / "work").c_str(), 1);
  }
  void TearDown() override { ::unsetenv("TMPDIR"); }

  void add(int count) {
    for (int i = 0; i < count; ++i) {
      CurvesPanel panel;
      panel.series = {{"A", "#0072B2", 0, {0, 1, 2}, {3.0 + i, 2, 1}}};
      Figure figure;
      figure.heightMm = 50;
      figure.title = "Frame " + std::to_string(i);
      figure.panels = {panel};
      figures.push_back(figure);
      files.push_back(scratch / "out" / (std::to_string(i) + ".png"));
    }
  }
  static size_t entriesOf(const fs::path& folder) {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder), {}));
  }
  /// What drawing left where it worked; Qt keeps a folder of its own there.
  size_t leftBehind() const {
    return static_cast<size_t>(
        std::count_if(fs::directory_iterator(scratch / "work"), {}, [](const fs::directory_entry& entry) {
          return entry.path().filename().string().starts_with("latent");
        }));
  }

  Scratch scratch;
  std::vector<Figure> figures;
  std::vector<fs::path> files;
  JobControl control;
};

TEST_F(DrawFigures, EachHasItsFile) {
  add(5);
  files[3].replace_extension(".csv"); // needs no program
  const Status drawn = drawFigures(figures, files, {60}, control);
  ASSERT_TRUE(drawn) << drawn.error().message;
  EXPECT_EQ(entriesOf(scratch / "out"), 5U);
  EXPECT_EQ(leftBehind(), 0U);
  EXPECT_EQ(control.progress(), 1);
  EXPECT_EQ(*readText(files[3]), figureToCsv(figures[3]));
  ASSERT_TRUE(drawFigure(figures[1], scratch / "out" / "alone.png", {60}, control));
  EXPECT_EQ(*readText(scratch / "out" / "alone.png"), *readText(files[1]));
  EXPECT_NE(*readText(files[0]), *readText(files[1]));
}

TEST_F(DrawFigures, ACancelLeavesNothing) {
  add(300);
  std::jthread canceller([this](const std::stop_token& stop) {
    while (control.progress() <= 0 && !stop.stop_requested()) std::this_thread::yield();
    control.cancel();
  });
  const Status drawn = drawFigures(figures, files, {60}, control);
  ASSERT_FALSE(drawn);
  EXPECT_EQ(drawn.error().fault, Fault::interrupted);
  EXPECT_EQ(entriesOf(scratch / "out"), 0U);
  EXPECT_EQ(leftBehind(), 0U);
}

TEST_F(DrawFigures, WhatCannotBeDrawnLeavesNothing) {
  add(3);
  files[2] = scratch / "out" / "c.gif";
  EXPECT_EQ(drawFigures(figures, files, {60}, control).error().fault, Fault::usage);
  files[2] = scratch / "none" / "c.png";
  files.resize(3);
  std::rotate(files.begin(), files.begin() + 2, files.end()); // the first to be written
  EXPECT_EQ(drawFigures(figures, files, {60}, control).error().fault, Fault::work);
  EXPECT_EQ(drawFigures(figures, files, {1e9}, control).error().fault, Fault::usage);
  EXPECT_EQ(entriesOf(scratch / "out"), 0U);
  EXPECT_EQ(leftBehind(), 0U);
}

TEST_F(DrawFigures, WithoutAFolderToWorkInThereIsASentence) {
  add(1);
  ::setenv("TMPDIR", (scratch / "missing").c_str(), 1);
  const Status drawn = drawFigures(figures, files, {60}, control);
  ASSERT_FALSE(drawn);
  EXPECT_EQ(drawn.error().fault, Fault::work);
  EXPECT_THAT(drawn.error().message, HasSubstr("temporary folder"));
  EXPECT_EQ(entriesOf(scratch / "out"), 0U);
  files[0].replace_extension(".csv"); // needs none
  EXPECT_TRUE(drawFigures(figures, files, {60}, control));
}

} // namespace
} // namespace latent
