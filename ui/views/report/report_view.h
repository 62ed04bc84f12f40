// The workspace Report: what is collected, its page, its texts.
#pragma once

#include "core/base/json.h"
#include "ui/bridge/report_entry.h"
#include "ui/views/shared/workbench.h"

#include <QString>
#include <QWidget>

class QStackedWidget;

namespace latent::ui {

class EmptyState;
class PageView;
class ReportFiles;
class ReportList;
class ReportModel;
class TextPanel;

class ReportView : public QWidget {
  Q_OBJECT
 public:
  /// Uses report, runs, focus, library, training and messages of the workbench.
  explicit ReportView(const Workbench& bench, QWidget* parent = nullptr);

  ReportList* list() const { return m_list; }
  PageView* page() const { return m_page; }
  QWidget* keyTarget() const; ///< what takes the keys
  void select(const QString& id);
  void openRecipe();
  void addTableOfRuns(); ///< of the shown runs
  void exportAs(ReportFormat format);
  void newReport(); ///< the one before is offered back
  void openReport();
  void saveCopy();
  void copyItem(); ///< a figure as a picture, a table as TSV

  Json viewState() const; ///< the folder of the report, and what is looked at
  void setViewState(const Json& state);

 signals:
  /// The view that a figure of the report came from; `name` for people.
  void originRequested(const latent::Json& provenance, const QString& name);

 private:
  QWidget* makeBody();
  void follow();
  void remove(const QString& id);
  void openOrigin(const QString& id);
  void showMenu(const QPoint& globalPosition);

  Workbench m_bench;
  ReportFiles* m_files;
  ReportModel* m_model;
  QStackedWidget* m_stack;
  EmptyState* m_empty;
  ReportList* m_list;
  PageView* m_page;
  TextPanel* m_texts;
  QString m_current; ///< id, "" = the title page
  QString m_wanted;  ///< of a report that is being opened
};

} // namespace latent::ui
