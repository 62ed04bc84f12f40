// latent figure: figures drawn again from what they say of themselves, and what is said where that cannot be.
#include "core/base/json.h"
#include "core/figure/provenance_reader.h"
#include "core/io/files.h"
#include "tests/app/cli/trained_pair.h"

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>

namespace latent {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;
using Words = std::vector<std::string>;

class FigureAgain : public TrainedPair {
 protected:
  static void SetUpTestSuite() { trainPair(3, 2); }
  static fs::path copyOf(const std::string& run, const std::string& name) {
    fs::copy(path(run), path(name), fs::copy_options::recursive);
    return path(name);
  }
};

struct View {
  const char* name;
  Words words;
};

const std::vector<View> views = {
    {"plane", {"--rows", "5", "--columns", "4", "--points", "300", "--axes", "1,3"}},
    {"plane",
     {"--rows", "3", "--columns", "3", "--points", "200", "--layers",
      "tiles,points,rings,names,density,magnification,posterior,posteriors,quantiles", "--z", "0.5,-1,0.25",
      "--item", "3", "--selected", "1,2,5", "--class", "3"}},
    {"plane", {"--rows", "2", "--columns", "2", "--axes", "main", "--layers", "tiles,contours"}},
    {"reconstruct", {"--items", "7,2", "--width", "60"}},
    {"reconstruct", {"--items", "7,2", "--error-maps"}},
    {"curves", {"--splits", "batch,train,test", "--facet", "family", "--smoothing", "0.5"}},
    {"traverse", {"--z", "0.1,0.2,-0.3", "--latents", "1,3", "--grid", "--frames", "3", "--by", "value"}},
    {"curves", {"--series", "loss,recon", "--log-y", "--height", "45"}},
    {"sample", {"--n", "5", "--seed", "18446744073709551615", "--temperature", "0.7"}},
    {"traverse", {"--item", "4", "--frames", "4", "--by", "quantile"}},
    {"interpolate", {"--items", "1,9", "--path", "spherical", "--frames", "4", "--loop"}},
    {"noise", {"--sigmas", "0,1", "--items", "3", "--subjects", "20", "--no-classes", "--scale", "spread"}},
};

TEST_F(FigureAgain, NumbersAreMadeAgainFromTheirSidecar) {
  for (const View& view : views) {
    const std::string first = path("first.csv"), again = path("again.csv");
    Words words{view.name, path("vae"), "--sidecar", "--out", first};
    words.insert(words.end(), view.words.begin(), view.words.end());
    expectDone(words);
    expectDone({"figure", "--from", path("first.json"), "--sidecar", "--out", again});
    EXPECT_EQ(bytesOf(again), bytesOf(first)) << view.name;
    EXPECT_EQ(bytesOf(path("again.json")), bytesOf(path("first.json"))) << view.name;
  }
}

TEST_F(FigureAgain, ProvenanceSaysWhatWasShown) {
  expectDone({"plane", path("vae"), "--step", "10", "--points", "0", "--rect=-1,1,-2,2", "--sidecar", "--out",
              path("p.csv")});
  const auto said = readProvenance(path("p.json"));
  ASSERT_TRUE(said) << said.error().message;
  const Json& run = (*said)["runs"][0];
  EXPECT_EQ(run["step"], 10);
  EXPECT_EQ(run["path"], path("vae"));
  EXPECT_EQ(run["parameters"]["latent"], 3);
  EXPECT_EQ(run["dataset"]["id"], "digits");
  EXPECT_FALSE(run["dataset"]["checksums"].empty());
  EXPECT_FALSE(run["id"].get<std::string>().empty());
  for (const char* key : {"seed", "device", "threads", "versions", "family", "name"})
    EXPECT_TRUE(run.contains(key));
  EXPECT_EQ((*said)["view"]["rect"], Json({-1, 1, -2, 2}));
  EXPECT_EQ((*said)["view"]["points"], 0);
  EXPECT_EQ((*said)["drawn"]["threads"], 1);
  EXPECT_EQ((*said)["page"]["dpi"], 300);
}

TEST_F(FigureAgain, ARunThatTrainedOnKeepsItsOldCurves) {
  copyOf("vae", "longer");
  expectDone({"curves", path("longer"), "--sidecar", "--out", path("c.csv")});
  const Outcome more = runLatent({"train", "--resume", "--epochs", "3", "--out", path("longer")});
  ASSERT_EQ(more.exitCode, 0) << more.errors;
  expectDone({"figure", "--from", path("c.json"), "--out", path("c2.csv")});
  EXPECT_EQ(bytesOf(path("c2.csv")), bytesOf(path("c.csv")));
  expectDone({"curves", path("longer"), "--out", path("c3.csv")});
  EXPECT_NE(bytesOf(path("c3.csv")), bytesOf(path("c.csv")));
}

TEST_F(FigureAgain, AMovedRunIsFoundWhereItIsSaidToBe) {
  copyOf("vae", "here");
  expectDone({"reconstruct", path("here"), "--sidecar", "--out", path("m.csv")});
  fs::create_directories(path("elsewhere"));
  fs::rename(path("here"), path("elsewhere/renamed"));
  fs::create_directories(path("alone"));
  fs::rename(path("m.json"), path("alone/m.json"));
  const Words again{"figure", "--from", path("alone/m.json"), "--out", path("m2.csv")};
  expectError(again, 3, path("here") + ": the folder is not there");
  expectError(again, 3, "give a run's new folder with --run.");
  Words told = again;
  told.insert(told.end(), {"--run", path("ae")});
  expectError(told, 2, "is none of the runs");
  told.insert(told.end(), {"--run", path("elsewhere/renamed")});
  expectError(told, 2, path("ae"));
  told.erase(told.end() - 4, told.end() - 2);
  expectDone(told);
  EXPECT_EQ(bytesOf(path("m2.csv")), bytesOf(path("m.csv")));
  copyOf("ae", "here"); // another run in the old place
  expectError(again, 3, "another run lies there now");
}

TEST_F(FigureAgain, WhatIsMissingIsNamed) {
  const fs::path run = copyOf("vae", "thin");
  expectDone({"sample", run.string(), "--step", "10", "--n", "2", "--sidecar", "--out", path("s.csv")});
  const Words again{"figure", "--from", path("s.json"), "--out", path("x.csv")};
  fs::rename(run / "snapshots/step-000010.safetensors", run / "gone");
  expectError(again, 3, "the snapshot of step 10 of the run");
  fs::rename(run / "gone", run / "snapshots/step-000010.safetensors");

  Json said = Json::parse(bytesOf(path("s.json")));
  const auto changed = [&](const auto& change) {
    Json other = said;
    change(other);
    ASSERT_TRUE(writeTextAtomically(path("s.json"), other.dump()).ok());
  };
  changed([](Json& json) { json["runs"][0]["dataset"]["checksums"]["digits"] = "7"; });
  expectError(again, 3, "another data set than the figure");
  changed([](Json& json) { json["view"].erase("count"); });
  expectError(again, 3, "view.count is missing");
  changed([](Json& json) { json["view"]["temperature"] = "warm"; });
  expectError(again, 3, "view.temperature is not a number");
  changed([](Json& json) { json["kind"] = "painting"; });
  expectError(again, 3, "'painting'");
  changed([](Json& json) { json["runs"] = Json::array(); });
  expectError(again, 3, "provenance.runs is empty");
  changed([](Json& json) { json["runs"][0]["step"] = -1; });
  expectError(again, 3, "runs[0].step is not a whole number");
  ASSERT_TRUE(writeTextAtomically(path("s.json"), "{}").ok());
  expectError(again, 3, "does not describe a figure");
  EXPECT_FALSE(fs::exists(path("x.csv")));
}

TEST_F(FigureAgain, AxesOfAnotherModelAreRefused) {
  expectDone({"plane", path("vae"), "--points", "5", "--sidecar", "--out", path("a.csv")});
  Json said = Json::parse(bytesOf(path("a.json")));
  said["view"]["axis2"] = Json({1, 0, 0, 0, 0});
  ASSERT_TRUE(writeTextAtomically(path("a.json"), said.dump()).ok());
  expectError({"figure", "--from", path("a.json"), "--out", path("x.csv")}, 2, "3 latents");
}

TEST_F(FigureAgain, WrongUsageIsTwo) {
  expectError({"figure", "--from", path("none.pdf"), "--out", path("x.csv")}, 3, "There is no figure");
  expectError({"figure", "--from", path("none.pdf"), "--out", path("x.npy")}, 2, "must end in");
  expectError({"figure", "--from", path("none.pdf"), "--out", path("none/x.csv")}, 4, "is not there");
  expectError({"figure", "--out", path("x.csv")}, 2, "--from");
  expectError({"sample", path("vae"), "--sidecar", "--out", path("x.npy")}, 2, "--sidecar");
}

#ifdef LATENT_FIGURES
TEST_F(FigureAgain, EveryViewIsDrawnAgainByteByByteFromItsPicture) {
  for (const View& view : views) {
    Words words{view.name, path("vae"), path("ae"), "--dpi", "110", "--out", path("f.png")};
    words.insert(words.end(), view.words.begin(), view.words.end());
    expectDone(words);
    expectDone({"figure", "--from", path("f.png"), "--out", path("again.png")});
    EXPECT_TRUE(bytesOf(path("again.png")) == bytesOf(path("f.png"))) << view.name;
  }
}

TEST_F(FigureAgain, CodesAndDecodedPointsAreDrawnAgain) {
  expectDone({"train", "--model", "vq-vae", "--dataset", "digits", "--set", "stride=2", "--set", "channels=4",
              "--set", "codes=8", "--threads", "1", "--epochs", "1", "--out", path("vq")});
  expectDone({"codes", path("vq"), "--item", "4", "--dpi", "110", "--out", path("f.png")});
  expectDone({"figure", "--from", path("f.png"), "--out", path("again.png")});
  EXPECT_TRUE(bytesOf(path("again.png")) == bytesOf(path("f.png")));
  expectError({"codes", path("vae"), "--out", path("x.png")}, 2, "draw its plane instead");
  expectDone({"decode", path("vae"), "--z=0.5,-1,2", "--z=0,0,0", "--dpi", "110", "--out", path("f.png")});
  expectDone({"figure", "--from", path("f.png"), "--out", path("again.png")});
  EXPECT_TRUE(bytesOf(path("again.png")) == bytesOf(path("f.png")));
}

TEST_F(FigureAgain, EveryFormatLeadsBackToTheSamePicture) {
  expectDone({"reconstruct", path("vae"), "--dpi", "120", "--sidecar", "--out", path("r.png")});
  for (const char* file : {"r.pdf", "r.svg"}) {
    expectDone({"figure", "--from", path("r.png"), "--out", path(file)});
    expectDone({"figure", "--from", path(file), "--out", path("back.png")});
    EXPECT_TRUE(bytesOf(path("back.png")) == bytesOf(path("r.png"))) << file;
  }
  expectDone({"figure", "--from", path("r.json"), "--out", path("back.png")});
  EXPECT_TRUE(bytesOf(path("back.png")) == bytesOf(path("r.png")));
  expectDone({"figure", "--from", path("r.pdf"), "--dpi", "60", "--width", "100", "--out", path("back.png")});
  EXPECT_FALSE(bytesOf(path("back.png")) == bytesOf(path("r.png")));
}
#endif

} // namespace
} // namespace latent
