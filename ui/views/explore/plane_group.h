// One to three planes side by side, each of a run of its own; one of them is that of the active run.
#pragma once

#include "core/base/focus.h"
#include "ui/views/explore/point_colouring.h"
#include "ui/views/shared/workbench.h"
#include "ui/widgets/latent_plane.h"

#include <QWidget>

#include <vector>

namespace latent::ui {

class PlaneCaption;
class PlanePanel;

/// Each run stays in its place: when another run becomes active its own plane is marked, and only a run that
/// has none takes the place of the one that was active. Places are filled with shown runs.
class PlaneGroup : public QWidget {
  Q_OBJECT
 public:
  static constexpr int most = 3;
  explicit PlaneGroup(const Workbench& bench, QWidget* parent);

  int count() const { return m_count; }
  void setCount(int count);
  PlanePanel* active() const;
  /// One for each place, also for those that are not seen: "" = the first run that has no plane yet.
  std::vector<RunId> runs() const;
  void setRuns(const std::vector<RunId>& runs);
  const std::vector<PlanePanel*>& panels() const { return m_panels; }

  void setLayers(const PlaneLayers& layers);
  void setAligned(bool aligned);
  void setColouring(const PointColouring& colouring);

 signals:
  void countChanged(int count);
  void activeChanged(); ///< another plane is that of the active run, or what it can show changed
  void layersChanged(const latent::ui::PlaneLayers& layers);

 protected:
  void resizeEvent(QResizeEvent*) override;

 private:
  void fill();
  void arrange();
  int placeOf(const RunId& run) const; ///< -1 where no seen plane shows it

  Workbench m_bench;
  std::vector<PlanePanel*> m_panels;
  std::vector<PlaneCaption*> m_captions;
  std::vector<RunId> m_runs;   ///< that the places show
  std::vector<RunId> m_wished; ///< that the person chose for them, as soon as they are shown
  int m_count = 1;
  int m_active = 0;
};

} // namespace latent::ui
