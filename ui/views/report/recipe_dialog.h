// "AE against VAE": which runs, which pairs are there, what is missing; then its figures.
#pragma once

#include "core/base/result.h"
#include "ui/bridge/report_entry.h"
#include "ui/views/shared/workbench.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QLabel;
class QListWidget;
class QPushButton;
class QRadioButton;

namespace latent::ui {

struct RunItem;

class RecipeDialog : public QDialog {
  Q_OBJECT
 public:
  /// The shown runs are ticked.
  RecipeDialog(const Workbench& bench, QWidget* parent);

  const RecipePlan& plan() const { return m_plan; }
  bool planned() const { return !m_planning; }

 private:
  QWidget* makeRuns();
  QWidget* makeFindings();
  std::vector<RunId> ticked() const;
  void replan();
  void take(const Result<RecipePlan>& plan);
  void queueMissing();
  void make();
  QString wordsOf(const RunConfig& config) const;
  QString nameOf(const RunId& run) const;
  QString pairText(const RecipePlan::Pair& pair) const;

  Workbench m_bench;
  QListWidget* m_runs;
  QLabel* m_problem;
  QLabel* m_pairs;
  QLabel* m_missingHeading;
  QLabel* m_missing;
  QLabel* m_notes;
  QRadioButton* m_append;
  QRadioButton* m_fresh;
  QPushButton* m_queue;
  QPushButton* m_make;
  RecipePlan m_plan;
  int m_asked = 0; ///< number of the newest question
  bool m_planning = false;
};

} // namespace latent::ui
