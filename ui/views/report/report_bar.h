// The row above the report: which report, what can be added, how it is written.
#pragma once

#include "ui/bridge/report_entry.h"
#include "ui/views/shared/workbench.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QToolButton;

namespace latent::ui {

class ReportBar : public QWidget {
  Q_OBJECT
 public:
  explicit ReportBar(const Workbench& bench, QWidget* parent = nullptr);

 signals:
  void newRequested();
  void openRequested();
  void copyRequested();
  void tableRequested();
  void recipeRequested();
  void exportRequested(latent::ui::ReportFormat format);

 private:
  void makeMenu();
  QPushButton* button(const QString& text, const char* name);
  void refresh();

  Workbench m_bench;
  QHBoxLayout* m_row;
  QToolButton* m_report;
  QList<QPushButton*> m_exports;
};

} // namespace latent::ui
