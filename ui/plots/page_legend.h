// The legend of a page: one for all its curves and classes. Private to ui/plots.
#pragma once

#include "core/figure/grey_figure.h"
#include "ui/plots/page.h"

#include <QPen>
#include <QSizeF>
#include <QStringList>

#include <optional>
#include <vector>

namespace latent::ui {

class PageLegend {
 public:
  /// Of all panels that want a legend; equal entries stand there once. Classes are in it where they are named
  /// nowhere else, or where their points are shapes.
  PageLegend(const Figure& figure, const PageStyle& style);

  bool isEmpty() const { return m_entries.empty(); }
  int rows() const { return m_rows; }
  double rowHeight() const { return m_rowHeight; }
  QSizeF size() const { return m_size; } ///< once arranged; nothing without entries

  /// As many columns as fit, filled downwards. A single row ends where the axes end.
  void arrangeAcross(double width);
  /// One entry below the other, words broken so that none is wider than `width`.
  void arrangeDown(double width);

  void draw(QCPPainter& painter, const QPointF& topLeft) const;

 private:
  struct Entry {
    QString text;
    std::optional<QPen> line;
    QCPScatterStyle sample;          ///< none where the line says enough
    std::optional<PointShape> shape; ///< of a class' points
    QColor ink;                      ///< theirs
    QStringList shown;               ///< the text in lines
    QPointF at;                      ///< top left of its row
  };
  void addCurves(const CurvesPanel& panel);
  void addClasses(const PlanePanel& panel);
  bool isKnown(const Entry& entry) const;
  double sampleWidth() const; ///< of lines or of marks alone, with the gap to the words

  std::vector<Entry> m_entries;
  const PageStyle& m_style;
  int m_rows = 0;
  double m_rowHeight = 0;
  QSizeF m_size{0, 0};
};

} // namespace latent::ui
