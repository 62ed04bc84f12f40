// Figures of inputs and points of one's own, made again from what they say of themselves; fields of a plane.
#include "core/base/plane_density.h"
#include "core/explore/magnification_work.h"
#include "core/run/figure_again.h"
#include "core/run/interpolate_figure.h"
#include "core/run/noise_figure.h"
#include "core/run/run_viewer.h"
#include "core/run/traverse_figure.h"
#include "tests/core/run/tiny_pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace latent {
namespace {

class MadeAgain : public TinyPair {
 protected:
  std::vector<FigureSource> sources() const {
    return {{*RunFolder::open(*scratch / "vae"), {}}, {*RunFolder::open(*scratch / "ae"), {}}};
  }
  /// An image that is in no data set.
  Subject own() const {
    Subject subject;
    subject.index = -1;
    subject.image = imageAt(*data->test, 3);
    for (float& pixel : subject.image.pixels) pixel = 0.75F * pixel + 0.1F;
    subject.source = "drawn.png";
    return subject;
  }
  void expectAgain(const Result<Figure>& figure) {
    ASSERT_TRUE(figure) << figure.error().message;
    const Json said = Json::parse(figure->provenance.dump()); // as a file has it
    const auto recipe = figureRecipe(said, *scratch / "figure.pdf");
    ASSERT_TRUE(recipe) << recipe.error().message;
    const RecipeSources found = findRecipeRuns(*recipe, {});
    ASSERT_TRUE(found.missing.empty()) << missingError(*recipe, found).message;
    const auto again = figureAgain(
        *recipe, found.sources, figure->widthMm,
        [this](const FigureSource&) -> Result<std::shared_ptr<const Dataset>> { return data; }, control);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(figureToCsv(*again), figureToCsv(*figure));
    EXPECT_EQ(again->provenance.dump(), figure->provenance.dump());
  }
};

TEST_F(MadeAgain, AnImageOfOnesOwn) {
  ReconstructOptions reconstruct;
  reconstruct.subjects = {own(), Subject{"test", 2, {}, {}}};
  reconstruct.errorMaps = true;
  expectAgain(reconstructFigure(sources(), reconstruct, *data, control));
  NoiseOptions noise;
  noise.input = own();
  noise.subjects = 10;
  noise.sigmas = {0, 1};
  expectAgain(noiseFigure(sources(), noise, *data, nullptr, control));
  PlaneOptions plane;
  plane.rows = plane.columns = 3;
  plane.input = own();
  plane.look.ellipse = true;
  expectAgain(planeFigure(sources().front(), plane, data.get(), control));
}

TEST_F(MadeAgain, PointsAndPins) {
  InterpolateOptions path;
  path.begin = LatentPlace{{}, {{0.5F, -1}, {2, 0.25F}}, "mine", imageAt(*data->test, 1)};
  path.end = LatentPlace{own(), {}, {}, {}};
  const auto figure = interpolateFigure(sources(), path, *data, control);
  expectAgain(figure);
  const auto& panel = std::get<ImagesPanel>(figure->panels.front());
  EXPECT_EQ(panel.columnLabels.front(), "mine");
  EXPECT_EQ(panel.columnLabels.back(), "drawn.png");

  TraverseOptions sweep;
  sweep.latents = {1};
  sweep.range = defaultRange(RangeKind::value);
  sweep.start = LatentPlace{{}, {{0.5F, -1}, {2, 0.25F}}, "z", {}};
  EXPECT_FALSE(traversalNeedsData(sources().back(), sweep));
  expectAgain(traverseFigure(sources(), sweep, nullptr, control));
  sweep.start->z.pop_back();
  EXPECT_FALSE(traverseFigure(sources(), sweep, nullptr, control).ok()); // a run without its point
}

TEST_F(MadeAgain, FieldsAreTheWindows) {
  PlaneOptions options;
  options.rect = PlaneRect{-2, 2, -1, 3};
  options.look.tiles = false;
  options.look.density = options.look.magnification = true;
  options.densityRows = 7;
  options.densityColumns = 9;
  options.magnificationRows = 2;
  options.magnificationColumns = 3;
  const auto figure = planeFigure(sources().front(), options, data.get(), control);
  expectAgain(figure);
  const auto& panel = std::get<PlanePanel>(figure->panels.front());
  ASSERT_EQ(panel.fields.size(), 2U);
  EXPECT_EQ(panel.fields[1].values, planeDensity(panel.pointX, panel.pointY, {*options.rect, 7, 9}));
  const auto viewer = openViewer(sources().front().run, {});
  MagnificationWork work({RequestHead(), {{0, 0}, {1, 0}, {0, 1}}, {*options.rect, 2, 3}}, viewer->weights());
  std::optional<MagnificationFrame> frame;
  while (!frame) frame = work.advance(*viewer);
  EXPECT_EQ(panel.fields[0].values, frame->values);
}

} // namespace
} // namespace latent
