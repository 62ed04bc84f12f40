#include "core/run/curve_roots.h"

#include "core/run/fork.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace latent {
namespace {

namespace fs = std::filesystem;

std::optional<RunFolder> parentOf(const RunFolder& run) {
  const ForkPoint& root = *run.record().config.parent;
  const fs::path was = root.run;
  for (const fs::path& folder : {was, run.path().parent_path() / was.filename()}) {
    auto parent = RunFolder::open(folder);
    if (parent && (root.id.empty() || parent->record().id == root.id)) return std::move(*parent);
  }
  return std::nullopt;
}

} // namespace

void rootCurves(const RunFolder& run, std::vector<Metric>& rows) {
  const RunRecord& record = run.record();
  if (!record.config.parent || rows.empty()) return;
  const auto parent = parentOf(run);
  if (!parent || !measuresTheSame(parent->record(), record.config, record.spec)) return;
  const auto table = parent->metrics();
  if (!table) return;
  using Curve = std::pair<std::string, std::string>; // split and series
  std::map<Curve, int64_t> first;
  for (const Metric& row : rows) first.try_emplace({row.split, row.series}, row.step);
  std::map<Curve, Metric> roots;
  for (const Metric& row : table->rows) {
    const auto begin = first.find({row.split, row.series});
    if (row.step <= record.config.parent->step && begin != first.end() && row.step < begin->second)
      roots[begin->first] = row;
  }
  std::vector<Metric> rooted;
  rooted.reserve(roots.size() + rows.size());
  for (const auto& [curve, row] : roots) rooted.push_back(row);
  rooted.insert(rooted.end(), rows.begin(), rows.end());
  rows = std::move(rooted);
}

} // namespace latent
