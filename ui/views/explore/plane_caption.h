// The line above one of several planes: whose it is, at what time, and a menu to look at another run.
#pragma once

#include "core/base/focus.h"
#include "ui/views/shared/workbench.h"

#include <QToolButton>

namespace latent::ui {

class PlaneCaption : public QToolButton {
  Q_OBJECT
 public:
  explicit PlaneCaption(const Workbench& bench, QWidget* parent);

  void setRun(const RunId& run);
  QSize sizeHint() const override;

 signals:
  void chosen(const latent::RunId& run); ///< by the person, from the shown runs

 protected:
  void paintEvent(QPaintEvent*) override;

 private:
  void refresh();
  void fillMenu();

  Workbench m_bench;
  RunId m_run;
  bool m_active = false;
};

} // namespace latent::ui
