// Images of the strips that can be seen, and of no others.
#pragma once

#include "core/base/frames.h"
#include "ui/views/shared/workbench.h"

#include <QImage>
#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <vector>

namespace latent::ui {

/// Points to decode for one place on the screen.
struct WantedStrip {
  int latent = 0;       ///< names the place
  std::vector<float> z; ///< [images, K]
};

/// What is at hand for the same points and weights is not asked again; the rest goes out in one request. One
/// request is on its way at a time, so that answers come also while a drag goes on.
class StripFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, sources and explorer of the workbench.
  explicit StripFeed(const Workbench& bench, QObject* parent = nullptr);

  void show(std::vector<WantedStrip> wanted);
  /// The newest images of a place, possibly of earlier points; empty before the first.
  const std::vector<QImage>& images(int latent) const;
  /// True if they are those of the points last asked for, by the weights that are shown.
  bool fresh(int latent) const;
  QString problem() const { return m_problem; } ///< one sentence; "" = fine
  void clear();                                 ///< another run

 signals:
  void arrived();
  void asked(int strips); ///< how many went out in one request

 private:
  struct Kept {
    std::vector<float> z;
    int64_t step = 0;
    std::vector<QImage> images;
  };
  void ask();
  void receive(const ImagesFrame& frame);
  int64_t shownStep() const; ///< -1 without weights

  Workbench m_bench;
  ViewId m_view;
  std::vector<WantedStrip> m_wanted, m_asked; ///< m_asked is on its way, unless it is empty
  std::map<int, Kept> m_kept;
  QString m_problem;
  QTimer m_pause;
};

} // namespace latent::ui
