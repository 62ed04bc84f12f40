#include "ui/views/inspector/setup_words.h"

#include "ui/views/shared/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <set>

namespace latent::ui {
namespace {

struct SetupWords {
  Q_DECLARE_TR_FUNCTIONS(SetupWords)
};

const FamilyInfo& familyOf(const RunConfig& run, const std::vector<FamilyInfo>& families) {
  return *std::ranges::find(families, run.family, &FamilyInfo::id);
}

} // namespace

QString planWords(const std::vector<RunConfig>& planned, const std::vector<FamilyInfo>& families,
                  const QString& dataset) {
  const RunConfig& run = planned.front();
  if (planned.size() > 1) return SetupWords::tr("Queue %1 runs").arg(planned.size());
  if (run.parent) return SetupWords::tr("Train the fork");
  QStringList words{
      SetupWords::tr("Train %1").arg(QString::fromStdString(familyOf(run, families).shortName))};
  if (run.parameters.has("latent")) words << SetupWords::tr("z %1").arg(run.parameters.integer("latent"));
  words << dataset;
  return words.join(QStringLiteral(" · "));
}

QString summaryWords(const std::vector<RunConfig>& planned, const std::vector<FamilyInfo>& families,
                     const QString& size) {
  std::set<int64_t> lengths;
  for (const RunConfig& run : planned)
    if (!familyOf(run, families).closedForm) lengths.insert(run.epochs);
  const QString length =
      lengths.empty() ? SetupWords::tr("solved in one step")
      : lengths.size() == 1
          ? epochsText(*lengths.begin())
          : SetupWords::tr("%1 to %2").arg(*lengths.begin()).arg(epochsText(*lengths.rbegin()));
  const QString run = size.isEmpty() ? length : SetupWords::tr("%1, %2").arg(length, size);
  if (planned.size() > 1)
    return lengths.empty() ? SetupWords::tr("One after the other, each %1.").arg(run)
                           : SetupWords::tr("One after the other, %1 each%2.")
                                 .arg(length, size.isEmpty() ? QString() : SetupWords::tr(", %1").arg(size));
  if (const auto& parent = planned.front().parent)
    return SetupWords::tr("A new run from step %L1 on, %2 in all. The weights must keep their shapes.")
        .arg(parent->step)
        .arg(run);
  if (lengths.empty()) return SetupWords::tr("A new run, %1.").arg(run);
  return SetupWords::tr("A new run, %1. Lists such as 2, 10, 20 queue one run for each value.").arg(run);
}

} // namespace latent::ui
