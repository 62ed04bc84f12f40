// Figures as LaTeX: PGFPlots code that reads the figure's CSV, and what a clipboard holds.
#pragma once

#include "core/base/result.h"
#include "core/figure/figure.h"

#include <string>

namespace latent {

/// Whether PGFPlots can draw something of it: curves, bars, points or rings. Images, tiles, fields and maps
/// of cells are pictures.
bool drawsInTex(const Figure& figure);

/// A file that LaTeX compiles by itself into a page of the figure's size, and that a document with pgfplots
/// takes in with \input; either reads `csvName` (figureToCsv) beside it. Axes, scales, colours, patterns,
/// marks, bands and legend are the figure's; what is a picture in it is left out and named in a comment.
/// Usage error where the figure has only pictures or `csvName` holds braces.
Result<std::string> figureToTex(const Figure& figure, const std::string& csvName);

/// A whole figure environment to paste: curves, bars and points with their numbers in it, else the file
/// `picture` in its width in millimetres. `caption` is plain text.
std::string figureToLatex(const Figure& figure, const std::string& caption, const std::string& picture);

} // namespace latent
