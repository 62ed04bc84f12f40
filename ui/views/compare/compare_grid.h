// The one grid of Compare: lines of pictures with labels, columns with heads. Columns scroll sideways, lines
// downwards; labels and heads stay.
#pragma once

#include "ui/views/compare/grid_layout.h"

#include <QAbstractScrollArea>
#include <QColor>
#include <QImage>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace latent::ui {

struct GridColumn {
  QString label; ///< "σ 0.5", "7"
  QString words; ///< all of it, for the tooltip and for who cannot see the picture
  QImage image;  ///< above the column; null = none
};

struct GridLine {
  QString letter, label, note; ///< "A", "VAE z2", "epoch 12"
  QString detail;              ///< a further line of text: what this line shows of the run
  QColor mark;                 ///< of the run
  QString sentence;            ///< instead of pictures: why there are none
  QImage lead;                 ///< between the label and the pictures; null = none
  bool active = false;
  bool groupStart = false;
};

struct GridCell {
  QImage image; ///< null while it is not known
  QImage under; ///< what a wipe uncovers; null = nothing
  QString words;
  QString badge;      ///< in the lower corner: what is read in it
  bool warns = false; ///< the badge says that something is lost
  bool taken = false; ///< it is what the window's Focus stands at
};

/// Cells that are wholly or partly seen: lines [firstLine, endLine), columns likewise.
struct GridWindow {
  int firstLine = 0, endLine = 0, firstColumn = 0, endColumn = 0;
  bool contains(int line, int column) const {
    return line >= firstLine && line < endLine && column >= firstColumn && column < endColumn;
  }
  bool operator==(const GridWindow&) const = default;
};

/// Pictures at one whole scale, nearest neighbour. Arrow keys move the current cell, Enter takes it; a click
/// does both, a double click opens. A drag across a picture, and W while held, wipe to what lies under it.
class CompareGrid : public QAbstractScrollArea {
  Q_OBJECT
 public:
  explicit CompareGrid(QWidget* parent = nullptr);

  /// `image`: size of the largest picture in its own pixels. `leadTitle` stands above the leading pictures.
  /// `columnsInView`: as GridLayoutInput.
  void setFrame(const QSize& image, std::vector<GridColumn> columns, std::vector<GridLine> lines,
                const QString& leadTitle, int columnsInView);
  void setCell(int line, int column, GridCell cell); ///< places that do not exist are ignored
  const GridCell& cell(int line, int column) const;  ///< an empty one outside
  void setSentence(int line, const QString& sentence);
  void setTakenColumn(int column); ///< its head is outlined; -1 = none
  void setZoom(int steps);

  int lineCount() const { return static_cast<int>(m_lines.size()); }
  int columnCount() const { return static_cast<int>(m_columns.size()); }
  const GridLine& line(int line) const { return m_lines[static_cast<size_t>(line)]; }
  const GridColumn& column(int column) const { return m_columns[static_cast<size_t>(column)]; }
  GridWindow seen() const;
  int scale() const { return m_layout.scale(); }
  /// Where a cell is painted, in pixels of viewport(); for tests.
  QRectF cellRect(int line, int column) const;
  QRectF headRect(int column) const;
  int currentLine() const { return m_line; }
  int currentColumn() const { return m_column; }
  void setCurrent(int line, int column);
  /// Height at which every line is seen without scrolling, at most `room`.
  int heightFor(int room) const;
  bool wiping() const { return m_wipe.has_value(); }

 signals:
  void seenChanged(); ///< other cells came into view
  void cellTaken(int line, int column);
  void cellOpened(int line, int column);
  void columnTaken(int column);
  void lineTaken(int line);
  void currentChanged(int line, int column);

 protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void scrollContentsBy(int dx, int dy) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseMoveEvent(QMouseEvent*) override;
  void mouseReleaseEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;
  void focusOutEvent(QFocusEvent*) override;
  void wheelEvent(QWheelEvent*) override;
  bool viewportEvent(QEvent*) override;

 private:
  struct Place {
    int line = -1, column = -1;
    bool head = false, label = false;
    bool isCell() const { return line >= 0 && column >= 0; }
  };
  GridLayoutInput layoutInput(const QSizeF& room) const;
  GridLayout layoutIn(QSizeF room) const;
  void adapt();
  void noteSeen();
  Place placeAt(const QPointF& pixel) const;
  QPointF scrolled() const; ///< pixels that the content has moved left and up
  void reveal(int line, int column);
  void moveCurrent(int lines, int columns);
  void setWipe(std::optional<double> share);
  void describe();
  QString wordsOf(int line, int column) const;
  void paintCells(QPainter& painter) const;
  void paintBadge(QPainter& painter, const QRectF& place, const GridCell& picture) const;
  void paintHeads(QPainter& painter) const;
  void paintLabels(QPainter& painter) const;
  void paintLabel(QPainter& painter, int line, const QRectF& box) const;

  QSize m_image;
  std::vector<GridColumn> m_columns;
  std::vector<GridLine> m_lines;
  std::vector<std::vector<GridCell>> m_cells;
  QString m_leadTitle;
  int m_columnsInView = 9;
  GridLayout m_layout;
  GridWindow m_seen;
  int m_line = 0, m_column = 0, m_takenColumn = -1, m_zoom = 0;
  std::optional<double> m_wipe; ///< share of each picture, from the left, that is wiped to what lies under it
  Place m_pressed;
  QPointF m_pressedAt;
};

} // namespace latent::ui
