#include "core/data/shapes.h"

#include <cmath>
#include <cstring>
#include <numbers>
#include <stdexcept>

namespace latent {

namespace {

constexpr int side = 64;
constexpr int shapes = 3;
constexpr int scales = 6;
constexpr int orientations = 40;
constexpr int places = 32;
constexpr int firstPlace = 16; // pixels; shapes reach less than 16 from their centre

// In pixels at size 1. Chosen so that no pixel centre lies on an edge at right angles, where rounding would
// decide.
constexpr double squareHalfSide = 9.27;
constexpr double ellipseHalfWidth = 13.13;
constexpr double ellipseHalfHeight = 6.71;
constexpr double heartUnit = 10.41;
constexpr double heartCentre = 0.2935; // centre of mass of the heart curve, in its units, upwards

/// Whether (u, v), in pixels at size 1 from the centre, v upwards, lies inside the upright shape.
bool inside(int shape, double u, double v) {
  if (shape == 0) return std::abs(u) < squareHalfSide && std::abs(v) < squareHalfSide;
  if (shape == 1) {
    const double a = u / ellipseHalfWidth;
    const double b = v / ellipseHalfHeight;
    return a * a + b * b < 1;
  }
  // The heart curve (x^2 + y^2 - 1)^3 = x^2 y^3.
  const double x = u / heartUnit;
  const double y = v / heartUnit + heartCentre;
  const double ring = x * x + y * y - 1;
  return ring * ring * ring < x * x * y * y * y;
}

double sizeOf(int scale) {
  return 0.5 + scale / 10.0;
}
double angleOf(int orientation) {
  return 2 * std::numbers::pi * orientation / orientations;
}

class ShapeSplit final : public Split {
 public:
  ShapeSplit(int64_t first, int64_t count) : m_first(first), m_count(count) {}

  int64_t size() const override { return m_count; }
  ImageShape shape() const override { return {1, side, side}; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    for (const int64_t i : indices) {
      drawShape(at(i), out);
      out += size_t{side} * side;
    }
  }
  int64_t label(int64_t i) const override { return at(i).shape; }
  std::vector<float> factors(int64_t i) const override {
    const ShapeFactors one = at(i);
    return {static_cast<float>(one.shape), static_cast<float>(sizeOf(one.scale)),
            static_cast<float>(angleOf(one.orientation)), static_cast<float>(one.x) / (places - 1),
            static_cast<float>(one.y) / (places - 1)};
  }

 private:
  ShapeFactors at(int64_t i) const {
    if (i < 0 || i >= m_count) throw std::out_of_range("Split: index out of range.");
    return shapeAt(shuffledShape(m_first + i));
  }

  int64_t m_first;
  int64_t m_count;
};

} // namespace

ShapeFactors shapeAt(int64_t gridIndex) {
  const auto take = [&gridIndex](int count) {
    const auto digit = static_cast<int>(gridIndex % count);
    gridIndex /= count;
    return digit;
  };
  ShapeFactors factors;
  factors.y = take(places);
  factors.x = take(places);
  factors.orientation = take(orientations);
  factors.scale = take(scales);
  factors.shape = take(shapes);
  return factors;
}

int64_t shapeGridIndex(const ShapeFactors& factors) {
  return (((int64_t{factors.shape} * scales + factors.scale) * orientations + factors.orientation) * places +
          factors.x) *
             places +
         factors.y;
}

void drawShape(const ShapeFactors& factors, uint8_t* out) {
  std::memset(out, 0, size_t{side} * side);
  const double size = sizeOf(factors.scale);
  const double cosine = std::cos(angleOf(factors.orientation)) / size;
  const double sine = std::sin(angleOf(factors.orientation)) / size;
  for (int dy = -firstPlace + 1; dy < firstPlace; ++dy) {
    uint8_t* row = out + static_cast<ptrdiff_t>(firstPlace + factors.y + dy) * side + firstPlace + factors.x;
    for (int dx = -firstPlace + 1; dx < firstPlace; ++dx) {
      // Turning the pixel back, anticlockwise on the screen, instead of turning the shape.
      const double u = cosine * dx + sine * dy;
      const double v = sine * dx - cosine * dy;
      if (inside(factors.shape, u, v)) row[dx] = 255;
    }
  }
}

int64_t shuffledShape(int64_t item) {
  // A bijection of 20 bits (each line is invertible), walked along until it lands inside the grid.
  constexpr uint32_t mask = (1U << 20) - 1;
  auto bits = static_cast<uint32_t>(item);
  do {
    for (const uint32_t factor : {0x9E375U, 0x5BD1FU, 0xC2B2DU}) {
      bits ^= bits >> 11;
      bits = bits * factor & mask;
      bits ^= bits >> 7;
    }
  } while (bits >= shapeCount);
  return bits;
}

std::shared_ptr<const Dataset> makeShapes() {
  auto dataset = std::make_shared<Dataset>();
  dataset->id = "shapes";
  dataset->name = "Shapes (dSprites grid)";
  dataset->shape = {1, side, side};
  dataset->classes = {"square", "ellipse", "heart"};
  dataset->factors = {"shape", "scale", "orientation", "x", "y"};
  dataset->verified = true; // a rule, not a file: there is nothing that could be damaged
  dataset->train = std::make_shared<ShapeSplit>(shapeTestCount, shapeCount - shapeTestCount);
  dataset->test = std::make_shared<ShapeSplit>(0, shapeTestCount);
  return dataset;
}

} // namespace latent
