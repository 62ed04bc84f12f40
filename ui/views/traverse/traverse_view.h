// The page Traverse: a slider and a strip of images for each latent of the active run.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/latent_statistics.h"
#include "core/base/result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/views/shared/workbench.h"
#include "ui/views/traverse/traverse_choice.h"

#include <QWidget>

#include <map>
#include <vector>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace latent::ui {

class EmptyState;
class GridPanel;
class HistogramSlider;
class ImageView;
class LatentFactsFeed;
class StripFeed;
class Sweep;
class TraverseBar;
class TraverseRow;
class TraverseRows;
struct RunItem;

/// Sliders, strips and the grid edit Focus.cursor. Decodes only what is seen, and nothing while it is hidden.
/// The order of the rows is that of the moment when the page was opened: it never changes under the hand.
class TraverseView : public QWidget {
  Q_OBJECT
 public:
  explicit TraverseView(const Workbench& bench, QWidget* parent = nullptr);

  Json viewState() const;
  void setViewState(const Json& state);
  void stepLatent(int direction); ///< keys [ and ]
  /// The strips that are seen, or the grid, as a figure. Usage error: no run with a z.
  Result<FigureRequest> figure() const;
  int latent() const { return m_choice.latent; }
  bool informed() const;      ///< what the codes say of the latents is known
  QWidget* keyTarget() const; ///< what takes the focus when the page comes to the front
  TraverseRows* rows() const { return m_rows; }
  GridPanel* gridPanel() const { return m_grid; }
  StripFeed* strips() const { return m_strips; }
  Sweep* sweep() const { return m_sweep; }

 signals:
  void codesAsked(); ///< the way out where a model has no z_j

 protected:
  void showEvent(QShowEvent*) override;
  void hideEvent(QHideEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void keyPressEvent(QKeyEvent*) override;
  void keyReleaseEvent(QKeyEvent*) override;

 private:
  void connectParts();
  void connectFeeds();   ///< what is shown
  void connectChoices(); ///< which latents, which of their images
  void connectGestures();
  void takeRun();
  void takeChoice();
  void takeOrder();   ///< sorts and folds anew
  void appendAlive(); ///< latents that came to life since
  void layOutRows();
  void fillRow(TraverseRow* row);
  void showStrip(TraverseRow* row);
  void fillSlider(HistogramSlider* slider, int latent);
  void refresh(); ///< everything that is seen
  void askImages();
  void showImages();
  void showPoint();
  void showWords();
  void moveLatent(int latent, double value);
  void pick(int latent, int column);
  void pickInGrid(int row, int column);
  void setLatent(int latent);
  void playFrom(bool on);

  const RunItem* run() const; ///< null unless it has a z and the rows are its own
  LatentPoint start() const;
  LatentPoint mean() const; ///< of the prior, without one of the codes
  Interval interval(int latent) const;
  std::vector<int> wantedOrder() const;
  std::vector<bool> dead() const;
  int secondLatent() const;
  QString useText(int latent) const;

  Workbench m_bench;
  RunId m_run; ///< whose latents the rows are: other parts hear of another run before this page does
  TraverseChoice m_choice;
  LatentFactsFeed* m_facts;
  StripFeed* m_strips;
  Sweep* m_sweep;
  TraverseBar* m_bar;
  QLabel* m_sentence;
  QToolButton* m_resort;
  QToolButton* m_fold;
  QStackedWidget* m_pages;
  QWidget* m_list;
  TraverseRows* m_rows;
  QWidget* m_detail; ///< under few rows: the output, large
  ImageView* m_output;
  QLabel* m_words;
  GridPanel* m_grid;
  EmptyState* m_absence;
  bool m_ordered = false; ///< by the facts of this run
  int m_frames = 11;      ///< images of a strip
};

} // namespace latent::ui
