// What is drawn over tiles and points: rings, axes, class names, the posterior, the pointer.
#pragma once

#include "core/base/plane_frame.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/plane_points.h"
#include "ui/widgets/plane_ticks.h"

#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

class QPainter;

namespace latent::ui {

struct ThemeColours;

inline constexpr double axisBottom = 20, axisLeft = 34; ///< widget pixels that ticks and labels take

/// Circles of the prior around its mean, each named by its radius in standard deviations.
void drawRings(QPainter& painter, const PlaneFrame& frame, PlanePoint centre,
               const std::vector<double>& radii, const ThemeColours& theme);
/// Tick labels inside the lower and left edge, over a scrim: in latent units, or as quantiles of a prior with
/// this mean and variance 1 along both axes, each at its true place.
void drawAxes(QPainter& painter, const PlaneFrame& frame, const QString& xLabel, const QString& yLabel,
              const std::optional<PlanePoint>& priorMean, const ThemeColours& theme);
/// Names at the medians, moved apart where they would cover each other.
void drawClassNames(QPainter& painter, const PlaneFrame& frame, const std::vector<PlaneClass>& classes,
                    std::optional<int64_t> isolated, const ThemeColours& theme);

/// The ellipse of one standard deviation: the middle of its line runs at sigma times the axis scale.
void drawEllipse(QPainter& painter, const PlaneFrame& frame, const PlaneEllipse& ellipse,
                 const ThemeColours& theme);
/// The same line alone, thin: one of many, by default in the text's colour.
void drawThinEllipse(QPainter& painter, const PlaneFrame& frame, const PlaneEllipse& ellipse,
                     const ThemeColours& theme);
QRectF ellipseBounds(const PlaneFrame& frame, const PlaneEllipse& ellipse);
/// Where the code of the input lies: a diamond.
void drawSubject(QPainter& painter, const QPointF& pixel, const ThemeColours& theme);
/// Ring and crosshair in white on black, so that both show on any ground; the very point stays visible.
void drawCursor(QPainter& painter, const QPointF& pixel, const ThemeColours& theme);
/// A point that follows another plane's: the ring alone, broken.
void drawLinkedCursor(QPainter& painter, const QPointF& pixel);
/// All that drawCursor or drawSubject may touch.
QRectF markBounds(const QPointF& pixel);
void drawLasso(QPainter& painter, const QPolygonF& path, const ThemeColours& theme);
/// A few words each in the middle above the lower axis.
void drawNotes(QPainter& painter, const QRectF& area, const QStringList& lines, const ThemeColours& theme);
/// One sentence in the middle of `area`.
void drawNotice(QPainter& painter, const QRectF& area, const QString& text, const ThemeColours& theme);

} // namespace latent::ui
