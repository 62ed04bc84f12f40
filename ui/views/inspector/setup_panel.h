// Setup: the next run, and beside it the values of the active one.
#pragma once

#include "core/base/focus.h"
#include "core/base/run_config.h"
#include "ui/bridge/model_check.h"
#include "ui/bridge/presets.h"
#include "ui/views/inspector/setup_memory.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace latent::ui {

class DatasetRow;
class FamilyTicks;
class ForkBar;
class ParameterForm;
class PresetRow;
struct RunItem;

class SetupPanel : public QWidget {
  Q_OBJECT
 public:
  explicit SetupPanel(const Workbench& bench, QWidget* parent = nullptr);

  /// What Train would queue now; empty while something is wrong.
  std::vector<RunConfig> runs() const;
  /// "Train VAE · z 2 · MNIST", "Queue 10 runs"; "" while something is wrong.
  QString plan() const { return m_plan; }
  /// Takes over the settings of a run, to train a copy of it.
  void copyFrom(const RunConfig& config);
  /// The next run begins at a kept snapshot of this one. `step`: what is looked at; nothing = the newest. A
  /// run without snapshots is refused with a sentence.
  void fork(const RunItem& run, std::optional<int64_t> step);
  const std::optional<ForkPoint>& forkPoint() const { return m_parent; }
  /// Trains on the images in a folder or file of the person's.
  void chooseData(const QString& path);

  const SetupMemory& memory() const { return m_memory; }
  void restore(const SetupMemory& memory);

 public slots:
  void train();

 signals:
  void enqueued(int count);
  void planChanged(const QString& plan);

 private:
  QWidget* makeSwitch();
  QWidget* makeNext();
  QWidget* makeFooter();
  void takeSchema();
  void remember();
  void reset();
  void takePreset(const PresetCard& preset);
  void refresh();
  void show(const std::vector<RunConfig>& planned);
  void refreshSwitch();
  void endFork();
  void selectFirstDataset();
  QString planOf(const std::vector<RunConfig>& planned) const;
  QString summaryOf(const std::vector<RunConfig>& planned) const;

  Workbench m_bench;
  PresetRow* m_preset;
  ForkBar* m_fork;
  FamilyTicks* m_families;
  DatasetRow* m_dataset;
  ParameterForm* m_form;
  QToolButton* m_reset;
  QLabel* m_summary;
  QPushButton* m_train;
  QToolButton* m_nextTab;
  QToolButton* m_runTab;
  QStackedWidget* m_stack;
  SetupMemory m_memory;
  ModelCheck m_check;
  ModelAnswer m_answer; ///< of the newest question that was answered; empty while nothing is planned
  QString m_plan;
  bool m_datasetChosen = false;
  std::optional<ForkPoint> m_parent; ///< of the next run
};

} // namespace latent::ui
