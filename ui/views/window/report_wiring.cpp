#include "ui/views/window/report_wiring.h"

#include "ui/bridge/figure_bridge.h"
#include "ui/bridge/figure_origin.h"
#include "ui/bridge/report_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/report/report_view.h"
#include "ui/views/shared/copy_table.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/runs_copy.h"
#include "ui/views/window/actions.h"
#include "ui/views/window/exporter.h"
#include "ui/views/window/stage.h"

#include <QApplication>

namespace latent::ui {
namespace {

void sayError(const Workbench& bench, const Error& error) {
  bench.messages->error(QString::fromStdString(error.message));
}

void addToReport(const Workbench& bench, Stage* stage, const Exporter* exporter) {
  const Result<FigureRequest> request = exporter->inFront();
  if (!request) return sayError(bench, request.error());
  bench.figures->make(*request, stage, [bench, stage](const Result<std::shared_ptr<const Figure>>& figure) {
    if (!figure) return sayError(bench, figure.error());
    const QString id = bench.report->add(*figure);
    const auto open = [stage, id] {
      stage->setWorkspace(Stage::Workspace::report);
      stage->reportView()->select(id);
    };
    bench.messages->offer(QObject::tr("Added to the report."), {QObject::tr("Open report"), open},
                          {QObject::tr("Undo"), [bench, id] { bench.report->remove(id); }});
  });
}

/// The table that has the focus, else the shown runs.
void copyFrontTable(const Workbench& bench, TableText text) {
  if (const std::optional<Table> table = tableOf(QApplication::focusWidget()))
    copyTable(*table, text);
  else
    copyRuns(bench, shownRuns(bench), text);
}

} // namespace

void wireReport(const Actions& actions, const Workbench& bench, Stage* stage, Exporter* exporter,
                FigureOrigin* origin) {
  const auto on = [&](const char* id, auto what) {
    QObject::connect(actions[id], &QAction::triggered, stage, what);
  };
  on("addToReport", [bench, stage, exporter] { addToReport(bench, stage, exporter); });
  const auto inReport = [&](const char* id, auto what) {
    on(id, [stage, what] {
      stage->setWorkspace(Stage::Workspace::report);
      what(stage->reportView());
    });
  };
  inReport("workspace5", [](ReportView*) {});
  inReport("newReport", [](ReportView* view) { view->newReport(); });
  inReport("openReport", [](ReportView* view) { view->openReport(); });
  inReport("copyReport", [](ReportView* view) { view->saveCopy(); });
  inReport("aeAgainstVae", [](ReportView* view) { view->openRecipe(); });
  inReport("tableOfRuns", [](ReportView* view) { view->addTableOfRuns(); });
  inReport("reportLatex", [](ReportView* view) { view->exportAs(ReportFormat::latex); });
  inReport("reportPdf", [](ReportView* view) { view->exportAs(ReportFormat::pdf); });
  inReport("reportHtml", [](ReportView* view) { view->exportAs(ReportFormat::html); });
  on("tableTsv", [bench] { copyFrontTable(bench, TableText::tsv); });
  on("tableLatex", [bench] { copyFrontTable(bench, TableText::latex); });
  on("tableMarkdown", [bench] { copyFrontTable(bench, TableText::markdown); });
  QObject::connect(stage->reportView(), &ReportView::originRequested, origin, &FigureOrigin::show);
}

void updateReportActions(const Actions& actions, const Workbench& bench, const Stage& stage) {
  const ReportBridge& report = *bench.report;
  const bool front = stage.workspace() == Stage::Workspace::report;
  actions["addToReport"]->setEnabled(!front && !bench.focus->focus().active.empty());
  for (const char* id : {"copyReport", "reportLatex", "reportPdf", "reportHtml"})
    actions[id]->setEnabled(!report.empty());
  if (!front) return;
  actions["undo"]->setEnabled(report.canUndo());
  actions["undo"]->setText(report.canUndo() ? QObject::tr("Undo: %1").arg(report.undoWords())
                                            : QObject::tr("Undo"));
  actions["redo"]->setEnabled(report.canRedo());
}

} // namespace latent::ui
