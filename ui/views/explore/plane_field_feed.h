// Density of the encoded data and magnification of the decoder over what a plane shows, made elsewhere and
// handed to the plane.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "core/base/plane_frame.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace latent::ui {

class LatentPlane;

/// One request of a kind at a time: what changes meanwhile is asked for after it, so that neither a drag nor
/// training waits for a layer.
class PlaneFieldFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses jobs and explorer of the workbench.
  PlaneFieldFeed(const Workbench& bench, LatentPlane* plane, QObject* parent);

  /// The cells in which a plane that is seen so has its fields.
  static TileGrid densityGrid(const PlaneFrame& frame);
  static TileGrid magnificationGrid(const PlaneFrame& frame);

  /// Of points in plane coordinates over what the plane shows now. Worked out on a worker.
  void showDensity(std::vector<float> x, std::vector<float> y);
  void clearDensity();

  /// Of a run's decoder over what the plane shows now.
  void showMagnification(const RunId& run, const PlaneAxes& axes);
  void clearMagnification();
  QString problem() const { return m_problem; } ///< why there is no magnification; "" = there is

 signals:
  void problemChanged();

 private:
  struct Points {
    std::vector<float> x, y;
    TileGrid grid;
  };
  struct Wanted {
    RunId run;
    PlaneAxes axes;
    TileGrid grid;
  };
  void startDensity();
  void startMagnification();
  void receive(const MagnificationFrame& frame);
  void setProblem(const QString& problem);

  Workbench m_bench;
  ViewId m_view;
  LatentPlane* m_plane;
  std::optional<Points> m_points; ///< waiting
  bool m_densityRuns = false, m_densityWanted = false;
  std::optional<Wanted> m_wanted; ///< waiting
  RunId m_askedRun;               ///< under way; "" = nothing is
  QString m_problem;
};

} // namespace latent::ui
