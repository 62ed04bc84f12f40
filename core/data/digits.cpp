#include "core/data/digits.h"

#include "core/base/random.h"
#include "core/data/digit_skeletons.h"
#include "core/data/resident_split.h"
#include "core/data/sha256.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace latent {

namespace {

constexpr uint64_t digitsSeed = 20131220; // the day the variational autoencoder was published
constexpr int side = 28;
constexpr int64_t trainCount = 10000;
constexpr int64_t testCount = 2000;
constexpr double rim = 1.4;       // pixels over which ink fades: the softness of MNIST's resampled scans
constexpr double fullHeight = 20; // pixels of a pen path of scale 1, as in MNIST

/// What was generated when this list was written; another compiler or library that rounds differently is
/// noticed.
const char* const trainSha256 = "5340b9980022905e0b67d32be919bf268985b47976ff7cdbbedb031be0abc5d1";
const char* const testSha256 = "845edd1685d922f1f72e5788d81adc91c01a81c021e9d63255de9c31cf0f5d72";

struct DigitFactors {
  double slant = 0;
  double width = 0;
  double scale = 0;
  double x = 0;
  double y = 0;
  int skeleton = 0;
};

/// A value between low and high that prefers the middle: the mean of two uniform ones.
double middling(Random& random, double low, double high) {
  const double first = random.uniform(low, high);
  return (first + random.uniform(low, high)) / 2;
}

/// A smooth random displacement of the unit square: uniform cubic B-spline over a grid of random vectors.
class Deformation {
 public:
  Deformation(Random& random, double amount) {
    for (PenPoint& knot : m_knots) {
      knot.x = random.uniform(-amount, amount);
      knot.y = random.uniform(-amount, amount);
    }
  }

  /// u and v in [0,1]; outside they are held at the border.
  PenPoint at(double u, double v) const {
    const auto [column, across] = weights(u);
    const auto [row, down] = weights(v);
    PenPoint sum;
    for (size_t j = 0; j < 4; ++j) {
      for (size_t i = 0; i < 4; ++i) {
        const PenPoint& knot = m_knots[(row + j) * knots + column + i];
        sum.x += across[i] * down[j] * knot.x;
        sum.y += across[i] * down[j] * knot.y;
      }
    }
    return sum;
  }

 private:
  static constexpr size_t spans = 2;
  static constexpr size_t knots = spans + 3;

  static std::pair<size_t, std::array<double, 4>> weights(double position) {
    const double along = std::clamp(position, 0.0, 1.0) * spans;
    const size_t span = std::min(static_cast<size_t>(along), spans - 1);
    const double t = along - static_cast<double>(span);
    const double s = 1 - t;
    return {span,
            {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6,
             t * t * t / 6}};
  }

  std::array<PenPoint, knots * knots> m_knots;
};

/// Moves one coordinate of a path so that `centre` comes to lie `offset` pixels from the middle of the image,
/// or less far where the ink around the path would leave the image. Returns the offset that it took.
double movedInside(std::vector<PenCurve>& path, double PenPoint::*axis, double centre, double offset,
                   double ink) {
  double low = path.front().front().*axis;
  double high = low;
  for (const PenCurve& chain : path) {
    for (const PenPoint& point : chain) {
      low = std::min(low, point.*axis);
      high = std::max(high, point.*axis);
    }
  }
  const double least = ink - low;
  const double most = side - ink - high;
  const double wanted = side / 2.0 + offset - centre;
  const double shift = least < most ? std::clamp(wanted, least, most) : (least + most) / 2;
  for (PenCurve& chain : path) {
    for (PenPoint& point : chain) point.*axis += shift;
  }
  return centre + shift - side / 2.0;
}

/// The pen path of one image in pixels. Where it had to be placed elsewhere, factors.x and factors.y are
/// corrected.
std::vector<PenCurve> penPath(const DigitSkeleton& skeleton, DigitFactors& factors, Random& random) {
  const Deformation deformation(random, 20);         // hundredths of the height, before the spline smooths it
  const double stretch = middling(random, 0.8, 1.2); // of the width
  const double tilt = middling(random, -0.14, 0.14); // of horizontal strokes
  std::vector<PenCurve> path;
  double length = 0;
  PenPoint centre;
  for (const PenCurve& curve : skeleton.curves) {
    PenCurve chain = flattened(curve, 6);
    for (PenPoint& point : chain) {
      const PenPoint shift = deformation.at(point.x / 70, point.y / 100);
      const double x = (point.x - 35 + shift.x) * stretch;
      const double y = point.y - 50 + shift.y - tilt * x;
      const double pixels = factors.scale * fullHeight / 100;
      point = {(x - factors.slant * y) * pixels, y * pixels};
    }
    for (size_t i = 1; i < chain.size(); ++i) {
      const double dx = chain[i].x - chain[i - 1].x;
      const double dy = chain[i].y - chain[i - 1].y;
      const double piece = std::sqrt(dx * dx + dy * dy);
      length += piece;
      centre.x += piece * (chain[i].x + chain[i - 1].x) / 2;
      centre.y += piece * (chain[i].y + chain[i - 1].y) / 2;
    }
    path.push_back(std::move(chain));
  }
  // As in MNIST the centre of mass lies in the middle of the image; from there the digit is moved.
  const double ink = factors.width / 2 + rim / 2;
  factors.x = movedInside(path, &PenPoint::x, centre.x / length, factors.x, ink);
  factors.y = movedInside(path, &PenPoint::y, centre.y / length, factors.y, ink);
  return path;
}

/// Ink of a round pen along a line: full inside, fading over its rim. Ink does not add up.
void drawLine(PenPoint from, PenPoint to, double radius, std::array<double, size_t{side} * side>& ink) {
  const double reach = radius + rim / 2;
  const auto low = [reach](double a, double b) {
    return std::max(0, static_cast<int>(std::floor(std::min(a, b) - reach)));
  };
  const auto high = [reach](double a, double b) {
    return std::min(side - 1, static_cast<int>(std::floor(std::max(a, b) + reach)));
  };
  const double dx = to.x - from.x;
  const double dy = to.y - from.y;
  const double square = dx * dx + dy * dy;
  for (int row = low(from.y, to.y); row <= high(from.y, to.y); ++row) {
    for (int column = low(from.x, to.x); column <= high(from.x, to.x); ++column) {
      const double px = column + 0.5 - from.x;
      const double py = row + 0.5 - from.y;
      const double along = square > 0 ? std::clamp((px * dx + py * dy) / square, 0.0, 1.0) : 0.0;
      const double ex = px - along * dx;
      const double ey = py - along * dy;
      const double cover = std::clamp((reach - std::sqrt(ex * ex + ey * ey)) / rim, 0.0, 1.0);
      double& pixel = ink[static_cast<size_t>(row) * side + static_cast<size_t>(column)];
      pixel = std::max(pixel, cover);
    }
  }
}

void drawDigit(const std::vector<PenCurve>& path, double width, Random& random, uint8_t* out) {
  std::array<double, size_t{side} * side> ink{};
  for (const PenCurve& chain : path) {
    const double pressure = random.uniform(-0.15, 0.15); // the pen gets wider or narrower along a curve
    for (size_t i = 1; i < chain.size(); ++i) {
      const double along = static_cast<double>(i) / static_cast<double>(chain.size()) - 0.5;
      drawLine(chain[i - 1], chain[i], width / 2 * (1 + 2 * pressure * along), ink);
    }
  }
  for (const double cover : ink) *out++ = static_cast<uint8_t>(std::lround(cover * 255));
}

Result<std::shared_ptr<const Split>> makeSplit(int64_t count, std::string_view purpose, double progress,
                                               JobControl* control) {
  Random random(deriveSeed(digitsSeed, purpose));
  std::vector<int32_t> labels(static_cast<size_t>(count));
  for (size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<int32_t>(i % 10);
  for (size_t i = labels.size(); i > 1; --i) // Fisher and Yates
    std::swap(labels[i - 1], labels[static_cast<size_t>(random.below(static_cast<int64_t>(i)))]);

  std::array<std::vector<const DigitSkeleton*>, 10> ways;
  for (const DigitSkeleton& skeleton : digitSkeletons())
    ways[static_cast<size_t>(skeleton.digit)].push_back(&skeleton);

  const ImageShape shape{1, side, side};
  std::vector<uint8_t> pixels(labels.size() * static_cast<size_t>(shape.pixels()));
  std::vector<float> factors;
  factors.reserve(labels.size() * 6);
  for (size_t i = 0; i < labels.size(); ++i) {
    if (control && i % 256 == 0) {
      if (control->cancelled()) return Error{Fault::interrupted, "Making digits was cancelled."};
      control->setProgress(progress + static_cast<double>(i) / static_cast<double>(trainCount + testCount));
    }
    const auto& choice = ways[static_cast<size_t>(labels[i])];
    DigitFactors drawn;
    drawn.slant = middling(random, -0.2, 0.6);
    drawn.width = middling(random, 1.6, 3.8);
    drawn.scale = random.uniform(0.7, 0.95);
    drawn.x = middling(random, -1.5, 1.5);
    drawn.y = middling(random, -1.5, 1.5);
    drawn.skeleton = static_cast<int>(random.below(static_cast<int64_t>(choice.size())));
    const DigitSkeleton& skeleton = *choice[static_cast<size_t>(drawn.skeleton)];
    const std::vector<PenCurve> path = penPath(skeleton, drawn, random);
    drawDigit(path, drawn.width, random, pixels.data() + i * static_cast<size_t>(shape.pixels()));
    for (const double value : {drawn.slant, drawn.width, drawn.scale, drawn.x, drawn.y})
      factors.push_back(static_cast<float>(value));
    factors.push_back(static_cast<float>(drawn.skeleton));
  }
  return std::shared_ptr<const Split>(std::make_shared<ResidentSplit>(
      shape, std::move(pixels), SplitItems{.labels = std::move(labels), .factors = std::move(factors)}));
}

std::string checksum(const Split& split) {
  Sha256 hash;
  hash.update(split.resident());
  return hash.hex();
}

} // namespace

Result<std::shared_ptr<const Dataset>> makeDigits(JobControl* control) {
  auto train = makeSplit(trainCount, "digits train", 0, control);
  if (!train) return train.error();
  auto test = makeSplit(testCount, "digits test", static_cast<double>(trainCount) / (trainCount + testCount),
                        control);
  if (!test) return test.error();

  auto dataset = std::make_shared<Dataset>();
  dataset->id = "digits";
  dataset->name = "Synthetic digits";
  dataset->shape = (*train)->shape();
  dataset->classes = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
  dataset->factors = {"slant", "stroke width", "scale", "x", "y", "skeleton"};
  dataset->train = std::move(*train);
  dataset->test = std::move(*test);
  dataset->checksums = {{"train-images", checksum(*dataset->train)},
                        {"test-images", checksum(*dataset->test)}};
  dataset->verified =
      dataset->checksums["train-images"] == trainSha256 && dataset->checksums["test-images"] == testSha256;
  return std::shared_ptr<const Dataset>(std::move(dataset));
}

} // namespace latent
