// The points of a plane, which are its classes' colours or shapes. Private to ui/plots.
#pragma once

#include "core/base/plane_frame.h"
#include "core/figure/grey_figure.h"
#include "ui/plots/page.h"

#include <QColor>
#include <QPainter>
#include <QPointF>
#include <QVector>

namespace latent::ui {

/// Marks of one shape and colour, so few objects in a file as can be. `size` is their diameter in units.
void drawMarks(QPainter& painter, PointShape shape, const QColor& colour, double size,
               const QVector<QPointF>& places);

/// The points of a panel inside of its axes, `frame` giving their places.
void drawPoints(QPainter& painter, const PlaneFrame& frame, const PlanePanel& panel, const PageStyle& style);

} // namespace latent::ui
