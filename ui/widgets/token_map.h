// A map of codes as a grid of coloured cells with their numbers, or the image that the cells stand for.
#pragma once

#include <QColor>
#include <QImage>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace latent::ui {

/// Arrow keys and clicks choose a cell; digits are handed on, so that a number can be typed. Cells that
/// differ from the input's own code have a corner folded. A map of one row stands for the whole image: it is
/// wrapped into a square, and an image has no cells.
class TokenMap : public QWidget {
  Q_OBJECT
 public:
  explicit TokenMap(QWidget* parent = nullptr);

  void setTokens(int rows, int columns, const std::vector<int64_t>& tokens);
  const std::vector<int64_t>& tokens() const { return m_tokens; }
  void setOwn(const std::vector<int64_t>& tokens); ///< of the input; empty = nothing is compared
  void setColours(const std::vector<QColor>& byCode);
  /// While a map is drawn: cells from this one on are not drawn yet. -1 = all are.
  void setDrawn(int cells);
  void setCurrent(int cell); ///< -1 = none; does not emit
  int current() const { return m_current; }
  void setImage(const QImage& image);   ///< shown in place of the codes, at an integer scale
  void setImageSize(const QSize& size); ///< the map is as large as this image would be
  void setPlaceholder(const QString& text);
  QRectF cellRect(int cell) const; ///< null outside of the map

  QSize sizeHint() const override { return {280, 280}; }

 signals:
  void currentChanged(int cell); ///< by the person
  void digitTyped(int digit);
  void activated(int cell); ///< Enter, Space or a double-click

 protected:
  bool event(QEvent*) override;
  void paintEvent(QPaintEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void mouseDoubleClickEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;

 private:
  int across() const; ///< cells beside each other on the screen
  int down() const;
  QRectF area() const;
  int cellAt(const QPointF& pixel) const;
  void choose(int cell);
  void describe();
  void paintCodes(QPainter& painter);

  int m_rows = 0, m_columns = 0;
  std::vector<int64_t> m_tokens, m_own;
  std::vector<QColor> m_colours;
  QImage m_image;
  QSize m_imageSize;
  QString m_placeholder;
  bool m_showsImage = false;
  int m_drawn = -1;
  int m_current = -1;
};

} // namespace latent::ui
