#include "ui/views/train/curve_choice.h"

#include "ui/models/metrics_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/words.h"
#include "ui/views/train/series_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace latent::ui {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("Curves", text);
}

struct Quantity {
  std::string series;
  bool negated = false;
  QString word; ///< in the legend
};

Quantity quantityOf(const CurveChoice& choice, const RunItem& run) {
  if (choice.part != "total") {
    const bool ofTheBound = choice.part == "recon" || choice.part == "kl";
    return {choice.part, choice.bound && ofTheBound, wordsOf(choice.part).name};
  }
  if (!choice.bound) return {"loss", false, run.hasPrior || run.squaredError ? say("loss") : say("recon")};
  return run.hasPrior ? Quantity{"elbo", false, say("ELBO")} : Quantity{"recon", true, say("recon")};
}

std::string facetValue(const std::string& key, const RunItem& run) {
  if (key == "family") return run.shortFamily.toStdString();
  if (key == "dataset") return run.datasetName.toStdString();
  return run.spec.parameters.has(key) ? formatParameter(run.spec.parameters.at(key)) : std::string();
}

QString facetTitle(const std::string& key, const RunItem& run) {
  if (key.empty()) return {};
  QString value = QString::fromStdString(facetValue(key, run));
  if (key == "family" || key == "dataset") return value;
  return QString::fromStdString(key) + QLatin1Char(' ') + (value.isEmpty() ? QStringLiteral("–") : value);
}

void addLine(CurveLines& to, const RunItem& run, const Curve& curve, const Quantity& quantity,
             const CurveChoice& choice, bool test) {
  if (curve.value.empty()) return;
  CurveLine line;
  line.run = QString::fromStdString(run.id);
  line.label =
      QStringLiteral("%1 %2 %3").arg(run.letterText(), test ? say("test") : say("train"), quantity.word);
  line.facet = facetTitle(choice.facet, run);
  line.colour = run.colour();
  line.pattern = run.pattern();
  line.test = test;
  line.x.reserve(curve.value.size());
  line.y.reserve(curve.value.size());
  for (size_t i = 0; i < curve.value.size(); ++i) {
    const double y = quantity.negated ? -curve.value[i] : curve.value[i];
    if (choice.logX && curve.epoch[i] <= 0) continue; // the initial weights
    if (choice.logY && y <= 0) {
      ++to.leftOut;
      continue;
    }
    line.x.push_back(curve.epoch[i]);
    line.y.push_back(y);
  }
  if (!line.x.empty()) to.lines.push_back(std::move(line));
}

/// Values on other images, or of pixels taken otherwise, are of something else.
bool measuresTheSame(const RunItem& parent, const RunItem& fork) {
  const auto pixels = [](const RunItem& run) {
    return run.spec.parameters.has("pixels") ? run.spec.parameters.choice("pixels") : std::string();
  };
  return parent.config.dataset == fork.config.dataset && pixels(parent) == pixels(fork);
}

/// The curve of a run; a fork's begins at the last point that its parent had when the fork left it (in
/// figures: core/run/curve_roots.h).
Curve rootedCurve(const RunItem& run, const RunsModel& runs, const MetricsStore& metrics,
                  const std::string& split, const std::string& series) {
  Curve curve = metrics.curve(run.id, split, series);
  if (!run.config.parent || curve.step.empty()) return curve;
  const ForkPoint& root = *run.config.parent;
  const RunItem* from = runs.find(root.run);
  if (!from || !measuresTheSame(*from, run)) return curve;
  const Curve& parent = metrics.curve(root.run, split, series);
  const auto after = std::ranges::upper_bound(parent.step, static_cast<double>(root.step));
  if (after == parent.step.begin() || *std::prev(after) >= curve.step.front()) return curve;
  const auto at = static_cast<size_t>(after - parent.step.begin()) - 1;
  curve.step.insert(curve.step.begin(), parent.step[at]);
  curve.epoch.insert(curve.epoch.begin(), parent.epoch[at]);
  curve.value.insert(curve.value.begin(), parent.value[at]);
  return curve;
}

} // namespace

CurveLines curveLines(const CurveChoice& choice, const std::vector<RunId>& shown, const RunsModel& runs,
                      const MetricsStore& metrics) {
  CurveLines lines;
  for (const RunId& id : shown) {
    const RunItem* run = runs.find(id);
    if (!run || run->closedForm) continue; // one number is no curve
    const Quantity quantity = quantityOf(choice, *run);
    const bool ofTheBound = choice.part == "total" || choice.part == "recon";
    if (choice.bound && ofTheBound && run->squaredError) continue; // no likelihood, no bound
    if (choice.train) {
      // Fine rows while they exist; runs that kept epochs only show those.
      const bool fine = !metrics.curve(id, "batch", quantity.series).value.empty();
      addLine(lines, *run, rootedCurve(*run, runs, metrics, fine ? "batch" : "train", quantity.series),
              quantity, choice, false);
    }
    if (choice.test)
      addLine(lines, *run, rootedCurve(*run, runs, metrics, "test", quantity.series), quantity, choice, true);
  }
  return lines;
}

QString curveAxis(const CurveChoice& choice, const std::vector<RunId>& shown, const RunsModel& runs) {
  const bool ofTheObjective = choice.part == "total" || choice.part == "recon";
  if (!ofTheObjective && choice.part != "kl") return wordsOf(choice.part).axis;
  if (choice.bound) return say("log-likelihood bound, nats (higher is better)");
  if (choice.part == "kl") return wordsOf("kl").axis;
  bool nats = false, squares = false;
  for (const RunId& id : shown)
    if (const RunItem* run = runs.find(id)) (run->squaredError ? squares : nats) = true;
  if (choice.part == "recon")
    return !squares ? say("reconstruction, nats (lower is better)")
           : !nats  ? say("reconstruction, squared error (lower is better)")
                    : say("reconstruction, nats or squared error");
  return squares ? say("loss (lower is better)") : say("loss, nats (lower is better)");
}

std::vector<std::string> curveParts(const std::vector<RunId>& shown, const MetricsStore& metrics) {
  std::vector<std::string> parts{"recon", "kl"};
  for (const std::string& series : metrics.series(shown))
    if (series != "loss" && series != "elbo" && std::ranges::find(parts, series) == parts.end())
      parts.push_back(series);
  return parts;
}

std::vector<std::pair<double, QString>> liveMarks(const std::vector<RunId>& shown, const RunsModel& runs) {
  std::vector<std::pair<double, QString>> marks;
  for (const RunId& id : shown) {
    const RunItem* run = runs.find(id);
    if (!run || run->step <= 0 || run->epoch <= 0) continue;
    const double perEpoch = static_cast<double>(run->step) / run->epoch;
    for (const LiveChange& change : run->changes) {
      const std::string key = change.parameter;
      QString name = QString::fromStdString(key);
      name.replace(QLatin1Char('_'), QLatin1Char(' '));
      marks.emplace_back(
          static_cast<double>(change.step) / perEpoch,
          say("%1: %2 %3 → %4").arg(run->letterText(), name, numberText(change.from), numberText(change.to)));
    }
  }
  return marks;
}

std::vector<std::string> facetKeys(const std::vector<RunId>& shown, const RunsModel& runs) {
  std::set<std::string> parameters;
  for (const RunId& id : shown) {
    if (const RunItem* run = runs.find(id)) {
      for (const auto& [key, value] : run->spec.parameters.all()) parameters.insert(key);
    }
  }
  std::vector<std::string> candidates{"family", "dataset"};
  candidates.insert(candidates.end(), parameters.begin(), parameters.end());
  std::vector<std::string> keys;
  for (const std::string& key : candidates) {
    std::set<std::string> values;
    for (const RunId& id : shown) {
      if (const RunItem* run = runs.find(id)) values.insert(facetValue(key, *run));
    }
    if (values.size() > 1) keys.push_back(key);
  }
  return keys;
}

} // namespace latent::ui
