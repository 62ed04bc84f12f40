// A colour for each code of a codebook: codes that lie near each other have similar colours.
#pragma once

#include <QColor>

#include <vector>

namespace latent::ui {

/// latent::codeColours (core/figure/colours.h) for the screen.
std::vector<QColor> codeColours(const std::vector<float>& embedding);
/// Black or white, whichever is read better on `ground`.
QColor inkOn(const QColor& ground);

} // namespace latent::ui
