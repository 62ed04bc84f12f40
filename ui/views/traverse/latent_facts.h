// What the encoded test split says of each latent of the active run, computed on a worker.
#pragma once

#include "core/base/latent_statistics.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/workbench.h"

#include <QObject>

#include <memory>
#include <vector>

namespace latent::ui {

struct LatentFacts {
  std::shared_ptr<const RunCodes> codes;
  LatentUse use;
  std::vector<std::vector<float>> sorted; ///< [K] sortedCodes of each latent
};

/// Follows CodesFeed while it is told to. A pass over the codes of 200 latents takes some 0.2 s; newer codes
/// wait for the pass that runs.
class LatentFactsFeed : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, codes and jobs of the workbench.
  explicit LatentFactsFeed(const Workbench& bench, QObject* parent = nullptr);

  void setFollowing(bool on);
  /// Of the active run, possibly of earlier codes; null before the first.
  std::shared_ptr<const LatentFacts> facts() const { return m_facts; }

 signals:
  void changed();

 private:
  void follow();

  Workbench m_bench;
  std::shared_ptr<const LatentFacts> m_facts;
  bool m_following = false, m_working = false;
};

} // namespace latent::ui
