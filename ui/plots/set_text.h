// Running text of a report, broken into lines. Private to ui/plots.
#pragma once

#include <QColor>
#include <QFont>
#include <QString>
#include <QTextLayout>

#include <memory>
#include <string>
#include <vector>

class QPainter;

namespace latent::ui {

/// How text of a report is set; lengths in units (page.h).
struct TextStyle {
  TextStyle(double points, bool medium = false);

  QFont font;
  QColor colour;
  double lineHeight = 1.35; ///< of the font's size
  double size;              ///< of the font
};

/// One paragraph; N_z has its z set lower (core/figure/report.h).
class SetText {
 public:
  /// `lead` stands before it in medium weight: "Figure 1."
  SetText(const std::string& text, double width, const TextStyle& style, const QString& lead = {});

  int lines() const { return m_layout->lineCount(); }
  double lineHeight() const { return m_lineHeight; }
  double height() const { return lines() * m_lineHeight; }
  double width() const; ///< of the longest line
  /// The upper left corner of the first of these lines lies at `at`.
  void draw(QPainter& painter, const QPointF& at, int first, int count) const;
  void draw(QPainter& painter, const QPointF& at) const { draw(painter, at, 0, lines()); }

 private:
  std::unique_ptr<QTextLayout> m_layout;
  QColor m_colour;
  double m_lineHeight;
};

} // namespace latent::ui
