// GIFs, read back with giflib as a player would.
#include "core/figure/provenance_reader.h"
#include "core/io/files.h"
#include "tests/core/io/scratch.h"
#include "tests/core/run/movie/gif_reader.h"
#include "tests/core/run/movie/pictures.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <numeric>
#include <sys/resource.h>
#include <unistd.h>

namespace latent {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

#ifdef LATENT_GIF

bool isEmpty(const fs::path& folder) {
  return fs::directory_iterator(folder) == fs::directory_iterator();
}

class Gifs : public testing::Test {
 protected:
  ReadGif write(const MoviePictures& movie, const std::string& name = "movie.gif") {
    const auto facts = writeMovie(movie, scratch / name, format, control);
    EXPECT_TRUE(facts.ok()) << facts.error().message;
    if (!facts) return {};
    EXPECT_EQ(facts->codec, "gif");
    colours = facts->colours;
    return readGif(scratch / name);
  }
  Error refused(const MoviePictures& movie, const std::string& name = "movie.gif") {
    const auto facts = writeMovie(movie, scratch / name, format, control);
    EXPECT_FALSE(facts.ok());
    return facts ? Error() : facts.error();
  }

  Scratch scratch;
  MovieFormat format;
  JobControl control;
  int colours = 0;
};

TEST_F(Gifs, HaveExactlyTheColoursOfAMovieOfFew) {
  for (const Dithering each : {Dithering::none, Dithering::floydSteinberg}) {
    format.dithering = each;
    const ReadGif gif = write(pictures(30, [](int frame) { return walking(frame); }));
    ASSERT_EQ(gif.frames.size(), 30U);
    EXPECT_EQ(gif.width, 40);
    EXPECT_EQ(gif.height, 20);
    for (int i = 0; i < 30; ++i) EXPECT_EQ(gif.frames[static_cast<size_t>(i)].rgb, walking(i).rgb) << i;
    EXPECT_EQ(colours, 31);
  }
  EXPECT_DOUBLE_EQ(control.progress(), 1);
}

TEST_F(Gifs, TakeExactly256ColoursAsTheyAre) {
  const auto greys = pictures(1, [](int) {
    MoviePicture picture = plain(16, 16, {0, 0, 0});
    for (int i = 0; i < 256; ++i) setPixel(picture, i % 16, i / 16, {static_cast<uint8_t>(i), 7, 9});
    return picture;
  });
  const ReadGif gif = write(greys);
  EXPECT_EQ(colours, 256);
  EXPECT_EQ(gif.frames.at(0).rgb, greys.at(0)->rgb);
}

TEST_F(Gifs, ChooseOnePaletteOverAllFrames) {
  const ReadGif gif = write(pictures(8, rainbow));
  ASSERT_EQ(gif.frames.size(), 8U);
  std::set<uint32_t> all;
  double error = 0;
  for (int i = 0; i < 8; ++i) {
    const MoviePicture want = rainbow(i), &got = gif.frames[static_cast<size_t>(i)];
    for (size_t p = 0; p < 64 * 64; ++p) all.insert(pixelOf(got, p));
    for (size_t p = 0; p < 64 * 16; ++p) ASSERT_EQ(pixelOf(got, p), 0xFFFFFFU) << "paper stays white";
    for (size_t b = 0; b < want.rgb.size(); ++b) error += std::abs(want.rgb[b] - got.rgb[b]);
  }
  EXPECT_LE(all.size(), 256U);
  EXPECT_GT(all.size(), 200U);
  EXPECT_LT(error / (8 * 3 * 64 * 64), 14) << "mean error of a part of a colour";
}

TEST_F(Gifs, DitherOnlyWhatThePaletteCannotShow) {
  const auto movie = pictures(8, rainbow);
  const ReadGif hard = write(movie);
  format.dithering = Dithering::floydSteinberg;
  const ReadGif soft = write(movie);
  std::set<uint32_t> palette;
  for (const MoviePicture& frame : hard.frames) palette.merge(coloursOf(frame));
  size_t changed = 0;
  double hardError = 0, softError = 0; // of means over 8 x 8 pixels: what an eye sees from afar
  for (size_t i = 0; i < 8; ++i) {
    const MoviePicture want = rainbow(static_cast<int>(i));
    for (size_t p = 0; p < 64 * 64; ++p) {
      if (pixelOf(hard.frames[i], p) == pixelOf(soft.frames[i], p)) continue;
      ++changed;
      EXPECT_FALSE(palette.contains(pixelOf(want, p))) << "pixel " << p << " of frame " << i;
    }
    for (size_t y = 16; y < 64; y += 8)
      for (size_t x = 0; x < 64; x += 8)
        for (size_t c = 0; c < 3; ++c) {
          double hardSum = 0, softSum = 0;
          for (size_t p = 0; p < 64; ++p) {
            const size_t at = 3 * ((y + p / 8) * 64 + x + p % 8) + c;
            hardSum += hard.frames[i].rgb[at] - want.rgb[at];
            softSum += soft.frames[i].rgb[at] - want.rgb[at];
          }
          hardError += std::abs(hardSum);
          softError += std::abs(softSum);
        }
  }
  EXPECT_GT(changed, 1000U);
  EXPECT_LT(softError, hardError / 2);
}

TEST_F(Gifs, EqualMoviesAreEqualBytes) {
  format.dithering = Dithering::floydSteinberg;
  write(pictures(3, rainbow), "a.gif");
  write(pictures(3, rainbow), "b.gif");
  EXPECT_EQ(*readFile(scratch / "a.gif", 1 << 24), *readFile(scratch / "b.gif", 1 << 24));
}

TEST_F(Gifs, DelaysAddUpToTheRate) {
  for (const double rate : {7.0, 24.0, 29.97, 30.0, 50.0}) {
    format.rate = rate;
    const ReadGif gif = write(pictures(30, [](int frame) { return walking(frame); }));
    ASSERT_EQ(gif.delays.size(), 30U);
    EXPECT_EQ(std::reduce(gif.delays.begin(), gif.delays.end()), std::lround(100 * 30 / rate)) << rate;
    for (const int delay : gif.delays) EXPECT_LE(std::abs(delay - 100 / rate), 1) << rate;
  }
}

TEST_F(Gifs, PlayAsOftenAsAsked) {
  for (const int plays : {0, 1, 2, 7, kMostPlays}) {
    format.plays = plays;
    EXPECT_EQ(write(pictures(2, rainbow)).plays, plays);
  }
  format.plays = -1;
  EXPECT_EQ(refused(pictures(2, rainbow)).fault, Fault::usage);
}

TEST_F(Gifs, SayWhatTheyShow) {
  format.provenance = {
      {"kind", "traverse"}, {"runs", Json::array()}, {"long", std::string(700, 'x')}, {"name", "é ß 数"}};
  format.sidecar = true;
  const ReadGif gif = write(pictures(2, rainbow));
  EXPECT_EQ(Json::parse(gif.comment), format.provenance);
  const auto read = readProvenance(scratch / "movie.gif");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, format.provenance);
  EXPECT_EQ(Json::parse(*readText(scratch / "movie.json")), format.provenance);
}

TEST_F(Gifs, OddSizesGetAWhiteEdgeAndOthersAreFitted) {
  const MoviePictures movie{3, [](int frame) -> Result<MoviePicture> {
                              if (frame == 1) return plain(9, 3, {1, 2, 3});
                              if (frame == 2) return plain(3, 8, {1, 2, 3});
                              return plain(7, 5, {1, 2, 3});
                            }};
  const ReadGif gif = write(movie);
  ASSERT_EQ(gif.frames.size(), 3U);
  EXPECT_EQ(gif.width, 8);
  EXPECT_EQ(gif.height, 6);
  const auto inside = [&](size_t frame, int x, int y) {
    return pixelOf(gif.frames[frame], static_cast<size_t>(y * 8 + x)) == 0x010203;
  };
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 8; ++x) {
      EXPECT_EQ(inside(0, x, y), x < 7 && y < 5);
      EXPECT_EQ(inside(1, x, y), y < 3);
      EXPECT_EQ(inside(2, x, y), x < 3);
    }
}

TEST_F(Gifs, OneFrameAndFramesThatDoNotMoveAreWritten) {
  EXPECT_EQ(write(pictures(1, rainbow)).frames.size(), 1U);
  const ReadGif still = write(pictures(5, [](int) { return walking(0); }));
  ASSERT_EQ(still.frames.size(), 5U);
  for (const MoviePicture& frame : still.frames) EXPECT_EQ(frame.rgb, walking(0).rgb);
}

TEST_F(Gifs, NamesMayHoldSpacesAndAnyLetters) {
  for (const std::string name : {"a b.gif", "Zoë 数字.gif", "50%d:x.gif", "-v.gif"}) {
    EXPECT_EQ(write(pictures(2, rainbow), name).frames.size(), 2U) << name;
    EXPECT_TRUE(fs::exists(scratch / name));
  }
}

TEST_F(Gifs, CancelLeavesNothing) {
  for (const int when : {0, 3, 7, 12}) { // while colours are counted, and while frames are written
    JobControl stopped;
    int asked = 0;
    const MoviePictures movie{8, [&](int frame) -> Result<MoviePicture> {
                                if (asked++ == when) stopped.cancel();
                                return rainbow(frame);
                              }};
    const auto facts = writeMovie(movie, scratch / "movie.gif", format, stopped);
    ASSERT_FALSE(facts.ok());
    EXPECT_EQ(facts.error().fault, Fault::interrupted);
    EXPECT_TRUE(isEmpty(scratch.path())) << when;
  }
}

TEST_F(Gifs, AFrameThatCannotBeMadeLeavesTheOldFile) {
  write(pictures(2, rainbow));
  const auto before = *readFile(scratch / "movie.gif", 1 << 24);
  for (const int bad : {0, 5, 9}) {
    int asked = 0;
    const MoviePictures movie{6, [&](int frame) -> Result<MoviePicture> {
                                if (asked++ == bad) return workError("This frame is damaged.");
                                return rainbow(frame);
                              }};
    EXPECT_EQ(refused(movie).message, "This frame is damaged.");
    EXPECT_EQ(*readFile(scratch / "movie.gif", 1 << 24), before);
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch.path()), {}), 1);
  }
}

TEST_F(Gifs, AFullDiskIsToldAndLeavesNothing) {
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  std::signal(SIGXFSZ, SIG_IGN); // a write over the limit then fails as on a full disk
  rlimit little{2000, old.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &little), 0);
  const Error error = refused(pictures(8, rainbow));
  ::setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_EQ(error.fault, Fault::work);
  EXPECT_THAT(error.message, HasSubstr("Cannot write the movie: File too large"));
  EXPECT_TRUE(isEmpty(scratch.path()));
}

TEST_F(Gifs, NoMovieWithoutPicturesAndNoneOfBrokenOnes) {
  EXPECT_EQ(refused({0, {}}).fault, Fault::usage);
  EXPECT_EQ(refused(pictures(1, [](int) { return MoviePicture{4, 4, {1, 2, 3}}; })).fault, Fault::usage);
  EXPECT_EQ(refused(pictures(1, [](int) { return MoviePicture{0, 4, {}}; })).fault, Fault::usage);
  EXPECT_TRUE(isEmpty(scratch.path()));
}

#else

TEST(Gifs, SayThatTheyCannotBeWritten) {
  Scratch scratch;
  const Status status = checkMovie(scratch / "movie.gif", {});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().fault, Fault::usage);
  EXPECT_THAT(status.error().message, HasSubstr("libgif-dev"));
}

#endif

TEST(MovieFiles, AreCheckedBeforeAnyWork) {
  Scratch scratch;
  MovieFormat format;
  EXPECT_EQ(checkMovie(scratch / "movie.avi", format).error().fault, Fault::usage);
  EXPECT_EQ(checkMovie(scratch / "movie", format).error().fault, Fault::usage);
#ifdef LATENT_GIF
  EXPECT_EQ(checkMovie(scratch / "no folder/movie.gif", format).error().fault, Fault::work);
  fs::create_directory(scratch / "folder.gif");
  EXPECT_THAT(checkMovie(scratch / "folder.gif", format).error().message, HasSubstr("is a folder"));
  for (const double rate : {0.0, -1.0, 51.0, std::nan("")}) {
    format.rate = rate;
    EXPECT_EQ(checkMovie(scratch / "movie.gif", format).error().fault, Fault::usage) << rate;
  }
#endif
}

#ifdef LATENT_GIF
TEST(MovieFiles, AreNotWrittenIntoClosedFolders) {
  Scratch scratch;
  fs::path folder = "/proc"; // also root may not write there
  if (::geteuid() != 0) {
    folder = scratch / "closed";
    fs::create_directory(folder);
    fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec);
  }
  JobControl control;
  const auto facts = writeMovie(pictures(1, rainbow), folder / "movie.gif", {}, control);
  ASSERT_FALSE(facts.ok());
  EXPECT_EQ(facts.error().fault, Fault::work);
  EXPECT_THAT(facts.error().message, HasSubstr("Cannot write"));
}
#endif

} // namespace
} // namespace latent
