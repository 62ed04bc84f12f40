// What the image and vector formats need beyond a painter: provenance inside the file, and an exact page.
// Private to ui/plots.
#pragma once

#include "core/figure/figure.h"

#include <QByteArray>
#include <QSizeF>
#include <QString>

#include <optional>

namespace latent::ui {

/// The provenance as one line of JSON, ASCII only so that every format can hold it.
QByteArray provenanceText(const Figure& figure);

/// An XMP packet with title, program and provenance.
QByteArray xmpPacket(const Figure& figure);

/// A PDF written by QPdfWriter, whose pages are whole points large, with the one page cropped to this size in
/// points from its lower left corner. Nothing where the file does not look as expected.
std::optional<QByteArray> withPageSize(QByteArray pdf, const QSizeF& points);

/// Size in millimetres, provenance in <metadata>, images that no viewer smooths unless that was chosen, a
/// fallback for the font.
QByteArray finishedSvg(const QByteArray& svg, const Figure& figure, const QSizeF& millimetres);

QString programName(); ///< for Creator and Software

} // namespace latent::ui
