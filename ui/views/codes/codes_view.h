// The page Codes: the map of codes of a discrete run, to edit and to draw, and its codebook.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "ui/bridge/figure_request.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <set>
#include <vector>

class QLabel;

namespace latent::ui {

class CodebookFeed;
class CodebookPlots;
class CodePanel;
class DatasetOffer;
class DrawBar;
class EmptyState;
class MapDraw;
class TokenMap;
struct RunItem;

/// Edits and draws are kept in Focus.tokens: each is one step of the window's history, and undo takes it
/// back.
class CodesView : public QWidget {
  Q_OBJECT
 public:
  explicit CodesView(const Workbench& bench, QWidget* parent = nullptr);

  Json viewState() const;
  void setViewState(const Json& state);
  void stepCode(int direction); ///< keys [ and ]: the chosen cell takes the previous or next code
  QWidget* keyTarget() const;   ///< what takes the focus when the page comes to the front
  /// The maps as a figure. Usage error where the run has no codes.
  Result<FigureRequest> figure() const;
  TokenMap* map() const { return m_map; }
  MapDraw* drawing() const { return m_draw; }
  CodebookFeed* codebook() const { return m_codebook; }

 signals:
  void traverseAsked(); ///< the way out where a model has no codes

 protected:
  void showEvent(QShowEvent*) override;
  void hideEvent(QHideEvent*) override;
  void resizeEvent(QResizeEvent*) override;

 private:
  QWidget* square(QLabel* caption, TokenMap* map);
  void connectParts();
  void takeRun();
  void showMap();
  void showCell();
  void showCodebook();
  void chooseCell(int cell);
  void chooseCode(int64_t code); ///< in a plot
  void putCode(int64_t code);    ///< into the chosen cell, or all equal ones
  void gather();                 ///< the cells that an edit changes
  void draw(bool fromCell);
  const std::vector<int64_t>& tokens() const; ///< what is on the screen
  const RunItem* run() const;                 ///< null unless it has codes

  Workbench m_bench;
  CodebookFeed* m_codebook;
  MapDraw* m_draw;
  DrawBar* m_bar;
  QLabel* m_inputCaption;
  QLabel* m_mapCaption;
  QLabel* m_outputCaption;
  TokenMap* m_input;
  TokenMap* m_map;
  TokenMap* m_output;
  CodePanel* m_panel;
  CodebookPlots* m_plots;
  EmptyState* m_absence;
  DatasetOffer* m_offer; ///< in place of the page while the run's images are missing
  std::vector<TokenMap*> m_maps;
  int m_cell = -1;
  int64_t m_anchor = -1;  ///< whose neighbours are listed
  std::set<int> m_group;  ///< cells that an edit changes
  bool m_editing = false; ///< the change of the Focus is this page's own
};

} // namespace latent::ui
