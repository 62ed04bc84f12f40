// The codebook of the active run and how often the test split uses each code.
#pragma once

#include "core/base/frames.h"
#include "ui/views/shared/workbench.h"
#include "ui/widgets/code_plots.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <vector>

namespace latent::ui {

/// Distance between two vectors of the codebook.
struct NearCode {
  int64_t code = 0;
  double distance = 0;
};

/// Asks while it is told to follow; while a run trains at a pace that leaves the processor to training.
class CodebookFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, sources, library and explorer of the workbench.
  explicit CodebookFeed(const Workbench& bench, QObject* parent = nullptr);

  void setFollowing(bool on);
  const CodebookFrame& frame() const { return m_frame; } ///< the newest; no codes before the first
  const CodebookLook& look() const { return m_look; }    ///< its usage, places and colours
  QString problem() const { return m_problem; }          ///< one sentence; "" = fine
  /// Codes by rising Euclidean distance of their vectors, the code itself first; at most n.
  std::vector<NearCode> nearest(int64_t code, size_t n) const;
  std::vector<int64_t> dead() const;          ///< codes that no cell of the split uses
  int64_t images() const { return m_images; } ///< of the split

 signals:
  void changed();

 private:
  void follow();
  void receive(const CodebookFrame& frame);

  Workbench m_bench;
  ViewId m_view;
  CodebookFrame m_frame;
  CodebookLook m_look;
  QString m_problem;
  int64_t m_images = 0, m_askedImages = 0;
  bool m_following = false, m_waiting = false;
  QTimer m_pace;
  QElapsedTimer m_sinceAsked;
};

} // namespace latent::ui
