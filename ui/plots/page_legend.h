// The legend of a page: one for all its curves, above the panels, in columns. Private to ui/plots.
#pragma once

#include "ui/plots/page.h"

#include <QPen>
#include <QString>

#include <vector>

namespace latent::ui {

class PageLegend {
 public:
  /// Of all panels that want a legend; equal entries stand there once.
  PageLegend(const Figure& figure, double width, const PageStyle& style);

  double height() const; ///< with the gap below; 0 without entries
  double
  extraHeight() const; ///< of the rows beyond the second: so much higher a page of given height becomes
  void draw(QCPPainter& painter, const QPointF& topLeft) const;

 private:
  struct Entry {
    QString text;
    QPen pen;
    QCPScatterStyle sample; ///< none where the line says enough
    QPointF at;             ///< top left of its row
  };
  void arrange(double width);

  std::vector<Entry> m_entries;
  const PageStyle& m_style;
  int m_rows = 0;
  double m_rowHeight = 0;
};

} // namespace latent::ui
