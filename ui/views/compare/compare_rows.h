// What Compare compares: the shown runs, or kept snapshots of the active one, each with its weights.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/model_spec.h"
#include "core/base/weights.h"
#include "ui/views/shared/workbench.h"

#include <QColor>
#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace latent::ui {

struct RunItem;

struct CompareRow {
  SourceId source; ///< in the ExplorerBridge: the run's id, or one of our own for a snapshot
  RunId run;
  std::optional<int64_t> step;     ///< kept step that is shown; nothing: the newest weights
  std::optional<int64_t> snapshot; ///< rows over time; nothing: the run as the window shows it
  ModelSpec spec;
  std::string dataset;
  QString datasetName, family;
  QString letter, label, note;
  QColor mark;
  int pattern = 0;
  int latent = 0; ///< 0 for discrete codes
  bool hasPrior = false, discrete = false;
  bool ofActive = false;                  ///< of the active run: its cells can be taken as the point
  bool current = false;                   ///< what the Focus stands at: active run and step
  bool live = false;                      ///< it trains: its weights change all the time
  QString problem;                        ///< one sentence: why it cannot be shown; "" = it can
  std::shared_ptr<const Weights> weights; ///< null before they arrived
};

/// Kept steps that stand for a run's history: the nearest ones to `epochs`, or without those at most `most`
/// of them, evenly, the first and the last among them. Ascending, each once.
std::vector<int64_t> chosenSnapshots(const RunItem& run, const std::vector<double>& epochs,
                                     const std::set<int64_t>& damaged, size_t most = 6);

class CompareRows : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, library, explorer and sources of the workbench.
  explicit CompareRows(const Workbench& bench, QObject* parent = nullptr);
  ~CompareRows() override;

  const std::vector<CompareRow>& rows() const { return m_rows; }
  const CompareRow* find(const SourceId& source) const; ///< null if absent; invalid after changed()
  void choose(bool snapshots, const std::vector<double>& epochs);
  /// Reads nothing and answers nothing while nobody looks.
  void setWatched(bool watched);

 signals:
  void changed();                                      ///< other rows, other words
  void weightsChanged(const latent::SourceId& source); ///< also of a row that got its first ones

 private:
  void refresh();
  CompareRow rowOf(const RunItem& item) const;
  CompareRow snapshotRow(const RunItem& item, int64_t step) const;
  void readNext();
  void take(const RunId& run, std::optional<int64_t> step, const std::shared_ptr<const Weights>& weights);
  void dropUnused();

  Workbench m_bench;
  bool m_snapshots = false, m_watched = false, m_reading = false;
  std::vector<double> m_epochs;
  std::vector<CompareRow> m_rows;
  std::map<SourceId, std::shared_ptr<const Weights>> m_kept; ///< of snapshot rows
  std::set<SourceId> m_unreadable;
};

} // namespace latent::ui
