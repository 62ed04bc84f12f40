// Draws a Figure to png, pdf or svg at its size in millimetres, with the plot classes that the window uses.
#pragma once

#include "core/base/result.h"
#include "core/figure/figure.h"

#include <QString>

namespace latent::ui {

/// Chooses by the extension of `file`. The file appears whole or not at all (QSaveFile). png: `dpi` dots an
/// inch, written into the file. pdf: fonts embedded as text, Title and provenance as XMP. svg: valid,
/// provenance in <metadata>. Light theme always, bundled font. Work error with the reason; usage error for
/// another extension.
Status paintFigure(const Figure& figure, const QString& file, double dpi);

} // namespace latent::ui
