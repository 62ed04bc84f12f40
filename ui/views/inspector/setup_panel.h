// The next run: families, data set and every parameter of the schema; lists queue several runs.
#pragma once

#include "core/base/focus.h"
#include "core/base/run_config.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <utility>
#include <vector>

class QCheckBox;
class QLabel;
class QPushButton;

namespace latent::ui {

class DatasetRow;
class ParameterForm;

class SetupPanel : public QWidget {
  Q_OBJECT
 public:
  explicit SetupPanel(const Workbench& bench, QWidget* parent = nullptr);

  /// What Train would queue now; empty while something is wrong.
  std::vector<RunConfig> runs() const;
  /// Takes over the settings of a run, to train a copy of it.
  void copyFrom(const RunConfig& config);

 public slots:
  void train();

 signals:
  void enqueued(int count);
  void changedLive(const latent::RunId& run, const QString& words);

 private:
  QWidget* makeFamilies();
  QWidget* makeFooter();
  void takeSchema();
  void refresh();
  void refreshLive();
  void selectFirstDataset();

  Workbench m_bench;
  std::vector<std::pair<QCheckBox*, std::string>> m_families;
  DatasetRow* m_dataset;
  ParameterForm* m_form;
  QLabel* m_summary;
  QPushButton* m_train;
  QLabel* m_liveTitle;
  ParameterForm* m_live;
  RunId m_liveRun;
  bool m_datasetChosen = false;
};

} // namespace latent::ui
