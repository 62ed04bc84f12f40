// A Figure as JSON beside raw arrays, and back with every length and range checked. Private to core/figure.
#pragma once

#include "core/figure/figure.h"

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace latent::detail {

/// What is wrong with a figure's JSON, as the end of a sentence: "panels[0].rows is not an integer from 1 to
/// 4096".
struct BadFigure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Appends the figure's arrays to `bytes` and returns the JSON that refers to them.
Json figureToJson(const Figure& figure, std::vector<std::byte>& bytes);

/// `bytes` must hold exactly the arrays that `json` refers to, one after the other, so that no array is read
/// twice and the figure is never larger than its file. Throws BadFigure.
Figure figureFromJson(const Json& json, std::span<const std::byte> bytes);

} // namespace latent::detail
