// The encoded test split of the active run, and of the runs on other planes: the plane's points, the support
// of a point and its nearest images.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "ui/bridge/codes.h"
#include "ui/views/shared/workbench.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <map>
#include <memory>

namespace latent::ui {

/// Codes of one run at one step, with the classes of the images.
struct RunCodes {
  RunId run;
  Codes codes;
  std::shared_ptr<const std::vector<int64_t>> labels; ///< may be null
};

/// While a run trains its codes follow at a pace that leaves the processor to training (one pass, then a
/// pause). Codes of looked-at steps are remembered up to a bound, so that scrubbing shows points at once.
class CodesFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, library, explorer and sources of the workbench.
  explicit CodesFeed(const Workbench& bench, QObject* parent = nullptr);
  ~CodesFeed() override;

  /// The newest codes of the active run, possibly of an earlier step; null before the first.
  std::shared_ptr<const RunCodes> codes() const { return m_codes; }
  QString problem() const; ///< why there are none; "" = fine

  /// The same for a run that is active or watched.
  std::shared_ptr<const RunCodes> codes(const RunId& run) const;
  QString problem(const RunId& run) const;
  /// Follows another run until unwatch() was called as often. It is encoded only while it is shown.
  void watch(const RunId& run);
  void unwatch(const RunId& run);

 signals:
  void changed();                              ///< of the active run, or another run is active
  void codesChanged(const latent::RunId& run); ///< of any followed run

 private:
  struct Follower;

  void takeActive();
  Follower& followed(const RunId& run);
  void release(const RunId& run); ///< if nobody needs it
  void follow(const RunId& run);
  void ask(const RunId& run, Follower& follower);
  void receive(const EncodeFrame& frame);
  void remember(const std::shared_ptr<const RunCodes>& codes);
  std::shared_ptr<const RunCodes> remembered(const RunId& run, int64_t step) const;
  void show(const RunId& run, std::shared_ptr<const RunCodes> codes);

  Workbench m_bench;
  RunId m_active;
  std::shared_ptr<const RunCodes> m_codes; ///< of the active run
  std::map<RunId, Follower> m_followers;
  std::vector<ViewId> m_freeViews;
  std::deque<std::shared_ptr<const RunCodes>> m_remembered; ///< newest first
};

} // namespace latent::ui
