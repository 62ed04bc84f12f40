// Where encoded data is dense on a plane.
#pragma once

#include "core/base/plane_frame.h"

#include <span>
#include <vector>

namespace latent {

/// Gaussian kernel density of n points (x_i, y_i) at the cells' centres: [rows, columns], row 0 = lowest y,
/// in points' share per unit of area (the whole plane sums to 1). Bandwidth of each axis by Scott's rule,
/// deviation n^(-1/6). Points are shared among the four nearest of at most 320 x 320 bins as narrow as a
/// third of the bandwidth, the bins are smoothed along each axis in turn with the kernel's integral over a
/// bin, and the cells are interpolated: some 10 ms for 10,000 points whatever the grid shows. Points that are
/// no finite numbers are left out; fewer than two different values along an axis give 0 everywhere, having no
/// density. x and y are of equal length, grid.rows and columns >= 1, grid.rect is not empty.
std::vector<float> planeDensity(std::span<const float> x, std::span<const float> y, const TileGrid& grid);

} // namespace latent
