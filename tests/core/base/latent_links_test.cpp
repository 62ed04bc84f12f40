#include "core/base/latent_links.h"
#include "core/base/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace latent {
namespace {

using testing::HasSubstr;

std::shared_ptr<const SortedCodes> codesOf(double mean, double deviation, uint64_t seed,
                                           int64_t count = 5000) {
  Random random(seed);
  Encoded points{count, 2, {}, {}};
  for (int64_t i = 0; i < 2 * count; ++i)
    points.mu.push_back(static_cast<float>(mean + deviation * random.normal()));
  return std::make_shared<const SortedCodes>(points);
}

LinkEnd vae() {
  return {"VAE z2", 2, true, false, codesOf(0, 1, 1), LatentPoint{0.5F, -0.5F}};
}
LinkEnd ae() {
  return {"AE z2", 2, false, false, codesOf(10, 5, 2), LatentPoint{12, 3}};
}

const LatentPoint z{1.25F, -0.75F};

std::string refusal(Link link, const LinkEnd& from, const LinkEnd& to) {
  const auto point = linkedPoint(link, z, from, to);
  if (point) return "";
  EXPECT_EQ(point.error().fault, Fault::usage);
  EXPECT_EQ(checkLink(link, from, to).error().message, point.error().message);
  return point.error().message;
}

TEST(LatentLinks, theSameInputIsItsCode) {
  EXPECT_EQ(linkedPoint(Link::sameInput, z, vae(), ae()).value(), (LatentPoint{12, 3}));
  LinkEnd wide{"VAE z20", 20, true, false, nullptr, LatentPoint(20, 1.5F)}; // sizes do not matter
  EXPECT_EQ(linkedPoint(Link::sameInput, z, vae(), wide).value(), LatentPoint(20, 1.5F));
  wide.inputCode.reset();
  EXPECT_EQ(refusal(Link::sameInput, vae(), wide), "The code of the input in VAE z20 is not known yet.");
}

TEST(LatentLinks, theSameZNeedsEqualSizes) {
  EXPECT_EQ(linkedPoint(Link::sameZ, z, vae(), ae()).value(), z);
  const LinkEnd wide{"VAE z20", 20, true, false, nullptr, {}};
  EXPECT_EQ(refusal(Link::sameZ, vae(), wide),
            "VAE z2 has 2 latents and VAE z20 has 20: the same z needs equal sizes; link by the same input.");
}

TEST(LatentLinks, priorQuantilesNeedPriors) {
  LinkEnd other = vae();
  other.name = "VAE b";
  EXPECT_EQ(linkedPoint(Link::samePriorQuantile, z, vae(), other).value(), z);
  EXPECT_THAT(refusal(Link::samePriorQuantile, vae(), ae()), HasSubstr("AE z2 has no prior"));
  EXPECT_THAT(refusal(Link::samePriorQuantile, ae(), vae()), HasSubstr("AE z2 has no prior"));
  other.latent = 3;
  EXPECT_THAT(refusal(Link::samePriorQuantile, vae(), other), HasSubstr("needs equal sizes"));
}

TEST(LatentLinks, dataQuantilesLandWhereAsManyCodesLieBelow) {
  const LinkEnd from = vae(), to = ae();
  const LatentPoint found = linkedPoint(Link::sameDataQuantile, z, from, to).value();
  for (int j = 0; j < 2; ++j) {
    const auto k = static_cast<size_t>(j);
    EXPECT_NEAR(fractionAt(to.codes->of(j), found[k]), fractionAt(from.codes->of(j), z[k]), 1e-5);
    EXPECT_NEAR(found[k], 10 + 5 * z[k], 0.6); // both are Gaussian: the map is nearly linear
  }
}

TEST(LatentLinks, dataQuantilesRiseEverywhereAlsoBeyondTheData) {
  const LinkEnd from = vae(), to = ae();
  float before = -1e9F;
  for (int i = -100; i <= 100; ++i) {
    const float value = static_cast<float>(i) / 10;
    const float found = linkedPoint(Link::sameDataQuantile, LatentPoint{value, 0}, from, to).value()[0];
    EXPECT_GT(found, before) << value;
    EXPECT_LT(std::abs(found - (10 + 5 * value)), 12) << value;
    before = found;
  }
}

TEST(LatentLinks, thereAndBackIsWhereItBegan) {
  const LinkEnd from = vae(), to = ae();
  for (const float value : {-6.0F, -1.5F, 0.0F, 0.3F, 2.0F, 8.0F}) {
    const LatentPoint start{value, -value};
    const LatentPoint there = linkedPoint(Link::sameDataQuantile, start, from, to).value();
    const LatentPoint back = linkedPoint(Link::sameDataQuantile, there, to, from).value();
    for (size_t j = 0; j < 2; ++j) EXPECT_NEAR(back[j], start[j], 1e-4);
  }
}

TEST(LatentLinks, equalCodesGiveThePointBitForBit) {
  const LinkEnd run = vae();
  LinkEnd copy = run;
  copy.codes = std::make_shared<const SortedCodes>(*run.codes);
  for (const float value : {-30.0F, -0.123456F, 0.7F, 1e-7F, 99.0F}) {
    const LatentPoint point{value, 1};
    EXPECT_EQ(linkedPoint(Link::sameDataQuantile, point, run, run).value(), point);
    EXPECT_EQ(linkedPoint(Link::sameDataQuantile, point, run, copy).value(), point);
  }
}

TEST(LatentLinks, dataQuantilesWaitForTheCodes) {
  LinkEnd to = ae();
  to.codes = nullptr;
  EXPECT_EQ(refusal(Link::sameDataQuantile, vae(), to),
            "The codes of AE z2 are not known yet; the link works once its data is encoded.");
  to.codes = std::make_shared<const SortedCodes>();
  EXPECT_THAT(refusal(Link::sameDataQuantile, to, vae()), HasSubstr("AE z2 are not known yet"));
  to.latent = 5;
  EXPECT_THAT(refusal(Link::sameDataQuantile, vae(), to), HasSubstr("needs equal sizes"));
}

TEST(LatentLinks, codesInPlaceOfCoordinatesGoByTheInputAlone) {
  const LinkEnd tokens{"VQ-VAE", 49, false, true, nullptr, LatentPoint(49, 0)};
  EXPECT_TRUE(linkedPoint(Link::sameInput, z, vae(), tokens).ok());
  for (const Link link : {Link::sameZ, Link::samePriorQuantile, Link::sameDataQuantile})
    EXPECT_EQ(refusal(link, vae(), tokens),
              "VQ-VAE has codes in place of coordinates; link by the same input.");
}

TEST(LatentLinks, aPointOfAnotherSizeIsRefused) {
  const auto point = linkedPoint(Link::sameZ, LatentPoint{1, 2, 3}, vae(), ae());
  ASSERT_FALSE(point.ok());
  EXPECT_EQ(point.error().message, "The point has 3 coordinates and VAE z2 has 2 latents.");
}

TEST(LatentLinks, aLatentThatNeverMovesKeepsItsDistance) {
  LinkEnd still = ae();
  still.codes = std::make_shared<const SortedCodes>(Encoded{3, 2, {4, 4, 4, 4, 4, 4}, {}});
  const LatentPoint into = linkedPoint(Link::sameDataQuantile, LatentPoint{0, 0}, vae(), still).value();
  EXPECT_EQ(into, (LatentPoint{4, 4}));
  const LatentPoint out = linkedPoint(Link::sameDataQuantile, LatentPoint{4, 5}, still, vae()).value();
  EXPECT_NEAR(out[0], 0, 0.1); // the middle of the data
  EXPECT_TRUE(std::isfinite(out[1]));
}

} // namespace
} // namespace latent
