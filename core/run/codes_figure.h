// The map of codes of an image and the codebook's use, as a figure.
#pragma once

#include "core/base/focus.h"
#include "core/run/figures.h"

#include <cstdint>
#include <vector>

namespace latent {

struct CodesOptions {
  Subject input;               ///< of the test set unless it says otherwise
  std::vector<int64_t> tokens; ///< [rows, columns] as edited or drawn; empty = the input's own
  double widthMm = 174, fontPoints = 8;
};

/// Input, map, output, and how often the test images use each code. Usage error: a model without codes, an
/// input or a code that is not there.
Result<Figure> codesFigure(const FigureSource& source, const CodesOptions& options, const Dataset& data,
                           JobControl& control);

} // namespace latent
