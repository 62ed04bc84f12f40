// Where the pictures of a CompareGrid lie: plain arithmetic, one integer scale for all.
#pragma once

#include <QRectF>
#include <QSize>

#include <vector>

namespace latent::ui {

/// What the layout follows from. Lengths in widget pixels unless they say otherwise.
struct GridLayoutInput {
  QSize image;      ///< of the largest picture, in its own pixels
  QSizeF room;      ///< of the whole grid
  double ratio = 1; ///< device pixels to a widget pixel
  int columns = 0;
  int columnsInView = 9;         ///< the scale grows with the room while so many are still seen
  std::vector<bool> groupStarts; ///< one a line: a wider gap above it
  bool headImages = false;       ///< pictures above the columns
  int headTexts = 1;             ///< lines of text above the columns
  bool leadImages = false;       ///< pictures between the labels and the columns
  int zoom = 0;                  ///< steps of the person above or below the fitting scale
};

class GridLayout {
 public:
  static constexpr int labelWidth = 120;
  static constexpr int smallestCell = 56;
  static constexpr int gap = 4;

  GridLayout() = default;
  explicit GridLayout(const GridLayoutInput& input);

  int scale() const { return m_scale; } ///< device pixels to a picture's pixel
  QSizeF cell() const { return m_cell; }
  double bodyLeft() const { return m_left; }        ///< right of labels and leading pictures
  double bodyTop() const { return m_top; }          ///< below the heads
  double contentWidth() const;                      ///< of all columns
  double contentHeight() const { return m_height; } ///< of all lines
  double columnPitch() const { return m_cell.width() + gap; }
  double linePitch() const { return m_cell.height() + gap; }
  int columns() const { return m_columns; }
  int lines() const { return static_cast<int>(m_tops.size()); }

  /// Of a cell, before scrolling, on whole device pixels.
  QRectF cellRect(int line, int column) const;
  double lineTop(int line) const { return m_tops[static_cast<size_t>(line)]; } ///< below bodyTop
  QRectF headImageRect(int column) const;
  QRectF leadRect(int line) const;
  /// Of a place in the content (pixels right of bodyLeft, below bodyTop); -1 in gaps and outside.
  int columnAt(double x) const;
  int lineAt(double y) const;

 private:
  GridLayoutInput m_input;
  int m_columns = 0, m_scale = 1;
  QSizeF m_cell;
  double m_left = labelWidth, m_top = 0, m_height = 0;
  std::vector<double> m_tops;
};

} // namespace latent::ui
