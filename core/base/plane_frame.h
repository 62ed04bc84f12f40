// The one coordinate frame of the latent plane: tiles, points, rings, ellipses and pointer all go through it,
// in the window and in exported figures, so that they cannot disagree.
#pragma once

#include <cmath>

namespace latent {

/// A point of the plane in latent units or in pixels.
struct PlanePoint {
  double x = 0;
  double y = 0;
  bool operator==(const PlanePoint&) const = default;
};

/// A rectangle of latent space, upper > lower.
struct PlaneRect {
  double left = -3, right = 3, lower = -3, upper = 3;
  double width() const { return right - left; }
  double height() const { return upper - lower; }
  bool operator==(const PlaneRect&) const = default;
};

/// Maps latent units to pixels of a view and back. z2 grows upwards, pixel rows grow downwards; one scale for
/// both axes, so that a circle of the prior is a circle on the screen.
class PlaneFrame {
 public:
  PlaneFrame() = default;
  /// A view of width x height pixels (> 0) that shows unitsPerPixel (> 0) around centre.
  PlaneFrame(PlanePoint centre, double unitsPerPixel, double width, double height)
      : m_centre(centre), m_scale(unitsPerPixel), m_width(width), m_height(height) {}

  PlanePoint toPixel(PlanePoint z) const {
    return {m_width / 2 + (z.x - m_centre.x) / m_scale, m_height / 2 - (z.y - m_centre.y) / m_scale};
  }
  PlanePoint toLatent(PlanePoint pixel) const {
    return {m_centre.x + (pixel.x - m_width / 2) * m_scale, m_centre.y - (pixel.y - m_height / 2) * m_scale};
  }
  /// Length of `units` of latent space in pixels, the same along both axes.
  double toPixels(double units) const { return units / m_scale; }

  PlaneRect visible() const {
    return {m_centre.x - m_width / 2 * m_scale, m_centre.x + m_width / 2 * m_scale,
            m_centre.y - m_height / 2 * m_scale, m_centre.y + m_height / 2 * m_scale};
  }

  /// Zooms so that the latent point under `pixel` stays under it. factor > 1 shows less.
  PlaneFrame zoomedAt(PlanePoint pixel, double factor) const {
    const PlanePoint fixed = toLatent(pixel);
    const double scale = m_scale / factor;
    return {{fixed.x - (pixel.x - m_width / 2) * scale, fixed.y + (pixel.y - m_height / 2) * scale},
            scale,
            m_width,
            m_height};
  }
  PlaneFrame panned(double dxPixels, double dyPixels) const {
    return {{m_centre.x - dxPixels * m_scale, m_centre.y + dyPixels * m_scale}, m_scale, m_width, m_height};
  }
  PlaneFrame resized(double width, double height) const {
    // What was visible stays visible: the shorter side keeps its span.
    const double span = m_scale * std::fmin(m_width, m_height);
    return {m_centre, span / std::fmin(width, height), width, height};
  }
  /// The frame that shows all of `rect` with a margin (fraction of the span).
  static PlaneFrame fitted(PlaneRect rect, double width, double height, double margin = 0.05) {
    const double scale = std::fmax(rect.width() / width, rect.height() / height) * (1 + 2 * margin);
    return {{(rect.left + rect.right) / 2, (rect.lower + rect.upper) / 2}, scale, width, height};
  }

  PlanePoint centre() const { return m_centre; }
  double unitsPerPixel() const { return m_scale; }
  double width() const { return m_width; }
  double height() const { return m_height; }
  bool operator==(const PlaneFrame&) const = default;

 private:
  PlanePoint m_centre;
  double m_scale = 0.01;
  double m_width = 600;
  double m_height = 600;
};

/// A regular grid of tiles over latent space. Tile (row, column) is decoded at its own centre and drawn over
/// [left + column*w, left + (column+1)*w] x [lower + row*h, ...]; row 0 is the lowest z2 (INTERFACE.md,
/// Arrays).
struct TileGrid {
  PlaneRect rect;
  int rows = 20;
  int columns = 20;

  PlanePoint centre(int row, int column) const {
    return {rect.left + (column + 0.5) * rect.width() / columns,
            rect.lower + (row + 0.5) * rect.height() / rows};
  }
  PlaneRect cell(int row, int column) const {
    const double w = rect.width() / columns, h = rect.height() / rows;
    return {rect.left + column * w, rect.left + (column + 1) * w, rect.lower + row * h,
            rect.lower + (row + 1) * h};
  }
  bool operator==(const TileGrid&) const = default;
};

} // namespace latent
