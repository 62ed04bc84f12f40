// Where title, legend and panels stand on a page. Private to ui/plots.
#pragma once

#include "ui/plots/page.h"
#include "ui/plots/page_legend.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <vector>

namespace latent::ui {

struct PageLayout {
  PageLegend legend;
  QPointF legendAt;
  QRectF title;
  std::vector<QRectF> cells; ///< of the panels
  QSizeF size;               ///< of the page in units
};

/// A page without a height is as high as its content wants. On a page of given height, curves and bars fill
/// what is free, planes and images keep their shape and stand in the middle; where they would be small,
/// panels stand in more columns than the figure says. The height is exact, but for a legend that would take
/// more than two fifths of it: that makes the page higher. `style` must outlive the layout.
PageLayout layOutPage(const Figure& figure, const PageStyle& style);

} // namespace latent::ui
