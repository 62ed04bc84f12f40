// The scales of numbers that are colours, in lines under a panel. Private to ui/plots.
#pragma once

#include "ui/plots/page.h"

#include <QPainter>
#include <QString>

#include <vector>

namespace latent::ui {

struct ColourScale {
  QString name;
  double low = 0, high = 1;
};

/// Of the fields of a plane and of its points' numbers, from top to bottom.
std::vector<ColourScale> scalesOf(const PlanePanel& panel);

/// Each one line where it is wide enough for name and bar, else two.
double scalesHeight(const std::vector<ColourScale>& scales, double width, const PageStyle& style);
void drawScales(QPainter& painter, const QRectF& box, const std::vector<ColourScale>& scales,
                const PageStyle& style);

} // namespace latent::ui
