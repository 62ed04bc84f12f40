// All curves of all runs in the window: appended in batches, never one signal a step.
#pragma once

#include "core/base/focus.h"
#include "core/base/metric.h"

#include <QObject>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace latent::ui {

/// One curve: strictly growing steps.
struct Curve {
  std::vector<double> step, epoch, value;
};

class MetricsStore : public QObject {
  Q_OBJECT
 public:
  explicit MetricsStore(QObject* parent = nullptr);

  /// Replaces what is known of a run (it was opened from disk).
  void replace(const RunId& run, const std::vector<Metric>& metrics);
  void append(const RunId& run, const std::vector<Metric>& metrics);
  void remove(const RunId& run);

  /// Empty curve where there is none. split: "batch", "train", "test"; series: "loss", "recon", "kl", "elbo"
  /// ...
  const Curve& curve(const RunId& run, const std::string& split, const std::string& series) const;
  /// The value of a curve at exactly this step; nothing where it was not measured.
  std::optional<double> valueAt(const RunId& run, const std::string& split, const std::string& series,
                                int64_t step) const;
  std::vector<std::string> series(const std::vector<RunId>& runs) const; ///< of these runs, loss first
  bool hasCurves(const RunId& run) const;

 signals:
  void changed(const latent::RunId& run);

 private:
  std::map<RunId, std::map<std::pair<std::string, std::string>, Curve>> m_curves;
};

} // namespace latent::ui
