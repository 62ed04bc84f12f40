// The runs of the window and the queue, as a list model: what the Runs panel, menus and views show of them.
#pragma once

#include "core/base/focus.h"
#include "core/base/model_spec.h"
#include "core/base/run_config.h"

#include <QAbstractListModel>
#include <QColor>
#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace latent::ui {

/// A parameter that got another value while the run trained.
struct LiveChange {
  int64_t step = 0; ///< updates done with the old value
  std::string parameter;
  double from = 0, to = 0;
  bool operator==(const LiveChange&) const = default;
};

/// One row. Values only; the bridges fill it.
struct RunItem {
  RunId id; ///< folder
  QString name;
  QString shortFamily; ///< "VAE"
  QString datasetName; ///< "MNIST"
  ModelSpec spec;
  RunConfig config;
  bool hasPrior = false;
  bool discrete = false;     ///< codes of a codebook: no latent point, no plane
  bool squaredError = false; ///< recon is a squared error, no -log p(x|z)
  bool closedForm = false;   ///< solved in one step: no epochs, no curves
  RunState state = RunState::created;
  bool queued = false;   ///< waits for its turn
  bool training = false; ///< this program trains it now (ring)
  bool readOnly = false; ///< shipped with the program, or another program holds its lock
  QString message;       ///< one sentence: why it failed, who holds it
  QString problem;       ///< one sentence: why its weights cannot be shown; "" = they can
  QString warning;       ///< one sentence: what of its curves is lost; "" = nothing
  int64_t step = 0;
  double epoch = 0;
  double secondsPerEpoch = 0;
  std::optional<double> measure;   ///< newest on the test set: ELBO with a prior, else reconstruction
  std::vector<int64_t> snapshots;  ///< kept steps, ascending
  std::vector<LiveChange> changes; ///< in the order in which they were made
  int letter = -1;                 ///< 0 = A; given by the model, kept until the run is removed

  int latentSize() const;     ///< 0 for discrete codes
  QString letterText() const; ///< "A" .. "Z", "AA" ...
  /// Okabe-Ito by letter. The second eight begin one colour later, and so on: the first runs of one's own,
  /// after those that came with the program, do not take the colours of the pair that is shown.
  QColor colour() const;
  int pattern() const { return letter / 8 % 4; } ///< line pattern, so that more than eight runs stay apart
  /// "A . VAE z2": the words of view headers.
  QString title() const;
  /// "ELBO -152.3 . epoch 40", an AE's "recon 143.8 . epoch 40"; family and data set while nothing is
  /// measured.
  QString standing() const;
};

/// "1 min 42 s", "3.1 s", "2 h 5 min": two units are enough to plan by.
QString durationText(double seconds);

/// Where a run stood at an earlier step that is looked at.
struct PastStanding {
  int64_t step = 0;
  std::optional<double> measure; ///< as RunItem::measure; nothing between two epochs
};

class RunsModel : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role {
    IdRole = Qt::UserRole + 1,
    LetterRole,
    ColourRole,
    PatternRole,
    StateRole,
    QueuedRole,
    TrainingRole,
    ProgressRole,
    ProgressTextRole,
    ShownRole,
    ActiveRole,
    ReadOnlyRole,
    MessageRole,
    ProblemRole, ///< bool: its weights cannot be shown
    WarningRole, ///< what of its curves is lost
    DepthRole    ///< int: how many forks lead to it, of runs that are in the list
  };
  explicit RunsModel(QObject* parent = nullptr);

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QHash<int, QByteArray> roleNames() const override;

  /// Adds at the end, a fork that does not wait in the queue below the run it comes from, or replaces the row
  /// of the same id (keeping its letter).
  void put(const RunItem& item);
  void remove(const RunId& id);
  /// A queued row became a folder: same row, same letter, another id. Nothing happens if `was` is absent.
  void changeId(const RunId& was, const RunId& is);
  void move(int from, int to);                ///< reorders (the queue follows the rows)
  const RunItem* find(const RunId& id) const; ///< null if absent; invalid after the next change
  int rowOf(const RunId& id) const;           ///< -1 if absent
  const std::vector<RunItem>& items() const { return m_items; }
  /// Marks of the Focus: eye and badge.
  void setFocus(const Focus& focus);
  /// Runs that are looked at in the past; while there is one, the second line of the others says that they
  /// are live. Empty = all are live.
  void setPast(const std::map<RunId, PastStanding>& past);

 private:
  int depth(const RunItem& item) const;
  bool descends(const RunItem& item, const RunId& ancestor) const;
  int endOfTree(int row) const;
  void plant(const RunId& id);
  QString progressText(const RunItem& item) const;
  QString distinction(const RunItem& item) const;
  QString standing(const RunItem& item) const;
  std::vector<RunItem> m_items;
  Focus m_focus;
  std::map<RunId, PastStanding> m_past;
};

} // namespace latent::ui
