// File dialogs of the report.
#pragma once

#include "ui/bridge/report_entry.h"
#include "ui/views/shared/workbench.h"

#include <QObject>
#include <QString>

class QWidget;

namespace latent::ui {

class ReportFiles : public QObject {
  Q_OBJECT
 public:
  ReportFiles(const Workbench& bench, QWidget* window);

  QString lastFolder; ///< where a dialog begins

  void choose();   ///< a report to open
  void saveCopy(); ///< as a folder NAME.latent-report
  void write(ReportFormat format);

 private:
  QString freshName(const QString& ending) const;

  Workbench m_bench;
  QWidget* m_window;
};

} // namespace latent::ui
