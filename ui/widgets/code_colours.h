// A colour for each code of a codebook: codes that lie near each other have similar colours.
#pragma once

#include <QColor>

#include <vector>

namespace latent::ui {

/// embedding: [codes, 2], the vectors along their two main directions. The first direction goes from dark to
/// light, the second from blue to yellow (CIELAB), which colour-blind people tell apart. Each direction is
/// spread by rank, so that one far code does not make all others alike.
std::vector<QColor> codeColours(const std::vector<float>& embedding);
/// Black or white, whichever is read better on `ground`.
QColor inkOn(const QColor& ground);

} // namespace latent::ui
