// The point of another run that belongs to the cursor, by the link that is chosen.
#pragma once

#include "core/base/focus.h"
#include "core/base/latent_links.h"
#include "ui/views/shared/workbench.h"

#include <QObject>

#include <map>
#include <memory>

namespace latent::ui {

struct RunCodes;
struct RunItem;

class LinkedPoint : public QObject {
  Q_OBJECT
 public:
  /// Uses focus, runs, jobs, input and codes of the workbench. The quantiles of the data need the codes of
  /// both runs: watch them (CodesFeed).
  LinkedPoint(const Workbench& bench, QObject* parent);

  /// The rules of core/base/latent_links.h, from the active run to `run`. The error says why there is none.
  Result<LatentPoint> of(const RunId& run);

 signals:
  void changed(); ///< codes were sorted: a point may be known now

 private:
  struct Sorted {
    std::shared_ptr<const RunCodes> of; ///< also while they are being sorted
    std::shared_ptr<const SortedCodes> codes;
  };

  LinkEnd endOf(const RunItem& run);
  std::shared_ptr<const SortedCodes> sorted(const RunId& run);

  Workbench m_bench;
  std::map<RunId, Sorted> m_sorted;
};

} // namespace latent::ui
