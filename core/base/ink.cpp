#include "core/base/ink.h"

#include <algorithm>
#include <cmath>

namespace latent {
namespace {

// In pixels of an image of 28.
constexpr double boxSide = 20;
constexpr double penRadius = 1.2;
constexpr double penEdge = 1.4;      ///< width over which the pen fades from full to nothing
constexpr double largestScale = 112; ///< of the whole pad: a dot stays one, at four times the size of the pad
constexpr float inkFrom = 0.1F;

struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

Box boxOf(const std::vector<InkStroke>& strokes) {
  Box box{1e9, 1e9, -1e9, -1e9};
  for (const InkStroke& stroke : strokes)
    for (const InkPoint& point : stroke) {
      box.left = std::min(box.left, double{point.x});
      box.right = std::max(box.right, double{point.x});
      box.top = std::min(box.top, double{point.y});
      box.bottom = std::max(box.bottom, double{point.y});
    }
  return box;
}

/// One channel with rows and columns.
struct Grey {
  int width = 0, height = 0;
  std::vector<float> values;
  float& at(int x, int y) {
    return values[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
  float at(int x, int y) const {
    return values[static_cast<size_t>(y) * static_cast<size_t>(width) + static_cast<size_t>(x)];
  }
};

Grey blank(int width, int height) {
  return {width, height, std::vector<float>(static_cast<size_t>(width) * static_cast<size_t>(height), 0.0F)};
}

Image onAllChannels(const Grey& grey, const ImageShape& shape) {
  Image image{shape, {}};
  image.pixels.reserve(static_cast<size_t>(shape.pixels()));
  for (int c = 0; c < shape.channels; ++c)
    image.pixels.insert(image.pixels.end(), grey.values.begin(), grey.values.end());
  return image;
}

/// From a place on the pad to pixels.
struct Placement {
  double scale = 1, x = 0, y = 0;
};

double distance(double x, double y, double ax, double ay, double bx, double by) {
  const double dx = bx - ax, dy = by - ay, length = dx * dx + dy * dy;
  const double t = length > 0 ? std::clamp(((x - ax) * dx + (y - ay) * dy) / length, 0.0, 1.0) : 0.0;
  return std::hypot(x - ax - t * dx, y - ay - t * dy);
}

void drawLine(Grey& grey, double ax, double ay, double bx, double by, double unit) {
  const double reach = (penRadius + penEdge / 2) * unit;
  const auto from = [reach](double a, double b) {
    return std::max(0, static_cast<int>(std::floor(std::min(a, b) - reach)));
  };
  const auto to = [reach](double a, double b, int size) {
    return std::min(size - 1, static_cast<int>(std::ceil(std::max(a, b) + reach)));
  };
  for (int y = from(ay, by); y <= to(ay, by, grey.height); ++y)
    for (int x = from(ax, bx); x <= to(ax, bx, grey.width); ++x) {
      const double depth = penRadius * unit - distance(x, y, ax, ay, bx, by);
      const auto ink = static_cast<float>(std::clamp(depth / (penEdge * unit) + 0.5, 0.0, 1.0));
      grey.at(x, y) = std::max(grey.at(x, y), ink);
    }
}

Grey draw(const std::vector<InkStroke>& strokes, const Placement& placement, const ImageShape& shape,
          double unit) {
  Grey grey = blank(shape.width, shape.height);
  const auto x = [&](const InkPoint& point) { return point.x * placement.scale + placement.x; };
  const auto y = [&](const InkPoint& point) { return point.y * placement.scale + placement.y; };
  for (const InkStroke& stroke : strokes)
    for (size_t i = 0; i < stroke.size(); ++i) {
      const InkPoint& before = stroke[i == 0 ? 0 : i - 1]; // a single point is a dot
      drawLine(grey, x(before), y(before), x(stroke[i]), y(stroke[i]), unit);
    }
  return grey;
}

/// Mean over the part of the picture that a pixel of the result covers.
float mean(const Grey& picture, double left, double top, double right, double bottom) {
  double sum = 0, area = 0;
  for (int y = static_cast<int>(top); y < std::min<double>(picture.height, bottom); ++y)
    for (int x = static_cast<int>(left); x < std::min<double>(picture.width, right); ++x) {
      const double part = (std::min<double>(right, x + 1) - std::max<double>(left, x)) *
                          (std::min<double>(bottom, y + 1) - std::max<double>(top, y));
      sum += part * static_cast<double>(picture.at(x, y));
      area += part;
    }
  return area > 0 ? static_cast<float>(sum / area) : 0.0F;
}

Grey greyOf(const Image& image) {
  Grey grey = blank(image.shape.width, image.shape.height);
  const size_t plane = grey.values.size();
  // ITU-R BT.601 for colour.
  constexpr float weights[] = {0.299F, 0.587F, 0.114F};
  for (size_t i = 0; i < plane; ++i) {
    if (image.shape.channels != 3) {
      grey.values[i] = image.pixels[i];
      continue;
    }
    for (size_t c = 0; c < 3; ++c) grey.values[i] += weights[c] * image.pixels[c * plane + i];
  }
  return grey;
}

/// False for a uniform picture.
bool stretch(Grey& grey) {
  std::vector<float> sorted = grey.values;
  const auto middle = sorted.begin() + static_cast<long>(sorted.size() / 2);
  std::ranges::nth_element(sorted, middle);
  const float ground = *middle, brightest = *std::ranges::max_element(grey.values);
  if (!(brightest > ground)) return false;
  for (float& value : grey.values) value = std::clamp((value - ground) / (brightest - ground), 0.0F, 1.0F);
  return true;
}

std::optional<MassCentre> centreOf(const Grey& grey) {
  return centreOfMass({{1, grey.height, grey.width}, grey.values});
}

} // namespace

std::optional<MassCentre> centreOfMass(const Image& image) {
  double mass = 0, sumX = 0, sumY = 0;
  size_t at = 0;
  for (int c = 0; c < image.shape.channels; ++c)
    for (int y = 0; y < image.shape.height; ++y)
      for (int x = 0; x < image.shape.width; ++x, ++at) {
        const double value = static_cast<double>(image.pixels[at]);
        mass += value;
        sumX += value * x;
        sumY += value * y;
      }
  if (!(mass > 0)) return std::nullopt;
  return MassCentre{sumX / mass, sumY / mass};
}

Image renderInk(const std::vector<InkStroke>& strokes, const ImageShape& shape) {
  const Box box = boxOf(strokes);
  if (box.right < box.left) return onAllChannels(blank(shape.width, shape.height), shape);
  const double unit = std::min(shape.width, shape.height) / 28.0;
  const double room = (boxSide - 2 * penRadius) * unit;
  const double extent = std::max(box.width(), box.height());
  Placement placement;
  placement.scale = extent > 0 ? std::min(room / extent, largestScale * unit) : largestScale * unit;
  placement.x = shape.width / 2.0 - placement.scale * (box.left + box.right) / 2;
  placement.y = shape.height / 2.0 - placement.scale * (box.top + box.bottom) / 2;
  const Grey first = draw(strokes, placement, shape, unit);
  const std::optional<MassCentre> centre = centreOf(first);
  if (!centre) return onAllChannels(first, shape);
  // Ink keeps within the picture, whose middles of pixels reach from 0 to size - 1.
  const auto shift = [&](double middle, double size, double half) {
    const double free = std::max(0.0, size / 2 - 1 - half - penRadius * unit);
    return std::clamp(size / 2 - middle, -free, free);
  };
  placement.x += shift(centre->x, shape.width, placement.scale * box.width() / 2);
  placement.y += shift(centre->y, shape.height, placement.scale * box.height() / 2);
  return onAllChannels(draw(strokes, placement, shape, unit), shape);
}

Image fitInk(const Image& picture, const ImageShape& shape) {
  Grey result = blank(shape.width, shape.height);
  if (picture.empty()) return onAllChannels(result, shape);
  Grey grey = greyOf(picture);
  if (!stretch(grey)) return onAllChannels(result, shape);
  int left = grey.width, top = grey.height, right = -1, bottom = -1;
  for (int y = 0; y < grey.height; ++y)
    for (int x = 0; x < grey.width; ++x)
      if (grey.at(x, y) > inkFrom) {
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = std::max(bottom, y);
      }
  const double unit = std::min(shape.width, shape.height) / 28.0;
  const double pitch = std::max(right - left + 1, bottom - top + 1) / std::round(boxSide * unit);
  Grey scaled = blank(std::clamp(static_cast<int>(std::lround((right - left + 1) / pitch)), 1, shape.width),
                      std::clamp(static_cast<int>(std::lround((bottom - top + 1) / pitch)), 1, shape.height));
  for (int y = 0; y < scaled.height; ++y)
    for (int x = 0; x < scaled.width; ++x)
      scaled.at(x, y) =
          mean(grey, left + x * pitch, top + y * pitch, left + (x + 1) * pitch, top + (y + 1) * pitch);
  const MassCentre centre = centreOf(scaled).value_or(MassCentre{scaled.width / 2.0, scaled.height / 2.0});
  const int right0 = shape.width - scaled.width, bottom0 = shape.height - scaled.height;
  const int x0 = std::clamp(static_cast<int>(std::lround(shape.width / 2.0 - centre.x)), 0, right0);
  const int y0 = std::clamp(static_cast<int>(std::lround(shape.height / 2.0 - centre.y)), 0, bottom0);
  for (int y = 0; y < scaled.height; ++y)
    for (int x = 0; x < scaled.width; ++x) result.at(x0 + x, y0 + y) = scaled.at(x, y);
  return onAllChannels(result, shape);
}

} // namespace latent
