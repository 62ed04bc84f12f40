#include "ui/views/shared/words.h"

#include "ui/views/shared/run_time.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace latent::ui {
namespace {

constexpr double rounding = 1e-9;

QString say(const char* text) {
  return QCoreApplication::translate("Words", text);
}

} // namespace

int64_t stepsPerEpoch(const RunItem& run) {
  // A fork may take other batches than the run it comes from.
  const double epochs = run.epoch - (run.config.parent ? run.config.parent->epoch : 0);
  const int64_t steps = run.step - (run.config.parent ? run.config.parent->step : 0);
  return epochs > 0 ? std::llround(static_cast<double>(steps) / epochs) : 0;
}

QString timeText(const RunItem& run, std::optional<int64_t> step) {
  if (!step) return say("Live");
  if (run.closedForm) return *step > 0 ? say("Solved") : say("Before it was solved");
  const std::optional<double> epochs = timeOf(run, *step, TimeUnit::epochs);
  if (epochs && *epochs >= 1 - rounding)
    return say("Epoch %1 of %2")
        .arg(static_cast<int64_t>(*epochs + rounding))
        .arg(std::max<int64_t>(run.config.epochs, 1));
  return say("Step %1 of %2")
      .arg(QLocale().toString(static_cast<qlonglong>(*step)),
           QLocale().toString(static_cast<qlonglong>(run.step)));
}

QString epochsText(int64_t epochs) {
  return epochs == 1 ? say("1 epoch") : say("%1 epochs").arg(epochs);
}

QString sizeText(int64_t bytes) {
  if (bytes >= 10'000'000) return say("%1 MB").arg(std::llround(static_cast<double>(bytes) / 1e6));
  if (bytes >= 1'000'000) return say("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1);
  return say("%1 kB").arg(std::llround(static_cast<double>(bytes) / 1e3));
}

QString numberText(double value) {
  QString text = QString::number(value, 'g', 4);
  return text.replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace latent::ui
