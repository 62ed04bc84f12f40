// The image at the cursor: asked for at every move and every new set of weights, shared by all who show it.
#pragma once

#include "core/base/frames.h"
#include "ui/views/shared/workbench.h"

#include <QElapsedTimer>
#include <QObject>

#include <deque>
#include <utility>

namespace latent::ui {

class PointFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, explorer and sources of the workbench.
  explicit PointFeed(const Workbench& bench, QObject* parent = nullptr);

  const PointFrame& frame() const { return m_frame; } ///< the newest; empty image before the first
  bool empty() const { return m_frame.image.empty() && m_frame.error.empty(); }

 signals:
  void arrived(const latent::PointFrame& frame);
  void cleared();                            ///< another run: what was shown is not its image
  void latencyMeasured(double milliseconds); ///< from the request to the frame

 private:
  void ask();
  void answered(const LatentPoint& z);

  Workbench m_bench;
  ViewId m_view;
  PointFrame m_frame;
  QElapsedTimer m_clock;
  std::deque<std::pair<LatentPoint, qint64>> m_asked; ///< newest last
};

} // namespace latent::ui
