#include "app/cli/view_options.h"

#include "app/cli/options.h"

#include <algorithm>
#include <cmath>

namespace latent::cli {

Result<std::vector<int>> parseLatents(std::string text) {
  if (text.empty()) return std::vector<int>();
  const std::string given = text;
  std::erase(text, 'z');
  const auto numbers = parseIntegers("--latents", text);
  if (!numbers || std::ranges::any_of(*numbers, [](int64_t i) { return i < 1 || i > 100000; }))
    return usageError("--latents: '" + given + "' is not a list of latents such as 1,3 or z1,z3.");
  std::vector<int> latents;
  for (const int64_t number : *numbers) latents.push_back(static_cast<int>(number - 1));
  return latents;
}

Result<std::optional<TraversalRange>> parseRange(const std::string& by, const std::string& ends) {
  if (by.empty()) {
    if (ends.empty()) return std::optional<TraversalRange>();
    return usageError("--range needs --by: prior, quantile or value.");
  }
  const auto kind = rangeKindFromName(by);
  if (!kind) return kind.error();
  TraversalRange range = defaultRange(*kind);
  if (!ends.empty()) {
    const auto numbers = parseNumbers("--range", ends);
    if (!numbers || numbers->size() != 2)
      return usageError("--range: '" + ends + "' is not two numbers such as -3,3.");
    range.low = (*numbers)[0];
    range.high = (*numbers)[1];
  }
  if (const Status status = checkRange(range); !status)
    return usageError("--range: " + status.error().message);
  return std::optional(range);
}

Result<std::optional<PlaneRect>> parseRect(const std::string& text) {
  if (text.empty()) return std::optional<PlaneRect>();
  const auto numbers = parseNumbers("--rect", text);
  if (!numbers) return numbers.error();
  const auto& n = *numbers;
  constexpr double most = 1e6; // no code lies out there, and squares of the sizes stay finite
  if (n.size() != 4 || !(n[0] < n[1]) || !(n[2] < n[3]) ||
      std::ranges::any_of(n, [](double v) { return std::abs(v) > most; }))
    return usageError(
        "--rect: '" + text +
        "' is not left,right,lower,upper with left < right, lower < upper and none beyond 1e6.");
  return std::optional(PlaneRect{n[0], n[1], n[2], n[3]});
}

Result<PlaneChoice> parsePlaneChoice(const std::string& axesText, const std::string& atText) {
  PlaneChoice choice;
  choice.main = axesText == "main";
  if (!axesText.empty() && !choice.main) {
    std::string text = axesText;
    std::erase(text, 'z');
    const auto axes = parseIntegers("--axes", text);
    if (!axes || axes->size() != 2 || (*axes)[0] == (*axes)[1] ||
        std::ranges::any_of(*axes, [](int64_t i) { return i < 1 || i > 100000; }))
      return usageError("--axes: '" + axesText +
                        "' is neither two different latents, such as 1,3, nor main.");
    choice.first = static_cast<int>((*axes)[0] - 1);
    choice.second = static_cast<int>((*axes)[1] - 1);
  }
  if (atText.empty()) return choice;
  const auto at = parseNumbers("--at", atText);
  if (!at) return at.error();
  choice.at = LatentPoint(at->begin(), at->end());
  if (!std::ranges::all_of(*choice.at, [](float v) { return std::isfinite(v); }))
    return usageError("--at: the coordinates of " + atText + " must be finite numbers.");
  return choice;
}

} // namespace latent::cli
