// Which weights the viewing thread holds for each shown run: the newest, or those of the pinned step.
#pragma once

#include "core/base/focus.h"
#include "core/base/weights.h"
#include "ui/views/shared/run_time.h"
#include "ui/views/shared/workbench.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace latent::ui {

/// A pinned step is a moment in time: each other shown run is seen as its newest kept snapshot at or before
/// it, and stays live where it has none. Kept snapshots are remembered up to a bound, so that scrubbing back
/// and forth does not read files again.
class SourceKeeper : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, training, library and explorer of the workbench.
  explicit SourceKeeper(const Workbench& bench, QObject* parent = nullptr);

  /// The weights that views of this run show now; null before they arrived.
  std::shared_ptr<const Weights> shown(const RunId& run) const;
  /// Kept steps of this run whose files could not be read when they were last asked for. The active run steps
  /// back from them to what was seen before.
  const std::set<int64_t>& damaged(const RunId& run) const;
  /// The kept step that the pinned moment means for this run; nothing = live.
  std::optional<int64_t> stepFor(const RunId& run) const;
  TimeUnit timeUnit() const { return m_unit; } ///< in which moments of two runs are compared
  void setTimeUnit(TimeUnit unit);
  /// timeOf in the unit in force, with what is known of the run's data.
  std::optional<double> timeOf(const RunItem& run, int64_t step) const;

 signals:
  /// The explorer holds other weights of this run, or holds them for the first time.
  void changed(const latent::RunId& run);
  void damagedChanged(const latent::RunId& run);
  void timeUnitChanged();

 private:
  struct Kept {
    std::shared_ptr<const Weights> live;
    std::map<int64_t, std::shared_ptr<const Weights>> snapshots;
    std::shared_ptr<const Weights> shown;
    std::set<int64_t> damaged;
  };

  void refresh();
  void supply(const RunId& run);
  void remember(const RunId& run, std::optional<int64_t> step, const std::shared_ptr<const Weights>& weights);
  void stepBack(const RunId& run, int64_t step);
  int64_t trainImages(const RunItem& run) const;

  Workbench m_bench;
  TimeUnit m_unit = TimeUnit::epochs;
  std::map<RunId, Kept> m_kept;
};

} // namespace latent::ui
