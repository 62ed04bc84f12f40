// Measuring how runs stand latent noise, and the small classifier that reads what they draw.
#pragma once

#include "core/base/noise_curve.h"
#include "core/data/dataset.h"
#include "ui/bridge/job_bridge.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>
#include <string>

namespace latent::ui {

/// What a view asks. A newer request of the same view replaces its older one, also in the middle of the work.
struct NoiseRequest {
  ViewId view = 0;
  uint64_t generation = 0; ///< grows with each request of a view
  NoiseQuestion question; ///< for NoiseScale::spread, runs without a spread get it from the data's test split
  std::shared_ptr<const Dataset> data; ///< whose classes are read; null: errors only
};

struct NoiseFrame {
  ViewId view = 0;
  uint64_t generation = 0;
  NoiseCurves result;
  /// Why there are no shares, "" where there are: no labels, or the classifier is not ready yet.
  QString withoutClasses;
  /// The classifier is being made: a frame of the same generation with the shares follows.
  bool classesFollow = false;
  QString error; ///< one sentence in place of a result, "" = fine
};

/// Used on the GUI thread; measures on a thread of its own, so that nothing waits. Destruction cancels and
/// joins.
class MeasureBridge : public QObject {
  Q_OBJECT
 public:
  explicit MeasureBridge(JobBridge* jobs, QObject* parent = nullptr);
  ~MeasureBridge() override;

  /// Answered by noiseMeasured(), at first without shares where the classifier of the data set is not here
  /// yet. The classifier is then read from the user's cache, or trained once ("Learning to read MNIST, for
  /// the noise view" in the job list).
  void requestNoise(NoiseRequest request);
  void forget(ViewId view); ///< gives up what the view asked last

  /// Begins again after the learning was cancelled or failed; otherwise does nothing.
  void learnClasses(const std::shared_ptr<const Dataset>& data);

  /// "read by a small network that knows 98.9 % of the MNIST test images"; "" before it is ready.
  QString classifierWords(const Dataset& data) const;

 signals:
  void noiseMeasured(const latent::ui::NoiseFrame& frame);
  void classifierChanged(); ///< began, ended or failed

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

} // namespace latent::ui
