// The encoded test split of the active run: the plane's points, the support of a point and its nearest
// images.
#pragma once

#include "core/base/focus.h"
#include "core/base/frames.h"
#include "ui/bridge/codes.h"
#include "ui/views/shared/workbench.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
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

  /// The newest codes of the active run, possibly of an earlier step; null before the first.
  std::shared_ptr<const RunCodes> codes() const { return m_codes; }
  QString problem() const { return m_problem; } ///< why there are none; "" = fine

 signals:
  void changed();

 private:
  void follow();
  void ask();
  void receive(const EncodeFrame& frame);
  std::shared_ptr<const RunCodes> remembered(const RunId& run, int64_t step) const;
  void show(std::shared_ptr<const RunCodes> codes);

  Workbench m_bench;
  ViewId m_view;
  std::shared_ptr<const RunCodes> m_codes;
  std::deque<std::shared_ptr<const RunCodes>> m_remembered; ///< newest first
  QString m_problem;
  RunId m_askedRun;
  int64_t m_askedStep = -1;
  bool m_waiting = false;
  QTimer m_pace;
  QElapsedTimer m_sinceAsked;
};

} // namespace latent::ui
