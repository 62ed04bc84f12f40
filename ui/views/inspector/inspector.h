// The right column: Setup (the next run), Point (the one latent point), Pins and History.
#pragma once

#include "ui/views/shared/workbench.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

class QStackedWidget;
class QToolButton;

namespace latent::ui {

class HistoryPanel;
class PinsPanel;
class PointPanel;
class SetupPanel;
struct RunItem;

class Inspector : public QWidget {
  Q_OBJECT
 public:
  enum class Tab { setup, point, pins, history };
  explicit Inspector(const Workbench& bench, QWidget* parent = nullptr);

  SetupPanel* setup() const { return m_setup; }
  PointPanel* point() const { return m_point; }
  PinsPanel* pins() const { return m_pins; }
  HistoryPanel* history() const { return m_history; }
  /// Setup, with a fork of this run; `step` as SetupPanel::fork().
  void fork(const RunItem& run, std::optional<int64_t> step);
  Tab tab() const;
  void setTab(Tab tab);

 signals:
  void tabAsked(); ///< by a key or by what belongs there, also of the tab in front

 protected:
  void paintEvent(QPaintEvent*) override;

 private:
  QToolButton* makeTab(const QString& text, const char* name, Tab tab);

  std::vector<QToolButton*>
      m_tabs; ///< in the order of Tab, as the pages; made first: the keyboard comes here first
  QStackedWidget* m_stack;
  SetupPanel* m_setup;
  PointPanel* m_point;
  PinsPanel* m_pins;
  HistoryPanel* m_history;
};

} // namespace latent::ui
