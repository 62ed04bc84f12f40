#include "core/figure/figure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

namespace latent {
namespace {

using testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class FigureFile : public testing::Test {
 protected:
  FigureFile() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    m_folder = std::filesystem::temp_directory_path() / (std::string("latent-figure-") + test->name());
    std::filesystem::remove_all(m_folder);
    std::filesystem::create_directories(m_folder);
  }
  ~FigureFile() override { std::filesystem::remove_all(m_folder); }
  std::filesystem::path file(const char* name = "a.figure") const { return m_folder / name; }

 private:
  std::filesystem::path m_folder;
};

Figure example() {
  CurvesPanel curves;
  curves.title = "Loss";
  curves.xLabel = "epoch";
  curves.yLabel = "nats";
  curves.logY = true;
  curves.series = {{"A", "#0072B2", 0, {0, 1, 2}, {550, nan, 154.25}}, {"B", "#d55e00", 3, {}, {}, false, 2}};
  curves.series[0].lower = {500, 300, 100};
  curves.series[0].upper = {600, 400, nan};
  curves.wholeX = true;
  PlanePanel plane;
  plane.rect = {-3, 3, -2, 2};
  plane.grid = {{-3, 3, -2, 2}, 2, 3};
  plane.tileHeight = 1;
  plane.tileWidth = 2;
  plane.pixels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 254, 255};
  plane.tileOpacity = 0.35;
  plane.pointX = {0.5F, -1.25F};
  plane.pointY = {1, 2};
  plane.pointLabel = {-1, 7};
  plane.classes = {"T-shirt", "π"};
  plane.rings = {1, 2.5};
  plane.ringCentre = {-0.25, 4};
  ImagesPanel images;
  images.rows = 1;
  images.columns = 2;
  images.channels = 3;
  images.height = images.width = 1;
  images.pixels = {1, 2, 3, 4, 5, 6};
  images.places = 5;
  images.rowLabels = {"input"};
  images.columnLabels = {"4", "2"};
  Figure figure;
  figure.widthMm = 174;
  figure.heightMm = 0;
  figure.fontPoints = 7.5;
  figure.title = "AE against VAE";
  figure.panelColumns = 3;
  figure.curvePoints = 1.25;
  figure.legend = LegendPlace::right;
  figure.greyscale = figure.smooth = true;
  figure.panels = {curves, plane, images};
  figure.provenance = {{"seed", 7}, {"runs", {{{"step", 600}}}}};
  return figure;
}

/// The file's bytes with another JSON, lengths adjusted, so that each test damages exactly one thing.
std::vector<std::byte> withJson(const std::vector<std::byte>& bytes,
                                const std::function<void(Json&)>& change) {
  uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  const auto* text = reinterpret_cast<const char*>(bytes.data()) + 8;
  Json json = Json::parse(text, text + length);
  change(json);
  const std::string changed = json.dump();
  std::vector<std::byte> result(8 + changed.size());
  const uint64_t newLength = changed.size();
  std::memcpy(result.data(), &newLength, 8);
  std::memcpy(result.data() + 8, changed.data(), changed.size());
  result.insert(result.end(), bytes.begin() + 8 + static_cast<std::ptrdiff_t>(length), bytes.end());
  return result;
}

std::vector<std::byte> bytesOf(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  std::vector<std::byte> bytes(text.size());
  std::memcpy(bytes.data(), text.data(), text.size());
  return bytes;
}

TEST_F(FigureFile, WhatIsWrittenIsRead) {
  const Figure written = example();
  ASSERT_TRUE(writeFigure(file(), written).ok());
  const Result<Figure> result = readFigure(file());
  ASSERT_TRUE(result.ok()) << result.error().message;
  const Figure& read = *result;
  EXPECT_EQ(read.widthMm, 174);
  EXPECT_EQ(read.heightMm, 0);
  EXPECT_EQ(read.fontPoints, 7.5);
  EXPECT_EQ(read.title, written.title);
  EXPECT_EQ(read.panelColumns, 3);
  EXPECT_EQ(read.curvePoints, 1.25);
  EXPECT_EQ(read.legend, LegendPlace::right);
  EXPECT_TRUE(read.greyscale);
  EXPECT_TRUE(read.smooth);
  EXPECT_EQ(read.provenance, written.provenance);
  ASSERT_EQ(read.panels.size(), 3U);

  EXPECT_EQ(std::get<ImagesPanel>(read.panels[2]).places, 5);
  const auto& curves = std::get<CurvesPanel>(read.panels[0]);
  EXPECT_TRUE(curves.wholeX);
  EXPECT_EQ(curves.series[1].marker, 2);
  EXPECT_EQ(curves.title, "Loss");
  EXPECT_EQ(curves.xLabel, "epoch");
  EXPECT_EQ(curves.yLabel, "nats");
  EXPECT_FALSE(curves.logX);
  EXPECT_TRUE(curves.logY);
  EXPECT_TRUE(curves.legend);
  ASSERT_EQ(curves.series.size(), 2U);
  EXPECT_EQ(curves.series[0].x, (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(curves.series[0].y[0], 550);
  EXPECT_TRUE(std::isnan(curves.series[0].y[1]));
  EXPECT_EQ(curves.series[0].y[2], 154.25);
  EXPECT_EQ(curves.series[0].lower, (std::vector<double>{500, 300, 100}));
  EXPECT_EQ(curves.series[0].upper[1], 400);
  EXPECT_TRUE(curves.series[1].lower.empty());
  EXPECT_EQ(curves.series[1].label, "B");
  EXPECT_TRUE(curves.series[0].inLegend);
  EXPECT_FALSE(curves.series[1].inLegend);
  EXPECT_EQ(curves.series[1].colour, "#d55e00");
  EXPECT_EQ(curves.series[1].pattern, 3);
  EXPECT_TRUE(curves.series[1].x.empty());

  const auto& plane = std::get<PlanePanel>(read.panels[1]);
  const auto& expected = std::get<PlanePanel>(written.panels[1]);
  EXPECT_EQ(plane.rect, expected.rect);
  EXPECT_EQ(plane.grid, expected.grid);
  EXPECT_EQ(plane.channels, 1);
  EXPECT_EQ(plane.tileHeight, 1);
  EXPECT_EQ(plane.tileWidth, 2);
  EXPECT_EQ(plane.pixels, expected.pixels);
  EXPECT_EQ(plane.tileOpacity, 0.35);
  EXPECT_EQ(plane.pointX, expected.pointX);
  EXPECT_EQ(plane.pointY, expected.pointY);
  EXPECT_EQ(plane.pointLabel, expected.pointLabel);
  EXPECT_EQ(plane.classes, expected.classes);
  EXPECT_EQ(plane.rings, expected.rings);
  EXPECT_EQ(plane.ringCentre, expected.ringCentre);

  const auto& images = std::get<ImagesPanel>(read.panels[2]);
  EXPECT_EQ(images.rows, 1);
  EXPECT_EQ(images.columns, 2);
  EXPECT_EQ(images.channels, 3);
  EXPECT_EQ(images.pixels, std::get<ImagesPanel>(written.panels[2]).pixels);
  EXPECT_EQ(images.rowLabels, std::vector<std::string>{"input"});
  EXPECT_EQ(images.columnLabels, (std::vector<std::string>{"4", "2"}));
}

TEST_F(FigureFile, NothingIsLeftBesideTheFile) {
  ASSERT_TRUE(writeFigure(file(), example()).ok());
  const auto folder = file().parent_path();
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder), {}), 1);
}

TEST_F(FigureFile, LabelsThatAreNotUtf8AreWritten) {
  Figure figure;
  figure.title = "caf\xE9";
  ASSERT_TRUE(writeFigure(file(), figure).ok());
  EXPECT_EQ(readFigure(file())->title, "caf\xEF\xBF\xBD");
}

TEST_F(FigureFile, EveryTruncationIsRefused) {
  ASSERT_TRUE(writeFigure(file(), example()).ok());
  const std::vector<std::byte> bytes = bytesOf(file());
  for (size_t size = 0; size < bytes.size(); ++size) {
    const Result<Figure> result = parseFigure(std::span(bytes).first(size), "short.figure");
    ASSERT_FALSE(result.ok()) << size << " of " << bytes.size() << " bytes";
    ASSERT_EQ(result.error().fault, Fault::input);
    ASSERT_THAT(result.error().message, HasSubstr("short.figure"));
  }
}

TEST_F(FigureFile, EveryFlippedBitIsReadOrRefusedButNeverCrashes) {
  ASSERT_TRUE(writeFigure(file(), example()).ok());
  std::vector<std::byte> bytes = bytesOf(file());
  int refused = 0;
  for (size_t i = 0; i < bytes.size() * 8; ++i) {
    bytes[i / 8] ^= std::byte(1 << (i % 8));
    refused += parseFigure(bytes, "flipped").ok() ? 0 : 1;
    bytes[i / 8] ^= std::byte(1 << (i % 8));
  }
  EXPECT_GT(refused, 64); // at least the header
}

struct Damage {
  const char* name;
  std::function<void(Json&)> change;
  const char* says;
};

TEST_F(FigureFile, EachDamageIsNamed) {
  ASSERT_TRUE(writeFigure(file(), example()).ok());
  const std::vector<std::byte> bytes = bytesOf(file());
  const int64_t huge = int64_t{1} << 40;
  const std::vector<Damage> damages = {
      {"format", [](Json& j) { j["format"] = "other"; }, "not a figure file"},
      {"list", [](Json& j) { j = Json::array(); }, "not a figure file"},
      {"version", [](Json& j) { j["version"] = 2; }, "version"},
      {"missing", [](Json& j) { j.erase("widthMm"); }, "widthMm is missing"},
      {"width", [](Json& j) { j["widthMm"] = 1e9; }, "widthMm is not a number from 5.0 to 2000.0"},
      {"curve", [](Json& j) { j["curvePoints"] = 0; }, "curvePoints is not a number from 0.05 to 20.0"},
      {"legend", [](Json& j) { j["legend"] = "left"; }, "legend is none of"},
      {"greyscale", [](Json& j) { j["greyscale"] = 1; }, "greyscale is neither true nor false"},
      {"smooth", [](Json& j) { j.erase("smooth"); }, "smooth is missing"},
      {"null width", [](Json& j) { j["widthMm"] = nullptr; }, "widthMm is not a number"},
      {"columns", [](Json& j) { j["panelColumns"] = 0; }, "panelColumns is not an integer from 1 to 100"},
      {"fraction", [](Json& j) { j["panelColumns"] = 1.5; }, "panelColumns is not an integer"},
      {"unsigned", [](Json& j) { j["panelColumns"] = ~uint64_t{0}; }, "panelColumns is not an integer"},
      {"panels", [](Json& j) { j["panels"] = 3; }, "panels is not a list"},
      {"kind", [](Json& j) { j["panels"][0]["kind"] = "pie"; }, "panels[0].kind is none of"},
      {"title", [](Json& j) { j["panels"][0]["title"] = 3; }, "panels[0].title is not a text"},
      {"log", [](Json& j) { j["panels"][0]["logX"] = 1; }, "panels[0].logX is neither true nor false"},
      {"colour", [](Json& j) { j["panels"][0]["series"][0]["colour"] = "red"; }, "colour is not a colour"},
      {"pattern", [](Json& j) { j["panels"][0]["series"][0]["pattern"] = 4; }, "pattern is not an integer"},
      {"offset", [](Json& j) { j["panels"][0]["series"][0]["y"]["offset"] = 0; }, "offset is not 24"},
      {"shape", [](Json& j) { j["panels"][0]["series"][0]["y"]["shape"] = {2}; }, "different lengths"},
      {"band", [](Json& j) { j["panels"][0]["series"][0]["upper"]["shape"] = {2}; },
       "a band of another length"},
      {"half a band", [](Json& j) { j["panels"][0]["series"][0].erase("upper"); }, "upper is missing"},
      {"long", [=](Json& j) { j["panels"][0]["series"][0]["x"]["shape"] = {huge}; },
       "past the end of the file"},
      {"negative", [](Json& j) { j["panels"][0]["series"][0]["x"]["shape"] = {-1}; },
       "is not an integer from 0"},
      {"rank",
       [](Json& j) {
         j["panels"][1]["pixels"]["shape"] = {2, 3};
       },
       "does not have 5 dimensions"},
      {"channels",
       [](Json& j) {
         j["panels"][1]["pixels"]["shape"] = {2, 3, 2, 1, 1};
       },
       "neither 1 nor 3 channels"},
      {"zero side",
       [](Json& j) {
         j["panels"][2]["pixels"]["shape"] = {0, 2, 3, 1, 1};
       },
       "not from 1 to 32767"},
      {"wide",
       [](Json& j) {
         j["panels"][2]["pixels"]["shape"] = {1, 30000, 3, 1, 30000};
       },
       "32767 pixels a side"},
      {"product",
       [](Json& j) {
         j["panels"][2]["pixels"]["shape"] = {32767, 32767, 3, 1, 1};
       },
       "past the end"},
      {"rect",
       [](Json& j) {
         j["panels"][1]["rect"] = {3, -3, -2, 2};
       },
       "panels[1].rect is empty"},
      {"rect size", [](Json& j) { j["panels"][1]["rect"] = {3}; },
       "panels[1].rect does not have four numbers"},
      {"opacity", [](Json& j) { j["panels"][1]["tileOpacity"] = -0.1; }, "tileOpacity"},
      {"ring", [](Json& j) { j["panels"][1]["rings"] = {"x"}; }, "panels[1].rings[0] is not a number"},
      {"centre", [](Json& j) { j["panels"][1]["ringCentre"] = {1}; },
       "panels[1].ringCentre is not two numbers"},
      {"points", [](Json& j) { j["panels"][1]["pointY"]["shape"] = {1}; }, "offset is not"},
      {"provenance", [](Json& j) { j["provenance"] = "mine"; }, "provenance is not an object"},
      {"trailing", [](Json& j) { j["panels"].erase(2); }, "bytes follow the last array"},
  };
  for (const Damage& damage : damages) {
    const Result<Figure> result = parseFigure(withJson(bytes, damage.change), "d.figure");
    ASSERT_FALSE(result.ok()) << damage.name;
    EXPECT_EQ(result.error().fault, Fault::input) << damage.name;
    EXPECT_THAT(result.error().message, HasSubstr(damage.says)) << damage.name;
  }
}

TEST_F(FigureFile, DeepJsonIsRefused) {
  ASSERT_TRUE(writeFigure(file(), example()).ok());
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  std::vector<std::byte> bytes(8 + deep.size());
  const uint64_t length = deep.size();
  std::memcpy(bytes.data(), &length, 8);
  std::memcpy(bytes.data() + 8, deep.data(), deep.size());
  const Result<Figure> result = parseFigure(bytes, "deep");
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().message, HasSubstr("nested too deeply"));
}

TEST_F(FigureFile, LengthPastTheFileIsRefused) {
  std::vector<std::byte> bytes(64, std::byte{0xFF});
  const Result<Figure> result = parseFigure(bytes, "long");
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().message, HasSubstr("reaches past its end"));
}

TEST_F(FigureFile, MissingFilesAndFoldersAreNamed) {
  const Result<Figure> missing = readFigure(file("none.figure"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().fault, Fault::input);
  EXPECT_THAT(missing.error().message, HasSubstr("none.figure"));
  const Result<Figure> folder = readFigure(file().parent_path());
  ASSERT_FALSE(folder.ok());
  EXPECT_THAT(folder.error().message, HasSubstr("not a file"));
}

TEST_F(FigureFile, UnwritableFolderGivesTheReason) {
  const Status status = writeFigure(file("missing") / "a.figure", example());
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().fault, Fault::work);
  EXPECT_THAT(status.error().message, HasSubstr("No such file or directory"));
}

TEST_F(FigureFile, FullDiskGivesTheReason) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  // The temporary name is taken by a link to a device that is always full.
  std::filesystem::create_symlink("/dev/full", file("a.figure.part"));
  const Status status = writeFigure(file(), example());
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("No space left on device"));
  EXPECT_FALSE(std::filesystem::exists(file()));
}

} // namespace
} // namespace latent
