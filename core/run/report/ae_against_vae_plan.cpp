// Which runs make pairs of an AE and a VAE, and which are missing for it.
#include "core/models/families.h"
#include "core/run/report/ae_against_vae.h"
#include "core/run/report/run_settings.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace latent {
namespace {

using namespace detail;

bool isAeOrVae(const RunFolder& run) {
  return run.record().spec.family == "ae" || run.record().spec.family == "vae";
}

/// Of one data set: its id and what its files hold.
std::pair<std::string, std::map<std::string, std::string>> dataOf(const RunFolder& run) {
  return {run.record().config.dataset, run.record().checksums};
}

std::string nameOf(const RunFolder& run) {
  return run.record().config.name + " (seed " + std::to_string(run.record().config.seed) + ")";
}

/// Runs of one latent size and one set of settings, by seed.
struct Group {
  std::map<uint64_t, const RunFolder*> ae, vae; ///< finished ones
  bool unfinishedAe = false, unfinishedVae = false;
  const RunFolder* any = nullptr;

  /// The lowest seed that both have.
  std::optional<uint64_t> commonSeed() const {
    for (const auto& [seed, run] : ae)
      if (vae.contains(seed)) return seed;
    return std::nullopt;
  }
};

/// By latent size and settings.
using Groups = std::map<std::pair<int64_t, std::string>, Group>;

/// The other half of a run, or the same run with other latents.
RunConfig configLike(const RunFolder& run, const std::string& family, int64_t latents) {
  RunConfig config = run.record().config;
  config.name.clear();
  config.family = family;
  config.parent.reset();
  // What the other family has no word for stays behind.
  Parameters kept;
  for (const auto& [key, value] : run.record().spec.parameters.all())
    if (findParameter(findFamily(family)->schema, key)) kept.set(key, value);
  kept.set("latent", latents);
  config.parameters = std::move(kept);
  return config;
}

/// The data set that most of the runs have; of equally many the first.
std::vector<RunFolder> runsOfCommonData(const std::vector<RunFolder>& runs, AeVaePlan& plan) {
  std::map<std::pair<std::string, std::map<std::string, std::string>>, int> counts;
  for (const RunFolder& run : runs) ++counts[dataOf(run)];
  const RunFolder* chosen = &runs.front();
  for (const RunFolder& run : runs)
    if (counts[dataOf(run)] > counts[dataOf(*chosen)]) chosen = &run;
  std::vector<RunFolder> kept;
  for (const RunFolder& run : runs) {
    if (dataOf(run) == dataOf(*chosen)) {
      kept.push_back(run);
      continue;
    }
    const std::string& name = run.record().datasetName;
    plan.notes.push_back(nameOf(run) + " is left out: it was trained on " +
                         (name == chosen->record().datasetName ? "other images of " + name : name) +
                         ", the report is of " + chosen->record().datasetName + ".");
  }
  return kept;
}

Groups groupsOf(const std::vector<RunFolder>& runs, AeVaePlan& plan) {
  Groups groups;
  for (const RunFolder& run : runs) {
    Group& group = groups[{latentsOf(run), settingsKey(run)}];
    if (!group.any || run.record().config.seed < group.any->record().config.seed) group.any = &run;
    const RunRecord& record = run.record();
    const bool ae = record.spec.family == "ae";
    if (isFinished(run)) {
      const bool first = (ae ? group.ae : group.vae).emplace(record.config.seed, &run).second;
      if (!first)
        plan.notes.push_back("A second run like " + nameOf(run) + ", " + run.path().filename().string() +
                             ", is in the table alone.");
      continue;
    }
    (ae ? group.unfinishedAe : group.unfinishedVae) = true;
    plan.notes.push_back(nameOf(run) + " is in no figure: it is " + toString(record.state) + " at " +
                         shortNumber(record.epoch) + " of " + std::to_string(record.config.epochs) +
                         " epochs.");
  }
  return groups;
}

/// One pair for each latent size: of several settings those that most runs have.
void findPairs(const Groups& groups, const std::map<std::string, size_t>& common, AeVaePlan& plan) {
  std::map<int64_t, std::pair<size_t, AeVaePair>> best;
  for (const auto& [key, group] : groups) {
    const auto seed = group.commonSeed();
    if (!seed) continue;
    AeVaePair pair{static_cast<int>(key.first), *group.ae.at(*seed), *group.vae.at(*seed)};
    const size_t count = common.at(key.second);
    const auto there = best.find(key.first);
    if (there == best.end()) {
      best.emplace(key.first, std::pair(count, std::move(pair)));
      continue;
    }
    if (count > there->second.first) std::swap(there->second.second, pair);
    there->second.first = std::max(there->second.first, count);
    plan.notes.push_back("A second pair of N_z = " + std::to_string(key.first) + ", " + nameOf(pair.ae) +
                         " and " + nameOf(pair.vae) + " with other settings, is in the table alone.");
  }
  for (auto& [latents, each] : best) plan.pairs.push_back(std::move(each.second));
}

/// The other half of each run that has none, also among those that are not finished.
void findMissing(const Groups& groups, AeVaePlan& plan) {
  for (const auto& [key, group] : groups) {
    if (group.commonSeed()) continue;
    const bool lacksAe = group.ae.empty() && !group.unfinishedAe;
    const bool lacksVae = group.vae.empty() && !group.unfinishedVae;
    if (lacksAe) plan.missing.push_back(configLike(*group.any, "ae", key.first));
    if (lacksVae) plan.missing.push_back(configLike(*group.any, "vae", key.first));
    if (group.ae.empty() || group.vae.empty()) continue;
    // Both are there, but under no seed that both have.
    const auto first = std::min(group.ae.begin()->first, group.vae.begin()->first);
    const bool aeHasIt = group.ae.contains(first);
    const RunFolder& half = aeHasIt ? *group.ae.at(first) : *group.vae.at(first);
    plan.missing.push_back(configLike(half, aeHasIt ? "vae" : "ae", key.first));
  }
}

bool anyHasTwoLatents(const Groups& groups) {
  return std::ranges::any_of(groups, [](const auto& each) { return each.first.first == 2; });
}

} // namespace

Result<AeVaePlan> planAeAgainstVae(const std::vector<RunFolder>& runs) {
  AeVaePlan plan;
  std::vector<RunFolder> suitable;
  for (const RunFolder& run : withoutRepetitions(runs)) {
    if (isAeOrVae(run))
      suitable.push_back(run);
    else
      plan.notes.push_back(nameOf(run) + " is left out: it is neither an AE nor a VAE.");
  }
  if (suitable.empty())
    return usageError("None of these runs is an AE or a VAE; the recipe \"AE against VAE\" needs one.");
  plan.runs = runsOfCommonData(suitable, plan);

  const Groups groups = groupsOf(plan.runs, plan);
  std::map<std::string, size_t> common; // how many runs have these settings
  for (const RunFolder& run : plan.runs) ++common[settingsKey(run)];
  findPairs(groups, common, plan);
  findMissing(groups, plan);
  if (!anyHasTwoLatents(groups)) {
    const auto better = [&](const RunFolder& a, const RunFolder& b) {
      const size_t countA = common[settingsKey(a)], countB = common[settingsKey(b)];
      return countA != countB ? countA > countB : a.record().config.seed < b.record().config.seed;
    };
    const auto like = std::ranges::min_element(plan.runs, better);
    plan.missing.push_back(configLike(*like, "ae", 2));
    plan.missing.push_back(configLike(*like, "vae", 2));
  }
  return plan;
}

} // namespace latent
