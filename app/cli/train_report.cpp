#include "app/cli/train_report.h"

#include "app/cli/measures.h"

#include <algorithm>
#include <cmath>

namespace latent::cli {
namespace {

Json inOrder(const std::map<std::string, double>& values) {
  Json json = Json::object();
  for (const auto& [key, value] : inReportOrder(values)) json[key] = value;
  return json;
}

std::string inWords(const std::map<std::string, double>& values) {
  std::string text;
  for (const auto& [key, value] : inReportOrder(values))
    text += (text.empty() ? "" : " ") + key + " " + formatFixed(value, 2);
  return text;
}

} // namespace

void TrainReport::epoch(const EpochSummary& summary) {
  if (m_json) {
    printJson({{"event", "epoch"},
               {"epoch", summary.epoch},
               {"step", summary.step},
               {"train", inOrder(summary.train)},
               {"test", inOrder(summary.test)},
               {"seconds", summary.seconds},
               {"images_per_second", summary.imagesPerSecond}});
    return;
  }
  m_line.clear();
  printLine("epoch " + std::to_string(summary.epoch) + "/" + std::to_string(m_epochs) + ", step " +
            std::to_string(summary.step) + ", " + formatSeconds(summary.seconds) + ": train " +
            inWords(summary.train) + "; test " + inWords(summary.test));
}

void TrainReport::progress(const TrainerProgress& progress) {
  if (m_json) return;
  const auto total = static_cast<double>(m_epochs);
  std::string text = "epoch " + std::to_string(std::min(static_cast<int64_t>(progress.epoch) + 1, m_epochs)) +
                     "/" + std::to_string(m_epochs);
  if (progress.secondsPerEpoch > 0)
    text += ", " + formatSeconds(progress.secondsPerEpoch) + " each, " +
            formatSeconds(progress.secondsPerEpoch * (total - progress.epoch)) + " left";
  m_line.show(progress.epoch / total, text);
}

void TrainReport::done(const RunRecord& record, const std::string& folder) {
  m_line.clear();
  if (m_json)
    return printJson({{"event", "done"},
                      {"state", toString(record.state)},
                      {"epoch", record.epoch},
                      {"step", record.step},
                      {"seconds", record.wallSeconds},
                      {"device", record.config.device},
                      {"threads", record.config.threads},
                      {"out", folder}});
  printLine(toString(record.state) + " at step " + std::to_string(record.step) + " after " +
            formatSeconds(record.wallSeconds) + ": " + folder);
}

} // namespace latent::cli
