#include "ui/views/shared/run_time.h"

#include "ui/views/shared/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr std::array<std::pair<TimeUnit, const char*>, 4> names{{{TimeUnit::steps, "steps"},
                                                                 {TimeUnit::epochs, "epochs"},
                                                                 {TimeUnit::images, "images"},
                                                                 {TimeUnit::seconds, "seconds"}}};
/// A fork counts on from its parent, whose batches may have had another size.
std::optional<double> epochsAt(const RunItem& run, int64_t step) {
  if (run.closedForm) return std::nullopt;
  if (const auto& parent = run.config.parent; parent && step >= parent->step) {
    const double trained = run.epoch - parent->epoch;
    const int64_t steps = run.step - parent->step;
    return parent->epoch + (steps > 0 && trained > 0 ? static_cast<double>(step - parent->step) * trained /
                                                           static_cast<double>(steps)
                                                     : 0);
  }
  const int64_t perEpoch = stepsPerEpoch(run);
  if (perEpoch <= 0) return std::nullopt;
  return static_cast<double>(step) / static_cast<double>(perEpoch);
}

constexpr double rounding = 1e-9; ///< relative: equal moments of two runs are divided differently

} // namespace

std::string timeUnitName(TimeUnit unit) {
  return std::ranges::find(names, unit, &std::pair<TimeUnit, const char*>::first)->second;
}

TimeUnit timeUnitFromName(const std::string& name) {
  const auto found = std::ranges::find_if(names, [&](const auto& entry) { return name == entry.second; });
  return found == names.end() ? TimeUnit::epochs : found->first;
}

std::optional<double> timeOf(const RunItem& run, int64_t step, TimeUnit unit, int64_t trainImages) {
  if (unit == TimeUnit::steps) return static_cast<double>(step);
  if (step == 0) return 0.0;
  const std::optional<double> epochs = epochsAt(run, step);
  if (!epochs || unit == TimeUnit::epochs) return epochs;
  if (unit == TimeUnit::seconds)
    return run.secondsPerEpoch > 0 ? std::optional(*epochs * run.secondsPerEpoch) : std::nullopt;
  if (run.config.parent)
    return trainImages > 0 ? std::optional(*epochs * static_cast<double>(trainImages)) : std::nullopt;
  const int64_t perEpoch = stepsPerEpoch(run);
  if (!run.spec.parameters.has("batch")) return std::nullopt;
  const int64_t batch = run.spec.parameters.integer("batch");
  const int64_t each = trainImages > 0 ? trainImages : perEpoch * batch;
  const int64_t seen = step / perEpoch * each + std::min(step % perEpoch * batch, each);
  return static_cast<double>(seen);
}

std::optional<int64_t> keptAt(const RunItem& run, double moment, TimeUnit unit,
                              const std::set<int64_t>& damaged, int64_t trainImages) {
  const auto reached = [&](int64_t step) {
    const std::optional<double> at = timeOf(run, step, unit, trainImages);
    return at && *at <= moment * (1 + rounding) + rounding && !damaged.contains(step);
  };
  const auto newest = std::find_if(run.snapshots.rbegin(), run.snapshots.rend(), reached);
  return newest == run.snapshots.rend() ? std::nullopt : std::optional(*newest);
}

} // namespace latent::ui
