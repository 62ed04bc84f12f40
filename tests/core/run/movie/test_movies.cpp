// The frames of movies of runs, and whole movies drawn by latent-figures.
#include "core/figure/provenance_reader.h"
#include "core/io/files.h"
#include "core/run/latent_view.h"
#include "core/run/movie/movies.h"
#include "core/run/movie/part_of_job.h"
#include "core/run/run_viewer.h"
#include "tests/core/run/small_runs.h"

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>

namespace latent {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::StartsWith;

class Movies : public SmallRuns {
 protected:
  std::vector<Figure> all(const MovieScript& script) {
    auto figures = script.figures(0, script.frames, control);
    EXPECT_TRUE(figures.ok()) << figures.error().message;
    return figures ? std::move(*figures) : std::vector<Figure>();
  }
  MovieScript good(Result<MovieScript> script) {
    EXPECT_TRUE(script.ok()) << script.error().message;
    return script ? std::move(*script) : MovieScript();
  }
  static MovieData dataOf(size_t runs) { return MovieData(runs, tinyData()); }
  static TrainingMovie planes() {
    TrainingMovie options;
    options.plane.rows = options.plane.columns = 3;
    options.plane.points = 20;
    return options;
  }
  static std::vector<uint8_t> bytesOf(const std::vector<float>& pixels) {
    std::vector<uint8_t> bytes;
    for (const float pixel : pixels) bytes.push_back(static_cast<uint8_t>(std::lround(255 * pixel)));
    return bytes;
  }
};

const ImagesPanel& images(const Figure& figure, size_t panel = 0) {
  return std::get<ImagesPanel>(figure.panels.at(panel));
}
const PlanePanel& plane(const Figure& figure, size_t panel = 0) {
  return std::get<PlanePanel>(figure.panels.at(panel));
}

TEST_F(Movies, TrainingShowsEveryKeptSnapshotWithItsMoment) {
  const auto script = good(trainingMovie({source("vae")}, planes(), dataOf(1), control));
  const auto steps = source("vae").run.snapshots();
  ASSERT_THAT(steps, testing::ElementsAre(0, 1, 3, 10, 13, 26));
  const auto figures = all(script);
  ASSERT_EQ(figures.size(), steps.size());
  EXPECT_EQ(figures[0].title, "epoch 0 · step 0");
  EXPECT_EQ(figures[3].title, "epoch 0.77 · step 10");
  EXPECT_EQ(figures[4].title, "epoch 1 · step 13");
  EXPECT_EQ(figures[5].title, "epoch 2 · step 26");
  for (size_t i = 0; i < steps.size(); ++i) {
    PlaneOptions alone = planes().plane;
    alone.rect = PlaneRect();
    const auto figure = planeFigure(source("vae", steps[i]), alone, data.get(), control);
    ASSERT_TRUE(figure.ok());
    EXPECT_EQ(plane(figures[i]).pixels, plane(*figure).pixels) << steps[i];
    EXPECT_EQ(plane(figures[i]).pointX, plane(*figure).pointX);
    EXPECT_EQ(plane(figures[i]).title, "vae");
  }
  EXPECT_NE(plane(figures.front()).pixels, plane(figures.back()).pixels);
  EXPECT_EQ(script.provenance["movie"]["steps"], Json(steps));
  EXPECT_EQ(script.provenance["kind"], "plane");
}

TEST_F(Movies, TrainingOfAnAeKeepsAxesThatHoldAllCodes) {
  TrainingMovie options = planes();
  options.plane.points = 40; // all
  for (const bool main : {false, true}) {
    options.plane.choice.main = main;
    const auto figures = all(good(trainingMovie({source("ae")}, options, dataOf(1), control)));
    const PlaneRect rect = plane(figures.front()).rect;
    for (const Figure& figure : figures) {
      EXPECT_EQ(plane(figure).rect.left, rect.left);
      EXPECT_EQ(plane(figure).rect.upper, rect.upper);
      EXPECT_EQ(plane(figure).pointX.size(), 40U);
      for (size_t i = 0; i < 40; ++i) {
        EXPECT_GT(plane(figure).pointX[i], rect.left);
        EXPECT_LT(plane(figure).pointX[i], rect.right);
        EXPECT_GT(plane(figure).pointY[i], rect.lower);
        EXPECT_LT(plane(figure).pointY[i], rect.upper);
      }
    }
  }
}

TEST_F(Movies, TrainingOfSeveralRunsKeepsStepAndLayout) {
  TrainingMovie options = planes();
  options.view = TrainingMovie::View::reconstruct;
  options.reconstruct.indices = {1, 2, 5};
  const auto script = good(trainingMovie({source("vae"), source("wide")}, options, dataOf(2), control));
  const auto figures = all(script);
  ASSERT_EQ(figures.size(), 6U);
  for (const Figure& figure : figures) {
    EXPECT_THAT(images(figure).rowLabels, testing::ElementsAre("Input x", "vae", "wide"));
    EXPECT_EQ(figure.title.find("ELBO"), std::string::npos);
  }
  // One run: its measure in the title, never beside the images that it would move.
  const auto alone = all(good(trainingMovie({source("vae")}, options, dataOf(1), control)));
  EXPECT_THAT(alone.back().title, StartsWith("epoch 2 · step 26 · ELBO -"));
  EXPECT_THAT(images(alone.back()).rowLabels, testing::ElementsAre("Input x", "vae"));
}

TEST_F(Movies, FewerFramesOfTrainingAreSpreadEvenlyWithBothEnds) {
  TrainingMovie options = planes();
  options.frames = 3;
  const auto script = good(trainingMovie({source("vae")}, options, dataOf(1), control));
  EXPECT_EQ(script.provenance["movie"]["steps"], Json({0, 10, 26}));
  options.frames = 1;
  EXPECT_EQ(trainingMovie({source("vae")}, options, dataOf(1), control).error().fault, Fault::usage);
}

TEST_F(Movies, TrainingWithoutSnapshotsIsRefused) {
  fs::copy(*scratch / "vae", *scratch / "bare", fs::copy_options::recursive);
  fs::remove_all(*scratch / "bare/snapshots");
  const auto script = trainingMovie({source("bare")}, planes(), dataOf(1), control);
  ASSERT_FALSE(script.ok());
  EXPECT_EQ(script.error().fault, Fault::usage);
  EXPECT_THAT(script.error().message, HasSubstr("keeps no snapshots"));
}

TEST_F(Movies, ADamagedSnapshotIsToldByItsName) {
  fs::remove_all(*scratch / "hurt");
  fs::copy(*scratch / "vae", *scratch / "hurt", fs::copy_options::recursive);
  fs::resize_file(*scratch / "hurt/snapshots/step-000010.safetensors", 100);
  const auto script = good(trainingMovie({source("hurt")}, planes(), dataOf(1), control));
  const auto figures = script.figures(0, script.frames, control);
  ASSERT_FALSE(figures.ok());
  EXPECT_EQ(figures.error().fault, Fault::input);
  EXPECT_THAT(figures.error().message, HasSubstr("step-000010"));
}

TEST_F(Movies, ATraversalMovesOneLatentAPicture) {
  TraverseOptions view;
  view.latents = {2, 0};
  view.range = TraversalRange{RangeKind::priorSigma, -2, 2};
  const MovieWay way{101, false};
  const auto script = good(traverseMovie({source("vae"), source("wide")}, view, way, dataOf(2), control));
  ASSERT_EQ(script.frames, 101);
  const auto part = script.figures(37, 2, control);
  ASSERT_TRUE(part.ok());
  ASSERT_EQ(part->size(), 2U);
  const Figure& figure = part->front(); // z = -2 + 4 * 0.37
  ASSERT_EQ(figure.panels.size(), 2U);
  EXPECT_EQ(images(figure).title, "vae");
  EXPECT_EQ(images(figure, 1).title, "wide");
  EXPECT_THAT(images(figure).columnLabels, testing::ElementsAre("z3 = -0.52", "z1 = -0.52"));
  const auto viewer = openViewer(source("vae").run, std::nullopt);
  ASSERT_TRUE(viewer.ok());
  const float value = -0.52F;
  const auto want = decodeAll(*viewer, {0, 0, value, value, 0, 0}, control);
  EXPECT_EQ(images(figure).pixels, bytesOf(*want));
}

TEST_F(Movies, EveryFrameOfAPathIsDecodedAnew) {
  InterpolateOptions view;
  view.from = 3;
  view.to = 7;
  for (const PathKind kind : {PathKind::straight, PathKind::spherical}) {
    view.path.kind = kind;
    const MovieWay way{600, true};
    const auto script = good(pathMovie({source("vae"), source("ae")}, view, way, dataOf(2), control));
    ASSERT_EQ(script.frames, 1198);
    const auto viewer = openViewer(source("ae").run, std::nullopt);
    const auto codes = codesOfItems(*viewer, *data->test, {3, 7}, control);
    for (const auto& [frame, share] : {std::pair(0, 0.0), std::pair(200, 200 / 599.0), std::pair(599, 1.0),
                                       std::pair(998, 200 / 599.0), std::pair(1197, 1 / 599.0)}) {
      const auto figures = script.figures(frame, 1, control);
      ASSERT_TRUE(figures.ok());
      const Figure& figure = figures->front();
      ASSERT_EQ(figure.panels.size(), 4U); // the inputs at the ends
      EXPECT_THAT(images(figure, 0).columnLabels, testing::ElementsAre("3"));
      EXPECT_THAT(images(figure, 3).columnLabels, testing::ElementsAre("7"));
      EXPECT_EQ(images(figure, 0).pixels, bytesOf(imageAt(*data->test, 3).pixels));
      EXPECT_EQ(images(figure, 2).title, "ae");
      const auto z = kind == PathKind::straight ? lerp((*codes)[0], (*codes)[1], share)
                                                : slerp((*codes)[0], (*codes)[1], share);
      EXPECT_EQ(images(figure, 2).pixels, bytesOf(*decodeAll(*viewer, z, control))) << frame;
    }
    EXPECT_EQ(script.figures(200, 1, control)->front().panels.size(), 4U);
    EXPECT_THAT(images(script.figures(300, 1, control)->front(), 1).columnLabels,
                testing::ElementsAre("t = 0.50"));
  }
}

TEST_F(Movies, NoiseRisesAndIsTheSameInEveryChunk) {
  NoiseOptions view;
  view.items = {1, 4};
  const MovieWay way{11, true};
  const auto script = good(noiseMovie({source("vae"), source("ae")}, view, 0, 2, way, dataOf(2), control));
  ASSERT_EQ(script.frames, 20);
  const auto figures = all(script);
  EXPECT_EQ(figures[0].title, "σ = 0.00");
  EXPECT_EQ(figures[3].title, "σ = 0.60");
  EXPECT_EQ(figures[10].title, "σ = 2.00");
  EXPECT_EQ(figures[17].title, "σ = 0.60");
  EXPECT_EQ(images(figures[3]).pixels, images(figures[17]).pixels);
  EXPECT_NE(images(figures[3]).pixels, images(figures[4]).pixels);
  for (int i = 0; i < 20; ++i) {
    const auto alone = script.figures(i, 1, control);
    ASSERT_TRUE(alone.ok());
    EXPECT_EQ(images(alone->front()).pixels, images(figures[static_cast<size_t>(i)]).pixels) << i;
    EXPECT_THAT(images(alone->front()).rowLabels, testing::ElementsAre("Input x", "vae", "ae"));
  }
  // Without noise what is left is the reconstruction.
  ReconstructOptions items;
  items.indices = {1, 4};
  const auto plain = reconstructFigure({source("vae"), source("ae")}, items, *data, control);
  EXPECT_EQ(images(figures[0]).pixels, images(*plain).pixels);
}

TEST_F(Movies, WrongWishesAreUsageErrors) {
  const auto fault = [&](const Result<MovieScript>& script) {
    return script ? std::string("none") : std::to_string(static_cast<int>(script.error().fault));
  };
  const MovieData data1 = dataOf(1);
  for (const int frames : {-1, 0, 1, 601, 1000000}) {
    EXPECT_EQ(fault(traverseMovie({source("vae")}, {}, {frames, false}, data1, control)), "2") << frames;
    EXPECT_EQ(fault(pathMovie({source("vae")}, {}, {frames, false}, data1, control)), "2") << frames;
    EXPECT_EQ(fault(noiseMovie({source("vae")}, {}, 0, 1, {frames, false}, data1, control)), "2") << frames;
  }
  EXPECT_EQ(fault(noiseMovie({source("vae")}, {}, 1, 1, {}, data1, control)), "2");
  EXPECT_EQ(fault(noiseMovie({source("vae")}, {}, -1, 1, {}, data1, control)), "2");
  EXPECT_EQ(fault(pathMovie({source("vq")}, {}, {}, data1, control)), "2") << "tokens have no path";
  EXPECT_EQ(fault(pathMovie({source("vae")}, {}, {}, MovieData(1), control)), "2") << "no data";
  InterpolateOptions far;
  far.to = 4000;
  EXPECT_EQ(fault(pathMovie({source("vae")}, far, {}, data1, control)), "2");
  MovieOptions odd;
  odd.widthPx = 321;
  EXPECT_EQ(checkMovie(*scratch / "m.gif", odd).error().fault, Fault::usage);
}

TEST(PartsOfJobs, MoveTheirPartAndHearACancel) {
  JobControl whole;
  {
    PartOfJob part(whole, 0.5, 0.75);
    part.control().setProgress(0.5);
  }
  EXPECT_DOUBLE_EQ(whole.progress(), 0.625);
  PartOfJob part(whole, 0, 1);
  whole.cancel();
  while (!part.control().cancelled()) std::this_thread::yield();
  EXPECT_TRUE(part.control().cancelled());
}

#ifdef LATENT_FIGURES

class DrawnMovies : public Movies {
 protected:
  /// The program that draws lies beside the other programs, as this one does.
  MovieScript path(MovieWay way = {5, false}) {
    return good(pathMovie({source("vae"), source("ae")}, {}, way, dataOf(2), control));
  }
};

TEST_F(DrawnMovies, FramesHaveOneEvenSizeOfTheWantedWidth) {
  const auto script = path({20, false}); // more than one chunk
  for (const int width : {64, 202, 640}) {
    const auto frames = movieFrames(script, {0, 9, 19}, width, control);
    ASSERT_TRUE(frames.ok()) << frames.error().message;
    ASSERT_EQ(frames->size(), 3U);
    for (const MoviePicture& frame : *frames) {
      EXPECT_EQ(frame.width, width);
      EXPECT_EQ(frame.height, frames->front().height);
    }
    EXPECT_NE((*frames)[0].rgb, (*frames)[2].rgb);
  }
  MovieOptions options;
  options.widthPx = 202;
  for (const std::string name : {"a.gif", "a.mp4"}) {
    const auto facts = makeMovie(script, *scratch / name, options, control);
    if (!facts && facts.error().message.find("no video codec") != std::string::npos) continue;
    ASSERT_TRUE(facts.ok()) << facts.error().message;
    EXPECT_EQ(facts->frames, 20);
    EXPECT_EQ(facts->width, 202);
    EXPECT_EQ(facts->height % 2, 0);
    EXPECT_TRUE(fs::exists(*scratch / name));
  }
}

TEST_F(DrawnMovies, LayoutStaysWhereItIs) {
  // What no frame changes: the inputs at the left and right, the words above. Half of all pixels at least.
  const auto frames = movieFrames(path({9, false}), {0, 3, 8}, 320, control);
  ASSERT_TRUE(frames.ok()) << frames.error().message;
  size_t same = 0;
  const auto& first = frames->front().rgb;
  for (size_t i = 0; i < first.size(); ++i)
    same += first[i] == (*frames)[1].rgb[i] && first[i] == (*frames)[2].rgb[i];
  EXPECT_GT(same, first.size() / 2);
}

TEST_F(DrawnMovies, CancelWhileFramesAreDrawnLeavesNothing) {
  MovieScript script = path({40, false});
  JobControl stopped;
  const auto figures = script.figures;
  script.figures = [&](int first, int count, JobControl& part) {
    if (first > 0) stopped.cancel();
    return figures(first, count, part);
  };
  const auto facts = makeMovie(script, *scratch / "cancelled.gif", {}, stopped);
  ASSERT_FALSE(facts.ok());
  EXPECT_EQ(facts.error().fault, Fault::interrupted);
  EXPECT_FALSE(fs::exists(*scratch / "cancelled.gif"));
}

TEST_F(DrawnMovies, SayTheWholeViewThatTheyCameFrom) {
  InterpolateOptions view;
  view.path.frames = 9;
  view.path.loop = true;
  const auto path = good(pathMovie({source("vae")}, view, {5, false}, dataOf(1), control));
  EXPECT_EQ(path.provenance["view"]["frames"], 9);
  EXPECT_EQ(path.provenance["view"]["loop"], true);
  NoiseOptions noise;
  noise.sigmas = {0, 0.5, 1};
  auto rising = good(noiseMovie({source("vae")}, noise, 0, 2, {5, false}, dataOf(1), control));
  EXPECT_EQ(rising.provenance["view"]["sigmas"], Json({0.0, 0.5, 1.0}));
  EXPECT_EQ(rising.provenance["movie"]["sigmas"], Json({0.0, 2.0}));
  noise.sigmas.clear();
  rising = good(noiseMovie({source("vae")}, noise, 0, 2, {5, false}, dataOf(1), control));
  EXPECT_EQ(rising.provenance["view"]["sigmas"], Json({0.0, 2.0}));
  TraverseOptions sweep;
  sweep.latents = {0, 1};
  sweep.grid = true;
  EXPECT_EQ(
      good(traverseMovie({source("vae")}, sweep, {5, false}, dataOf(1), control)).provenance["view"]["grid"],
      true);
}

TEST_F(DrawnMovies, ProvenanceHasTheViewAndTheMovie) {
  MovieOptions options;
  options.format.sidecar = true;
  options.format.plays = 3;
  options.widthPx = 128;
  ASSERT_TRUE(makeMovie(path(), *scratch / "said.gif", options, control).ok());
  const Json said = Json::parse(*readText(*scratch / "said.json"));
  EXPECT_EQ(said["kind"], "interpolate");
  EXPECT_EQ(said["runs"].size(), 2U);
  EXPECT_EQ(said["movie"]["moves"], "path");
  EXPECT_EQ(said["movie"]["plays"], 3);
  EXPECT_EQ(said["movie"]["widthPx"], 128);
  EXPECT_EQ(said["movie"]["frames"], 5);
  const auto read = readProvenance(*scratch / "said.gif");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, said);
}

#endif

} // namespace
} // namespace latent
