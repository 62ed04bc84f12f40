#include "core/run/report/runs_table.h"

#include "core/models/families.h"
#include "core/run/report/run_settings.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

namespace latent {
namespace {

using namespace detail;

constexpr const char* measures[] = {"recon", "kl", "elbo"};

/// A run with its measures of the test set at the end of its curves.
struct MeasuredRun {
  const RunFolder* run;
  double epoch = 0; ///< of the measures
  std::map<std::string, double> values;
};

Result<MeasuredRun> measured(const RunFolder& run) {
  const auto table = run.metrics();
  if (!table) return table.error();
  MeasuredRun result{&run, run.record().epoch, {}};
  int64_t last = -1;
  for (const Metric& row : table->rows)
    if (row.split == "test") last = std::max(last, row.step);
  for (const Metric& row : table->rows) {
    if (row.split != "test" || row.step != last) continue;
    result.epoch = row.epoch;
    result.values[row.series] = row.value;
  }
  return result;
}

/// Keys that tell some of these runs apart, or that belong to some families alone and say what they weigh.
std::set<std::string> tellingKeys(const std::vector<MeasuredRun>& runs) {
  std::map<std::string, std::set<std::string>> values;
  std::set<std::string> keys;
  for (const MeasuredRun& each : runs)
    for (const auto& [key, value] : settingsOf(*each.run)) values[key].insert(value);
  for (const auto& [key, different] : values)
    if (different.size() > 1) keys.insert(key);
  const FamilyInfo* plain = findFamily("vae");
  for (const MeasuredRun& each : runs)
    for (const ParameterSpec& spec : familyOf(*each.run).schema)
      if (spec.sweepable && !findParameter(plain->schema, spec.key)) keys.insert(spec.key);
  return keys;
}

/// "beta 4, hidden 200": in the order of the form.
std::string settingsText(const RunFolder& run, const std::set<std::string>& keys) {
  const std::map<std::string, std::string> settings = settingsOf(run);
  std::string text;
  for (const ParameterSpec& spec : familyOf(run).schema) {
    const auto found = settings.find(spec.key);
    if (found == settings.end() || !keys.contains(spec.key)) continue;
    std::string key = spec.key;
    std::ranges::replace(key, '_', ' ');
    text += (text.empty() ? "" : ", ") + key + " " + found->second;
  }
  return text;
}

size_t familyPlace(const RunFolder& run) {
  const std::vector<FamilyInfo>& known = families();
  const auto at = std::ranges::find(known, run.record().spec.family, &FamilyInfo::id);
  return static_cast<size_t>(at - known.begin());
}

/// Families without a prior before those with one, so that a recon never stands among ELBOs.
bool comesBefore(const MeasuredRun& a, const MeasuredRun& b) {
  const auto place = [](const MeasuredRun& each) {
    const RunRecord& record = each.run->record();
    return std::tuple(familyOf(*each.run).hasPrior, record.config.dataset, familyPlace(*each.run),
                      latentsOf(*each.run), settingsKey(*each.run), each.epoch, isFinished(*each.run),
                      record.config.seed);
  };
  return place(a) < place(b);
}

/// The runs of a row differ in the seed alone.
bool shareRow(const MeasuredRun& a, const MeasuredRun& b) {
  return a.run->record().spec.family == b.run->record().spec.family &&
         latentsOf(*a.run) == latentsOf(*b.run) && settingsKey(*a.run) == settingsKey(*b.run) &&
         a.epoch == b.epoch && isFinished(*a.run) == isFinished(*b.run);
}

TableCell words(std::string text) {
  return {std::move(text), {}, {}};
}

TableCell number(double value) {
  return {"", value, {}};
}

TableCell meanAndSpread(const std::vector<double>& values) {
  if (values.empty()) return {};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  if (!std::isfinite(mean)) return words("not finite");
  if (values.size() < 2) return number(mean);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {"", mean, std::sqrt(squares / (n - 1))};
}

/// Builds the columns that these runs need, and one row after the other.
class RunsTable {
 public:
  RunsTable(const std::vector<MeasuredRun>& runs, bool eachRun)
      : m_runs(runs), m_eachRun(eachRun), m_keys(tellingKeys(runs)) {
    std::set<std::string> data;
    for (const MeasuredRun& each : runs) {
      data.insert(each.run->record().datasetName);
      m_settings |= !settingsText(*each.run, m_keys).empty();
      m_latents |= latentsOf(*each.run) > 0;
      m_nats &= !familyOf(*each.run).squaredError;
      for (const auto& [series, value] : each.values) m_series.insert(series);
    }
    m_data = data.size() > 1;
    addColumns();
    m_table.title = m_data ? "Runs" : "Runs on " + *data.begin();
  }

  void addRow(const std::vector<const MeasuredRun*>& runs) {
    const RunFolder& run = *runs.front()->run;
    const RunRecord& record = run.record();
    auto& row = m_table.rows.emplace_back();
    if (m_eachRun) row.push_back(words(record.config.name));
    row.push_back(words(familyOf(run).shortName));
    if (m_data) row.push_back(words(record.datasetName));
    if (m_latents)
      row.push_back(latentsOf(run) > 0 ? number(static_cast<double>(latentsOf(run))) : TableCell());
    if (m_settings) row.push_back(words(settingsText(run, m_keys)));
    row.push_back(number(runs.front()->epoch));
    row.push_back(words(seedsOf(runs)));
    for (const char* series : measures)
      if (m_series.contains(series)) row.push_back(measureOf(runs, series));
  }

  Table finished() {
    addNotes();
    return std::move(m_table);
  }

 private:
  void addColumns() {
    const std::string unit = m_nats ? "nats" : "";
    if (m_eachRun) m_table.columns.push_back({"Run", "", false, 0});
    m_table.columns.push_back({"Model", "", false, 0});
    if (m_data) m_table.columns.push_back({"Data", "", false, 0});
    if (m_latents) m_table.columns.push_back({"Latents", "", true, 0});
    if (m_settings) m_table.columns.push_back({"Settings", "", false, 0});
    m_table.columns.push_back({"Epochs", "", true, 0});
    m_table.columns.push_back({m_eachRun ? "Seed" : "Seeds", "", false, 0});
    if (m_series.contains("recon")) m_table.columns.push_back({"recon", unit, true, 2});
    if (m_series.contains("kl")) m_table.columns.push_back({"KL", unit, true, 2});
    if (m_series.contains("elbo")) m_table.columns.push_back({"ELBO", unit, true, 2});
  }

  static std::string seedsOf(const std::vector<const MeasuredRun*>& runs) {
    std::string seeds;
    for (const MeasuredRun* each : runs)
      seeds += (seeds.empty() ? "" : ", ") + std::to_string(each->run->record().config.seed);
    return seeds;
  }

  static TableCell measureOf(const std::vector<const MeasuredRun*>& runs, const std::string& series) {
    // What a family without a prior calls so is no bound of anything.
    if (series != "recon" && !familyOf(*runs.front()->run).hasPrior) return {};
    std::vector<double> values;
    for (const MeasuredRun* each : runs)
      if (const auto found = each->values.find(series); found != each->values.end())
        values.push_back(found->second);
    return meanAndSpread(values);
  }

  void addNotes() {
    const RunRecord& first = m_runs.front().run->record();
    const std::string images =
        m_data ? "the whole test set" : grouped(first.testImages) + " test images of " + first.datasetName;
    m_table.notes.push_back("Means over " + images + " at the end of training" +
                            (m_nats ? ", in nats an image" : "") +
                            "; KL and ELBO with one posterior sample an image.");
    bool without = false, with = false, several = false;
    for (const MeasuredRun& each : m_runs) (familyOf(*each.run).hasPrior ? with : without) = true;
    for (const auto& row : m_table.rows)
      for (const TableCell& cell : row) several |= cell.spread.has_value();
    if (several)
      m_table.notes.emplace_back("Rows of several seeds: mean ± sample standard deviation over the seeds.");
    if (with && without)
      m_table.notes.emplace_back("A model without a prior has no ELBO: its recon is no bound on log p(x) and "
                                 "does not rank with one.");
    if (!m_nats)
      m_table.notes.emplace_back(
          "Where a model minimises the squared error of an image, recon is that error and "
          "compares with no likelihood.");
    for (const char* key : {"pixels", "likelihood"})
      if (m_keys.contains(key))
        m_table.notes.push_back(std::string("Values of different ") + key +
                                " do not compare with each other.");
    addUnfinished();
  }

  void addUnfinished() {
    std::vector<std::string> unfinished, unmeasured;
    for (const MeasuredRun& each : m_runs) {
      const RunRecord& record = each.run->record();
      const std::string name = record.config.name + " (seed " + std::to_string(record.config.seed) + ")";
      if (each.values.empty())
        unmeasured.push_back(name);
      else if (!isFinished(*each.run))
        unfinished.push_back(name + ", " + toString(record.state) + " at " + shortNumber(record.epoch) +
                             " of " + std::to_string(record.config.epochs) + " epochs");
    }
    if (!unfinished.empty()) m_table.notes.push_back("Not finished: " + joinedBySemicolons(unfinished) + ".");
    if (!unmeasured.empty())
      m_table.notes.push_back("Without measures of the test set: " + joinedBySemicolons(unmeasured) + ".");
  }

  static std::string joinedBySemicolons(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : "; ") + word;
    return text;
  }

  const std::vector<MeasuredRun>& m_runs;
  bool m_eachRun;
  std::set<std::string> m_keys, m_series;
  bool m_data = false, m_latents = false, m_settings = false, m_nats = true;
  Table m_table;
};

} // namespace

Result<Table> runsTable(const std::vector<RunFolder>& runs, const RunsTableOptions& options) {
  const std::vector<RunFolder> once = withoutRepetitions(runs);
  if (once.empty()) return usageError("A table of runs needs at least one run.");
  std::vector<MeasuredRun> all;
  for (const RunFolder& run : once) {
    auto one = measured(run);
    if (!one) return one.error();
    all.push_back(std::move(*one));
  }
  std::ranges::stable_sort(all, comesBefore);
  RunsTable table(all, options.eachRun);
  for (size_t i = 0; i < all.size();) {
    std::vector<const MeasuredRun*> row{&all[i++]};
    while (!options.eachRun && i < all.size() && shareRow(*row.front(), all[i])) row.push_back(&all[i++]);
    table.addRow(row);
  }
  return table.finished();
}

} // namespace latent
