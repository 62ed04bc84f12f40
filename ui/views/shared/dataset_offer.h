// What stands where images would be while the data of the active run is missing: one sentence and what to do.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <string>

namespace latent::ui {

class EmptyState;

/// Says "MNIST is not here (11 MB, source)." and offers to download it; while it loads, says so.
class DatasetOffer : public QWidget {
  Q_OBJECT
 public:
  explicit DatasetOffer(const Workbench& bench, QWidget* parent = nullptr);
  void setDataset(const std::string& id); ///< "" = no run is open
  void setShort();                        ///< a few words, for a place of the height of two controls

 private:
  void refresh();
  Workbench m_bench;
  EmptyState* m_state;
  std::string m_id;
  bool m_short = false;
};

} // namespace latent::ui
