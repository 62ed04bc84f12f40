// What a person chose of a figure's page, as its provenance holds it.
#pragma once

#include "core/base/json.h"
#include "core/figure/figure.h"

namespace latent {

/// {"widthMm", "heightMm", "fontPoints", "title", "panelColumns", "dpi"}: provenance["page"].
Json pageOf(const Figure& figure, double dpi);

/// Height, font and title of such a page. Its width and its panels in a row are what the panels were made
/// for. Keys that are missing or out of range leave the figure as it is.
void applyPage(const Json& page, Figure& figure);

/// A number of a page from `low` to `high`, else `otherwise`.
double pageNumber(const Json& page, const char* key, double low, double high, double otherwise);

} // namespace latent
