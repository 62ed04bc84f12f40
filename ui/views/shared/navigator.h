// What a person can do to the Focus from keys, menus and several views; each is one step of the history.
#pragma once

#include "core/base/focus.h"
#include "ui/views/shared/workbench.h"

#include <QObject>

#include <map>
#include <string>
#include <vector>

namespace latent::ui {

struct RunItem;

class Navigator : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, library, input and codes of the workbench.
  explicit Navigator(const Workbench& bench, QObject* parent = nullptr);

  /// Makes a run active with the cursor it had; one that is new gets the code of the input ("same input").
  void activate(const RunId& run);
  /// The first look of a session: without history.
  void begin(const Focus& focus, const RunId& active);
  void activateRow(int row);
  void toggleShown(const RunId& run);
  void toggleShownRow(int row);

  void setInput(int64_t index); ///< of the test split
  void nextInput();
  void randomInput();
  void encodeInput(); ///< z := mu(x)
  void priorMean();   ///< 0 for runs with a prior, else the mean of the codes
  void setLatent(int latent, float value);

  void previousSnapshot();
  void nextSnapshot();
  void goLive();

  /// Images of the test split that a lasso took, ascending; kept while runs of the same data are looked at.
  const std::vector<int64_t>& selection() const { return m_selection; }
  void select(std::vector<int64_t> images);
  /// The same as soon as this run becomes active, unless something else is selected first.
  void selectLater(const RunId& run, std::vector<int64_t> images);
  /// The way out of a place that has nothing to show: the workspace Train, with Setup.
  void askTraining() { emit trainingAsked(); }
  /// The same of a plane of discrete codes: the page Codes of this run.
  void askCodes(const RunId& run);

  const RunItem* activeRun() const; ///< null if there is none; invalid after the next change of the model
  /// Code of the input in the active run; empty where it is not known.
  LatentPoint inputCode() const;

 signals:
  void selectionChanged();
  void trainingAsked();
  void codesAsked();

 private:
  void setSelection(std::vector<int64_t> images);
  Focus activated(Focus focus, const RunItem& run);
  void fillCursor();

  Workbench m_bench;
  std::map<RunId, LatentPoint> m_cursors;
  std::vector<int64_t> m_selection;
  std::string m_selectedFrom; ///< the data set of the selection
  RunId m_selectIn;           ///< for which m_selectNext waits
  std::vector<int64_t> m_selectNext;
  RunId m_awaitsCode; ///< its cursor is a stand-in until the input's code arrives
};

} // namespace latent::ui
