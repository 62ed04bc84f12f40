// What lies over the tiles of a plane: fields, rings, posteriors, names, marks. Private to ui/plots.
#pragma once

#include "core/base/plane_frame.h"
#include "ui/plots/page.h"

#include <QPainter>

namespace latent::ui {

void drawFields(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style);
void drawRings(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style);
void drawEllipses(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel,
                  const PageStyle& style);
/// Each class' name at the median of its points, moved up or down where another one is.
void drawNames(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style);
void drawPlaces(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style);

} // namespace latent::ui
