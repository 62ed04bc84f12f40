// The time strip of the active run: kept snapshots and the live end.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

namespace latent::ui {

class TimeStrip;

/// Its height is always kept free, so that the second snapshot moves nothing when it brings the strip.
class TimePanel : public QWidget {
  Q_OBJECT
 public:
  explicit TimePanel(const Workbench& bench, QWidget* parent = nullptr);
  TimeStrip* strip() const { return m_strip; }

 private:
  void refresh();
  Workbench m_bench;
  TimeStrip* m_strip;
};

} // namespace latent::ui
