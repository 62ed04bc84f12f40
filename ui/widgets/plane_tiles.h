// Tiles of the latent plane as one image, drawn into exactly the rectangle of latent space they were decoded
// for.
#pragma once

#include "core/base/plane_frame.h"
#include "ui/widgets/latent_plane.h"

#include <QImage>
#include <QRectF>

class QPainter;

namespace latent::ui {

/// One RGB32 image, row 0 of the grid at the bottom. Null when sizes and pixel count do not agree, or the
/// rectangle is empty: what came damaged is not shown.
QImage composeTiles(const PlaneTiles& tiles);

/// Where a rectangle of latent space lies in widget pixels.
QRectF pixelRect(const PlaneFrame& frame, const PlaneRect& rect);

/// `scale`: device pixels per widget pixel of the painter's device. From twofold enlargement on every device
/// pixel shows the image pixel under its centre; below, interpolation hides the uneven columns of a
/// fractional scale.
void drawTiles(QPainter& painter, const QImage& image, const PlaneRect& rect, const PlaneFrame& frame,
               double scale);

} // namespace latent::ui
