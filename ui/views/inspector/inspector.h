// The right column: Setup (the next run) and Point (the one latent point).
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

class QStackedWidget;
class QToolButton;

namespace latent::ui {

class PointPanel;
class SetupPanel;

class Inspector : public QWidget {
  Q_OBJECT
 public:
  enum class Tab { setup, point };
  explicit Inspector(const Workbench& bench, QWidget* parent = nullptr);

  SetupPanel* setup() const { return m_setup; }
  PointPanel* point() const { return m_point; }
  Tab tab() const;
  void setTab(Tab tab);

 protected:
  void paintEvent(QPaintEvent*) override;

 private:
  QToolButton* m_setupTab;
  QToolButton* m_pointTab;
  QStackedWidget* m_stack;
  SetupPanel* m_setup;
  PointPanel* m_point;
};

} // namespace latent::ui
