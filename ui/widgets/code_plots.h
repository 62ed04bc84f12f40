// A codebook seen as a whole: how often each code is used, and where the codes lie.
#pragma once

#include <QColor>
#include <QWidget>

#include <cstdint>
#include <vector>

namespace latent::ui {

/// What both plots show.
struct CodebookLook {
  std::vector<int64_t> used;    ///< by code
  std::vector<float> embedding; ///< [codes, 2]; may be empty
  std::vector<QColor> colours;  ///< by code
  int64_t cells() const;        ///< of all maps
};

/// A chosen code, by click or arrow keys.
class CodePlot : public QWidget {
  Q_OBJECT
 public:
  explicit CodePlot(QWidget* parent = nullptr);
  void setCodebook(const CodebookLook& look);
  void setCurrent(int64_t code); ///< -1 = none; does not emit
  int64_t current() const { return m_current; }

 signals:
  void currentChanged(int64_t code); ///< by the person

 protected:
  virtual int64_t codeAt(const QPointF& pixel) const = 0; ///< -1 = none
  virtual int64_t neighbour(int key) const = 0;           ///< for an arrow key; -1 = none
  virtual void arrange() {}                               ///< another codebook
  QString words(int64_t code) const;                      ///< "Code 12: 3.2 % of the cells"
  void paintFocus(QPainter& painter) const;
  bool event(QEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent*) override;

  CodebookLook m_look;
  int64_t m_current = -1;

 private:
  void choose(int64_t code);
  void describe();
};

/// Bars from the most to the least used code.
class UsageBars : public CodePlot {
  Q_OBJECT
 public:
  explicit UsageBars(QWidget* parent = nullptr);
  QRectF barRect(int64_t code) const;
  QSize sizeHint() const override { return {380, 120}; }
  QSize minimumSizeHint() const override { return {120, 56}; }

 protected:
  int64_t codeAt(const QPointF& pixel) const override;
  int64_t neighbour(int key) const override;
  void arrange() override;
  void paintEvent(QPaintEvent*) override;

 private:
  std::vector<int64_t> m_order; ///< most used first
  std::vector<size_t> m_place;  ///< by code
};

/// Codes along their two main directions; the area of a disc is its code's share of the cells, dead codes are
/// crosses.
class CodeScatter : public CodePlot {
  Q_OBJECT
 public:
  explicit CodeScatter(QWidget* parent = nullptr);
  QPointF pixelOf(int64_t code) const;
  QSize sizeHint() const override { return {200, 200}; }
  QSize minimumSizeHint() const override { return {120, 96}; }

 protected:
  int64_t codeAt(const QPointF& pixel) const override;
  int64_t neighbour(int key) const override;
  void arrange() override;
  void paintEvent(QPaintEvent*) override;

 private:
  double radiusOf(int64_t code) const;
  float m_low[2] = {0, 0}, m_high[2] = {0, 0}; ///< of the embedding
  int64_t m_most = 1;                          ///< uses of the most used code
};

} // namespace latent::ui
