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

/// A curve whose length is bounded, so that a night of training costs what ten minutes cost: at its limit
/// neighbours are joined to their mean, and from then on so many rows make one sample.
class BoundedCurve {
 public:
  explicit BoundedCurve(size_t limit) : m_limit(limit) {}
  /// Steps grow strictly: a row at or before the end replaces what stands from there on, as a run repeats
  /// rows that is resumed from an earlier state.
  void append(const Metric& metric);
  const Curve& curve() const { return m_curve; }

 private:
  void push(double step, double epoch, double value);
  void halve();

  Curve m_curve;
  size_t m_limit;
  size_t m_stride = 1;  ///< rows that make a sample
  size_t m_pending = 0; ///< rows of the sample that is not complete
  double m_sum = 0;     ///< of their values
  double m_last = -1;   ///< step of the newest row
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
  /// ... Of "batch", whose rows come all the time, at most 4,096 samples; the others are whole.
  const Curve& curve(const RunId& run, const std::string& split, const std::string& series) const;
  /// The value of a curve at exactly this step; nothing where it was not measured.
  std::optional<double> valueAt(const RunId& run, const std::string& split, const std::string& series,
                                int64_t step) const;
  std::vector<std::string> series(const std::vector<RunId>& runs) const; ///< of these runs, loss first
  bool hasCurves(const RunId& run) const;

 signals:
  void changed(const latent::RunId& run);

 private:
  std::map<RunId, std::map<std::pair<std::string, std::string>, BoundedCurve>> m_curves;
};

} // namespace latent::ui
