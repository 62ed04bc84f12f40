#include "ui/views/window/exporter.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/compare/compare_figure.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/shared/messages.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/views/window/export_dialog.h"
#include "ui/views/window/stage.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/latent_plane.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>

namespace latent::ui {
namespace {

QString wordOf(FigureRequest::Kind kind) {
  switch (kind) {
  case FigureRequest::Kind::plane:
    return QStringLiteral("plane");
  case FigureRequest::Kind::reconstruct:
    return QStringLiteral("reconstructions");
  case FigureRequest::Kind::noise:
    return QStringLiteral("noise");
  case FigureRequest::Kind::sample:
    return QStringLiteral("samples");
  case FigureRequest::Kind::interpolate:
    return QStringLiteral("path");
  case FigureRequest::Kind::traverse:
    return QStringLiteral("sweep");
  case FigureRequest::Kind::codes:
    return QStringLiteral("codes");
  case FigureRequest::Kind::curves:
    break;
  }
  return QStringLiteral("curves");
}

} // namespace

Exporter::Exporter(const Workbench& bench, Stage* stage, QObject* parent)
    : QObject(parent), m_bench(bench), m_stage(stage) {
  m_settings.folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  connect(bench.library, &LibraryBridge::figureExported, this, [this](const QString& file) {
    const QFileInfo info(file);
    m_bench.messages->offer(
        tr("Wrote %1.").arg(info.fileName()), tr("Open folder"),
        [folder = info.absolutePath()] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
  });
}

// The panel that has the focus; else the plane.
FigureRequest::Kind Exporter::kindInFront() const {
  if (m_stage->workspace() == Stage::Workspace::compare)
    return figureKind(m_stage->compareView()->settings().mode);
  const QWidget* focus = QApplication::focusWidget();
  const TrainView* train = m_stage->trainView();
  if (focus && train->isVisible()) {
    if (train->curvesPanel()->isAncestorOf(focus)) return FigureRequest::Kind::curves;
    if (train->reconstructionsPanel()->isAncestorOf(focus)) return FigureRequest::Kind::reconstruct;
  }
  if (traverseInFront()) return FigureRequest::Kind::traverse;
  return FigureRequest::Kind::plane;
}

bool Exporter::traverseInFront() const {
  return m_stage->workspace() == Stage::Workspace::explore &&
         m_stage->exploreView()->page() == ExploreView::Page::traverse;
}

Result<FigureRequest> Exporter::request(FigureRequest::Kind kind) const {
  const bool compare = m_stage->workspace() == Stage::Workspace::compare && kind == kindInFront();
  Result<FigureRequest> made = compare ? m_stage->compareView()->figure()
                               : kind == FigureRequest::Kind::traverse && traverseInFront()
                                   ? m_stage->exploreView()->traverseView()->figure()
                                   : Result<FigureRequest>(ofTrainOrExplore(kind));
  if (!made) return made;
  made->widthMm = m_settings.widthMm;
  made->dpi = m_settings.dpi;
  made->focus = m_bench.focus->focus();
  return made;
}

FigureRequest Exporter::ofTrainOrExplore(FigureRequest::Kind kind) const {
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = kind;
  request.runs = {focus.active};
  request.step = focus.step;
  if (kind == FigureRequest::Kind::plane) {
    const PlanePanel* panel = m_stage->planePanel();
    request.rect = panel->plane()->frame().visible();
    const PlaneLayers& layers = panel->plane()->layers();
    request.tiles = layers.tiles;
    request.points = layers.points;
    request.rings = layers.rings;
    const RunItem* run = m_bench.runs->find(focus.active);
    if (run && run->latentSize() > 2) request.axes = panel->axes();
    return request;
  }
  for (const RunId& run : focus.shown) {
    const RunItem* item = m_bench.runs->find(run);
    if (item && !item->queued && run != focus.active) request.runs.push_back(run);
  }
  if (kind == FigureRequest::Kind::reconstruct) {
    const ReconstructionsPanel* panel = m_stage->trainView()->reconstructionsPanel();
    const auto columns = static_cast<size_t>(std::max(1, panel->grid()->columnsShown()));
    request.items.assign(panel->items().begin(),
                         panel->items().begin() +
                             static_cast<long>(std::min(columns, panel->items().size())));
  } else {
    const CurveChoice& choice = m_stage->trainView()->curvesPanel()->choice();
    request.series = {choice.part == "total" ? (choice.bound ? "elbo" : "loss") : choice.part};
    request.logX = choice.logX;
    request.logY = choice.logY;
  }
  return request;
}

QString Exporter::freshName(FigureRequest::Kind kind) const {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  QString base = wordOf(kind);
  if (run) base += QLatin1Char('-') + QFileInfo(QString::fromStdString(run->id)).fileName();
  if (focus.step) base += QStringLiteral("-step%1").arg(*focus.step);
  const QDir folder(m_settings.folder);
  QString name = QStringLiteral("%1.%2").arg(base, m_settings.extension);
  for (int i = 2; folder.exists(name); ++i)
    name = QStringLiteral("%1-%2.%3").arg(base).arg(i).arg(m_settings.extension);
  return folder.filePath(name);
}

void Exporter::exportAgain() {
  if (!m_settings.used) {
    ask();
    return;
  }
  const FigureRequest::Kind kind = kindInFront();
  write(request(kind), freshName(kind));
}

void Exporter::exportCurves(const RunId& run) {
  Result<FigureRequest> next = request(FigureRequest::Kind::curves);
  if (next) next->runs = {run};
  write(std::move(next), freshName(FigureRequest::Kind::curves));
}

void Exporter::ask() {
  if (m_bench.focus->focus().active.empty()) {
    m_bench.messages->error(tr("There is no run to export a view of; open or train one first."));
    return;
  }
  auto* dialog = new ExportDialog(m_settings, kindInFront(), m_stage->window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFile(freshName(kindInFront()));
  connect(dialog, &ExportDialog::kindChosen, this,
          [this, dialog](FigureRequest::Kind kind) { dialog->setFile(freshName(kind)); });
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    m_settings = dialog->settings();
    write(request(dialog->kind()), dialog->file());
  });
  dialog->open();
}

void Exporter::write(Result<FigureRequest> request, const QString& file) {
  if (!request) {
    m_bench.messages->error(QString::fromStdString(request.error().message));
    return;
  }
  if (request->runs.empty() || request->runs.front().empty()) {
    m_bench.messages->error(tr("There is no run to export a view of; open or train one first."));
    return;
  }
  request->file = file;
  QDir().mkpath(QFileInfo(file).absolutePath());
  m_bench.library->exportFigure(*request);
}

} // namespace latent::ui
