#include "ui/views/shared/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace latent::ui {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("Words", text);
}

} // namespace

int64_t stepsPerEpoch(const RunItem& run) {
  return run.epoch > 0 ? std::llround(static_cast<double>(run.step) / run.epoch) : 0;
}

QString timeText(const RunItem& run, std::optional<int64_t> step) {
  if (!step) return say("Live");
  if (run.closedForm) return *step > 0 ? say("Solved") : say("Before it was solved");
  const int64_t perEpoch = stepsPerEpoch(run);
  if (perEpoch > 0 && *step >= perEpoch)
    return say("Epoch %1 of %2").arg(*step / perEpoch).arg(std::max<int64_t>(run.config.epochs, 1));
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
