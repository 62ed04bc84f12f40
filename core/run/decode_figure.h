// Images of latent points, as a figure.
#pragma once

#include "core/run/figures.h"

#include <vector>

namespace latent {

/// z: [n, K], n >= 1. The images in rows of ten. Usage error: a model of tokens, points of another size.
Result<Figure> decodeFigure(const FigureSource& source, const std::vector<float>& z, double widthMm,
                            JobControl& control);

} // namespace latent
