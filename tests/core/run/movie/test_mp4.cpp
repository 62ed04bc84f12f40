// MP4s, read back with OpenCV.
#include "core/figure/provenance_reader.h"
#include "core/io/files.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/movie/pictures.h"

#include <cmath>
#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <sys/resource.h>
#ifdef LATENT_MP4
#include <opencv2/core.hpp>
#include <opencv2/videoio.hpp>
#endif

namespace latent {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

#ifdef LATENT_MP4

struct ReadMp4 {
  int width = 0, height = 0;
  double rate = 0;
  std::vector<MoviePicture> frames;
};

ReadMp4 readMp4(const fs::path& file) {
  cv::VideoCapture capture(file.string(), cv::CAP_FFMPEG);
  ReadMp4 movie;
  if (!capture.isOpened()) return movie;
  movie.width = static_cast<int>(capture.get(cv::CAP_PROP_FRAME_WIDTH));
  movie.height = static_cast<int>(capture.get(cv::CAP_PROP_FRAME_HEIGHT));
  movie.rate = capture.get(cv::CAP_PROP_FPS);
  for (cv::Mat image; capture.read(image);) {
    MoviePicture picture{image.cols, image.rows, {}};
    for (int y = 0; y < image.rows; ++y)
      for (int x = 0; x < image.cols; ++x) {
        const auto& pixel = image.at<cv::Vec3b>(y, x);
        picture.rgb.insert(picture.rgb.end(), {pixel[2], pixel[1], pixel[0]});
      }
    movie.frames.push_back(std::move(picture));
  }
  return movie;
}

/// A colour a frame: what a codec does to it stays small.
MoviePicture colourOfFrame(int frame) {
  return plain(128, 64, {static_cast<uint8_t>(20 * frame), 100, static_cast<uint8_t>(255 - 20 * frame)});
}

class Mp4s : public testing::Test {
 protected:
  void SetUp() override {
    const auto probe = writeMovie(pictures(1, colourOfFrame), scratch / "probe.mp4", format, control);
    if (!probe) {
      ASSERT_THAT(probe.error().message, HasSubstr("no video codec"));
      GTEST_SKIP() << probe.error().message;
    }
    fs::remove(scratch / "probe.mp4");
  }

  Scratch scratch;
  MovieFormat format;
  JobControl control;
};

TEST_F(Mp4s, HaveTheFramesTheSizeAndTheRate) {
  for (const double rate : {2.5, 24.0, 60.0}) {
    format.rate = rate;
    const auto facts = writeMovie(pictures(12, colourOfFrame), scratch / "movie.mp4", format, control);
    ASSERT_TRUE(facts.ok()) << facts.error().message;
    const ReadMp4 movie = readMp4(scratch / "movie.mp4");
    EXPECT_EQ(movie.width, 128);
    EXPECT_EQ(movie.height, 64);
    EXPECT_NEAR(movie.rate, rate, 0.01);
    ASSERT_EQ(movie.frames.size(), 12U);
    for (int i = 0; i < 12; ++i) {
      const MoviePicture want = colourOfFrame(i);
      const size_t middle = 3 * (32 * 128 + 64);
      for (size_t c = 0; c < 3; ++c)
        EXPECT_NEAR(movie.frames[static_cast<size_t>(i)].rgb[middle + c], want.rgb[middle + c], 12) << i;
    }
  }
  EXPECT_DOUBLE_EQ(control.progress(), 1);
}

TEST_F(Mp4s, OddSizesAreMadeEvenAndOneFrameIsAMovie) {
  const auto facts = writeMovie(pictures(1,
                                         [](int) {
                                           return plain(65, 33, {9, 9, 9});
                                         }),
                                scratch / "m.mp4", format, control);
  ASSERT_TRUE(facts.ok()) << facts.error().message;
  EXPECT_EQ(facts->width, 66);
  EXPECT_EQ(facts->height, 34);
  const ReadMp4 movie = readMp4(scratch / "m.mp4");
  EXPECT_EQ(movie.width, 66);
  EXPECT_EQ(movie.height, 34);
  EXPECT_EQ(movie.frames.size(), 1U);
}

TEST_F(Mp4s, SayWhatTheyShow) {
  format.provenance = {{"kind", "plane"}, {"runs", Json::array()}, {"words", "a < b & c > \"d\" é"}};
  format.sidecar = true;
  ASSERT_TRUE(writeMovie(pictures(2, colourOfFrame), scratch / "m.mp4", format, control).ok());
  const std::string text = *readText(scratch / "m.mp4");
  EXPECT_THAT(text, HasSubstr("uuid\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8"));
  const size_t begin = text.find("<latent:provenance>") + 19, end = text.find("</latent:provenance>");
  ASSERT_LT(begin, end);
  std::string json = text.substr(begin, end - begin);
  for (const auto& [code, sign] : {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&amp;", "&")})
    for (size_t at; (at = json.find(code)) != std::string::npos;)
      json.replace(at, std::string(code).size(), sign);
  EXPECT_EQ(Json::parse(json), format.provenance);
  const auto read = readProvenance(scratch / "m.mp4");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, format.provenance);
  EXPECT_EQ(Json::parse(*readText(scratch / "m.json")), format.provenance);
  EXPECT_EQ(readMp4(scratch / "m.mp4").frames.size(), 2U) << "players pass the box over";
}

TEST_F(Mp4s, NamesMayHoldSpacesAndAnyLetters) {
  for (const std::string name : {"a b.mp4", "Zoë 数字.mp4", "50%03d.mp4", "http:x.mp4", "-v.mp4"}) {
    ASSERT_TRUE(writeMovie(pictures(2, colourOfFrame), scratch / name, format, control).ok()) << name;
    fs::rename(scratch / name, scratch / "plain.mp4"); // OpenCV reads some names as patterns
    EXPECT_EQ(readMp4(scratch / "plain.mp4").frames.size(), 2U) << name;
  }
}

TEST_F(Mp4s, CancelAndBadFramesLeaveNothing) {
  JobControl stopped;
  const MoviePictures cancelled{6, [&](int frame) -> Result<MoviePicture> {
                                  if (frame == 3) stopped.cancel();
                                  return colourOfFrame(frame);
                                }};
  const auto facts = writeMovie(cancelled, scratch / "m.mp4", format, stopped);
  ASSERT_FALSE(facts.ok());
  EXPECT_EQ(facts.error().fault, Fault::interrupted);
  const MoviePictures bad{6, [&](int frame) -> Result<MoviePicture> {
                            if (frame == 3) return workError("This frame is damaged.");
                            return colourOfFrame(frame);
                          }};
  EXPECT_EQ(writeMovie(bad, scratch / "m.mp4", format, control).error().message, "This frame is damaged.");
  EXPECT_EQ(fs::directory_iterator(scratch.path()), fs::directory_iterator());
}

TEST_F(Mp4s, AFullDiskIsToldAndLeavesNothing) {
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit little{500, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &little), 0);
  const auto facts = writeMovie(pictures(12, colourOfFrame), scratch / "m.mp4", format, control);
  ::setrlimit(RLIMIT_FSIZE, &old);
  ASSERT_FALSE(facts.ok());
  EXPECT_EQ(facts.error().fault, Fault::work);
  EXPECT_THAT(facts.error().message, HasSubstr("Cannot write the movie"));
  EXPECT_EQ(fs::directory_iterator(scratch.path()), fs::directory_iterator());
}

#else

TEST(Mp4s, SayThatTheyCannotBeWritten) {
  Scratch scratch;
  const Status status = checkMovie(scratch / "movie.mp4", {});
  ASSERT_FALSE(status.ok());
  EXPECT_THAT(status.error().message, HasSubstr("libopencv-dev"));
}

#endif

} // namespace
} // namespace latent
