// The page Plane of the workspace Explore: one to three planes side by side, their layers, and what is near
// the point.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "ui/bridge/figure_request.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

class QToolButton;

namespace latent::ui {

class LayersPanel;
class NearestPanel;
class PlaneGroup;
class PlanePanel;
class SelectedPanel;

class PlaneView : public QWidget {
  Q_OBJECT
 public:
  explicit PlaneView(const Workbench& bench, QWidget* parent = nullptr);

  PlanePanel* planePanel() const; ///< of the active run
  PlaneGroup* planes() const { return m_planes; }
  /// The planes that are seen, side by side, as a figure.
  Result<FigureRequest> figure() const;
  QWidget* tools() const {
    return m_tools;
  } ///< for the view header, of the active plane; owned by it once placed
  /// Layers, coordinates, colours, planes and their runs, classes and points that stand out.
  Json viewState() const;
  void setViewState(const Json& state); ///< unknown and missing keys are left as they are

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  void makeTools();
  void showActive();
  void arrange();
  void showArea(const RunId& run, const Json& area);
  void setIsolated(const Json& classes);
  void setSelected(const Json& selected);

  Workbench m_bench;
  PlaneGroup* m_planes;
  QWidget* m_side;
  LayersPanel* m_layers;
  NearestPanel* m_nearest;
  SelectedPanel* m_selected;
  QWidget* m_tools;
  QToolButton* m_count;
};

} // namespace latent::ui
