// A latent plane with everything on it: of the active run, or of another one beside it.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/result.h"
#include "ui/bridge/figure_request.h"
#include "ui/views/explore/plane_map.h"
#include "ui/views/explore/point_colouring.h"
#include "ui/views/shared/workbench.h"
#include "ui/widgets/latent_plane.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

class QPushButton;

namespace latent::ui {

class EmptyState;
class LinkedPoint;
class PlaneFieldFeed;
class PlaneTools;
class StepMatch;
struct RunCodes;
struct RunItem;

/// Turns the Focus and the answers of the bridges into what LatentPlane paints, and its gestures into edits
/// of the Focus. On the plane of another run the point is the linked one, and a gesture makes that run active
/// first. Works only while it is visible: a hidden plane asks for nothing.
class PlanePanel : public QWidget {
  Q_OBJECT
 public:
  explicit PlanePanel(const Workbench& bench, QWidget* parent = nullptr);
  ~PlanePanel() override;

  /// Shows this run, active or not ("" = none), from now on; before, it follows the active one.
  void setRun(const RunId& run);
  const RunId& run() const { return m_run; }
  /// Whenever this run is seen, now or later: this part of it, along these latents; (-1, -1) = main
  /// directions.
  void showArea(const RunId& run, const PlaneRect& rect, std::pair<int, int> axes);
  /// The class that fades all others in each run; others show all. Now and whenever the run is seen.
  void setIsolated(const std::map<RunId, int64_t>& classes);
  bool isActive() const; ///< its run is the active one

  LatentPlane* plane() const { return m_plane; }
  PlaneTools* tools() const { return m_tools; } ///< for the view header; owned by it once placed
  PlaneAxes axes() const;
  /// What is seen of it, as a figure; width and page are the caller's. Usage error where there is no plane.
  Result<FigureRequest> figure() const;
  void setLayers(const PlaneLayers& layers);
  const PlaneLayers& layers() const { return m_layers; }
  void setColouring(const PointColouring& colouring);
  /// Lays the planes of other moments over the one that is seen when it is switched on (core/base/
  /// plane_alignment.h); true coordinates otherwise.
  void setAligned(bool aligned);
  const std::vector<DataColumn>& columns() const { return m_columns; } ///< of the run's test images
  /// Why a layer cannot be drawn for the run, "" = it can.
  QString noRings() const;
  QString noEllipse() const;
  QString noAlignment() const;
  void stepAxis(int direction); ///< keys [ and ]: the horizontal axis becomes the previous or next latent

 signals:
  void layersChanged(const latent::ui::PlaneLayers& layers);
  void runChanged(); ///< or its axes or columns: other layers can be drawn

 protected:
  void resizeEvent(QResizeEvent*) override;
  void showEvent(QShowEvent*) override;
  void hideEvent(QHideEvent*) override;

 private:
  void connectPlane();
  void connectBench();
  void focusChanged(const Focus& before, const Focus& now);
  void takeRun(const RunId& run);
  void clearPlane();
  void explainAbsence(const RunItem* run);
  const RunItem* item() const; ///< null where there is no run with a plane

  LatentPoint point() const; ///< of this plane: the cursor or the linked point; empty where there is none
  LatentPoint held() const;  ///< what the latents outside of the plane keep: the point, else the prior's mean
  void link();
  void findLinked();
  bool activate(); ///< before a gesture on it; false = there is nothing to move
  void moveTo(const PlanePoint& at);
  void showCursor();

  std::shared_ptr<const RunCodes> codes() const; ///< null before they came
  void watchCodes(bool on);
  void codesChanged();
  void takeColumns();
  void showPoints();
  QString wordsOf(int point) const;
  void showSelection();
  void isolate(std::optional<int64_t> label);
  void showIsolated();
  void showFields();
  void showNotes();
  void matchSteps();
  void showInput();

  void takeAxes();
  void takeWishedAxes();
  PlaneMap unturnedMap(const RunCodes* codes);
  std::optional<PlaneAlignment> alignmentOf(const PlaneMap& map);
  void nameAxes();
  void updateHome();
  void offerFit();
  PlanePoint latentSpread() const;

  void askTiles();
  bool codesAreOfAnotherStep() const;
  void receiveTiles(const TilesFrame& frame);
  void weightsChanged();

  Workbench m_bench;
  ViewId m_view;
  LatentPlane* m_plane;
  PlaneTools* m_tools;
  QPushButton* m_fitHint;
  EmptyState* m_absence; ///< covers the plane where there is none
  StepMatch* m_match;
  LinkedPoint* m_link;
  PlaneFieldFeed* m_fields;
  PlaneMap m_map;
  PlaneRect m_home;
  bool m_follows = true; ///< the active run
  RunId m_run;
  RunId m_watched; ///< its codes are followed for this plane
  LatentPoint m_linked;
  QString m_noLink;                                  ///< why there is no linked point
  std::map<RunId, PlaneFrame> m_frames;              ///< how each run was last looked at
  std::map<RunId, std::pair<int, int>> m_axesWished; ///< of runs whose area was set
  std::map<RunId, int64_t> m_isolated;               ///< class of each run that fades the others
  std::set<RunId> m_held;                            ///< runs whose frame the person has moved
  bool m_inHand = false;                             ///< the point is being dragged
  bool m_homeKnown = false;                          ///< the run's extent is known: it may be fitted
  bool m_fitWanted =
      true; ///< the run was never looked at, or its codes have outgrown a frame that nobody moved
  bool m_pointsStale = false; ///< codes came while the panel was hidden
  PlaneLayers m_layers;
  PointColouring m_colouring;
  std::vector<DataColumn> m_columns;
  std::string m_columnsOf; ///< data set
  bool m_aligned = false;
  std::map<RunId, std::shared_ptr<const RunCodes>> m_references; ///< what other moments are laid over
  QString m_alignmentNote;
  QString m_ellipsesNote;
  PlaneAxes m_tileAxes;
  bool m_tilesWaiting = false; ///< asked, and the finest frame has not come
  bool m_tilesStale = false;   ///< weights changed in the meantime
  QTimer m_tilePause;
  TileGrid m_tileGrid;               ///< shown now
  std::optional<int64_t> m_tileStep; ///< of the tiles that are shown
  std::optional<int64_t> m_pointStep;
};

} // namespace latent::ui
