#include "ui/views/window/status_feed.h"

#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/point_feed.h"
#include "ui/widgets/status_strip.h"

#include <QTimer>

namespace latent::ui {
namespace {

constexpr int latencyMs = 200; // a read-out that changes faster cannot be read

void showTraining(StatusStrip* strip, const Workbench& bench) {
  const RunItem* run = bench.runs->find(bench.training->current());
  if (!run) {
    strip->setDevice(StatusStrip::tr("CPU"));
    strip->setImagesPerSecond(std::nullopt);
    return;
  }
  const QString device = run->config.device == "cuda" ? StatusStrip::tr("GPU") : StatusStrip::tr("CPU");
  const int threads = run->config.threads;
  strip->setDevice(threads == 1  ? StatusStrip::tr("%1, 1 thread").arg(device)
                   : threads > 1 ? StatusStrip::tr("%1, %2 threads").arg(device).arg(threads)
                                 : device);
  const int64_t images = bench.library->itemCount(run->config.dataset, "train");
  if (bench.training->training() && run->secondsPerEpoch > 0 && images > 0)
    strip->setImagesPerSecond(static_cast<double>(images) / run->secondsPerEpoch);
  else
    strip->setImagesPerSecond(std::nullopt);
}

} // namespace

void feedStatus(StatusStrip* strip, const Workbench& bench) {
  QObject::connect(bench.training, &TrainingBridge::stateChanged, strip,
                   [strip, bench] { showTraining(strip, bench); });
  QObject::connect(bench.training, &TrainingBridge::runChanged, strip,
                   [strip, bench] { showTraining(strip, bench); });
  QObject::connect(bench.jobs, &JobBridge::changed, strip, [strip, bench] {
    std::vector<JobRow> rows;
    for (const JobBridge::Entry& entry : bench.jobs->running())
      rows.push_back({entry.number, entry.title, entry.progress});
    strip->setJobs(rows);
  });
  QObject::connect(strip, &StatusStrip::cancelRequested, bench.jobs, &JobBridge::cancel);
  auto* pace = new QTimer(strip);
  pace->setSingleShot(true);
  pace->setInterval(latencyMs);
  QObject::connect(bench.point, &PointFeed::latencyMeasured, pace, [strip, pace](double milliseconds) {
    if (pace->isActive()) return;
    strip->setLatency(milliseconds);
    pace->start();
  });
  showTraining(strip, bench);
}

} // namespace latent::ui
