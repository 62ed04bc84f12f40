// The latent plane of the active run with everything on it, used by both workspaces.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "ui/views/explore/plane_map.h"
#include "ui/views/shared/workbench.h"
#include "ui/widgets/latent_plane.h"

#include <QTimer>
#include <QWidget>

#include <map>
#include <optional>
#include <set>

class QPushButton;

namespace latent::ui {

class EmptyState;
class PlaneTools;
class StepMatch;
struct RunItem;

/// Turns the Focus and the answers of the bridges into what LatentPlane paints, and its gestures into edits
/// of the Focus. Works only while it is visible: a hidden plane asks for nothing.
class PlanePanel : public QWidget {
  Q_OBJECT
 public:
  explicit PlanePanel(const Workbench& bench, QWidget* parent = nullptr);

  LatentPlane* plane() const { return m_plane; }
  PlaneTools* tools() const { return m_tools; } ///< for the view header; owned by it once placed
  PlaneAxes axes() const;                       ///< for an exported figure
  void setLayers(const PlaneLayers& layers);
  const PlaneLayers& layers() const { return m_layers; }
  /// Why a layer cannot be drawn for the active run, "" = it can.
  QString noRings() const;
  QString noEllipse() const;
  void offerTraining() { m_offersTraining = true; } ///< where there is no plane; not in the workspace Train
  void stepAxis(int direction); ///< keys [ and ]: the horizontal axis becomes the previous or next latent

 signals:
  void layersChanged(const latent::ui::PlaneLayers& layers);
  void runChanged(); ///< or its axes: other layers can be drawn

 protected:
  void resizeEvent(QResizeEvent*) override;
  void showEvent(QShowEvent*) override;

 private:
  void connectPlane();
  void focusChanged(const Focus& before, const Focus& now);
  void takeRun();
  void clearPlane();
  void explainAbsence(const RunItem* run);
  void showSelection();
  void showNotes();
  void matchSteps();
  void takeAxes();
  void askTiles();
  void receiveTiles(const TilesFrame& frame);
  void showCursor();
  void showPoints();
  void showInput();
  void updateHome();
  PlanePoint latentSpread() const;
  void offerFit();
  bool ready() const;

  Workbench m_bench;
  ViewId m_view;
  LatentPlane* m_plane;
  PlaneTools* m_tools;
  QPushButton* m_fitHint;
  EmptyState* m_absence; ///< covers the plane where there is none
  StepMatch* m_match;
  PlaneMap m_map;
  PlaneRect m_home;
  RunId m_run;
  std::map<RunId, PlaneFrame> m_frames; ///< how each run was last looked at
  std::set<RunId> m_held;               ///< runs whose frame the person has moved
  bool m_inHand = false;                ///< the point is being dragged
  bool m_homeKnown = false;             ///< the run's extent is known: it may be fitted
  bool m_fitWanted =
      true; ///< the run was never looked at, or its codes have outgrown a frame that nobody moved
  bool m_pointsStale = false; ///< codes came while the panel was hidden
  PlaneLayers m_layers;
  PlaneAxes m_tileAxes;
  bool m_tilesWaiting = false; ///< asked, and the finest frame has not come
  bool m_tilesStale = false;   ///< weights changed in the meantime
  QTimer m_tilePause;
  TileGrid m_tileGrid;               ///< shown now
  std::optional<int64_t> m_tileStep; ///< of the tiles that are shown
  std::optional<int64_t> m_pointStep;
  bool m_offersTraining = false;
};

} // namespace latent::ui
