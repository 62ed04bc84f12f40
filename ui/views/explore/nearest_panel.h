// The test images whose codes lie nearest to the point.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QTimer>
#include <QWidget>

#include <vector>

namespace latent::ui {

class NearestStrip;

/// Follows the point at a pace that never holds back a drag.
class NearestPanel : public QWidget {
  Q_OBJECT
 public:
  NearestPanel(const Workbench& bench, int strips, QWidget* parent = nullptr);

 protected:
  void showEvent(QShowEvent*) override;
  void resizeEvent(QResizeEvent*) override;

 private:
  void refreshSoon();
  void refresh();
  int perStrip() const;

  Workbench m_bench;
  std::vector<NearestStrip*> m_strips;
  QTimer m_pace;
};

} // namespace latent::ui
