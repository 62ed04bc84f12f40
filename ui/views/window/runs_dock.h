// The place of the Runs panel: a column where the window is wide, a rail that opens over the stage where it
// is not.
#pragma once

#include "core/base/focus.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

namespace latent::ui {

class RunsPanel;

/// Wide windows show 208 px; narrower ones a rail of 48 px, and F9 opens 232 px over the stage.
class RunsDock : public QWidget {
  Q_OBJECT
 public:
  RunsDock(const Workbench& bench, QWidget* parent = nullptr);

  RunsPanel* panel() const { return m_panel; }
  void setNarrow(bool narrow);

 public slots:
  void toggle(); ///< F9
  void closeOverlay();

 signals:
  void openRequested();
  void forkRequested(const latent::RunId& run);
  void exportCurvesRequested(const latent::RunId& run);
  void setupRequested();

 protected:
  void resizeEvent(QResizeEvent*) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void connectPanel(RunsPanel* panel);
  void arrange();
  RunsPanel* makePanel(QWidget* parent);

  Workbench m_bench;
  RunsPanel* m_panel;
  RunsPanel* m_overlay; ///< child of the window's centre, over the stage
  bool m_narrow = false;
  bool m_hidden = false;
  bool m_overlayOpen = false;
};

} // namespace latent::ui
