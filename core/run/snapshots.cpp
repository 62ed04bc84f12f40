#include "core/run/snapshots.h"

#include "core/train/snapshot_schedule.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace latent {
namespace {

namespace fs = std::filesystem;

/// The step of "step-000600.safetensors", or -1.
int64_t stepOf(const std::string& name) {
  constexpr std::string_view prefix = "step-", suffix = ".safetensors";
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return -1;
  const char* begin = name.data() + prefix.size();
  const char* end = name.data() + name.size() - suffix.size();
  int64_t step = -1;
  const auto [stop, error] = std::from_chars(begin, end, step);
  return end - begin >= 6 && error == std::errc() && stop == end ? step : -1;
}

} // namespace

fs::path snapshotPath(const fs::path& runFolder, int64_t step) {
  char name[48];
  std::snprintf(name, sizeof name, "step-%06lld.safetensors", static_cast<long long>(step));
  return runFolder / "snapshots" / name;
}

std::vector<int64_t> listSnapshots(const fs::path& runFolder) {
  std::vector<int64_t> steps;
  std::error_code error;
  for (fs::directory_iterator at(runFolder / "snapshots", error), end; !error && at != end;
       at.increment(error))
    if (const int64_t step = stepOf(at->path().filename().string()); step >= 0) steps.push_back(step);
  std::sort(steps.begin(), steps.end());
  return steps;
}

int64_t snapshotLimit(int64_t bytesEach) {
  return std::clamp((int64_t{1} << 30) / std::max<int64_t>(bytesEach, 1), int64_t{8}, kMaximumEpochSnapshots);
}

std::vector<int64_t> snapshotsToDrop(const std::vector<int64_t>& steps, const StepCount& count,
                                     int64_t limit) {
  if (steps.empty()) return {};
  const int64_t perEpoch = count.stepsPerEpoch();
  const int64_t epochs = count.withoutParent(*std::max_element(steps.begin(), steps.end())) / perEpoch;
  int64_t stride = 1;
  while (epochs / stride > limit) stride *= 2;
  std::vector<int64_t> dropped;
  for (const int64_t step : steps)
    if (!isEarlySnapshot(count.sinceFirst(step)) && count.withoutParent(step) % (stride * perEpoch) != 0)
      dropped.push_back(step);
  return dropped;
}

} // namespace latent
