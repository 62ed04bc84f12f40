#include "ui/views/window/exporter.h"

#include "ui/bridge/figure_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/compare/compare_figure.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/written_file.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/views/window/export_dialog.h"
#include "ui/views/window/figure_copy.h"
#include "ui/views/window/stage.h"

#include <QApplication>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <utility>

namespace latent::ui {

using Kind = FigureRequest::Kind;

QString fileWordOf(Kind kind) {
  switch (kind) {
  case Kind::plane:
    return QStringLiteral("plane");
  case Kind::reconstruct:
    return QStringLiteral("reconstructions");
  case Kind::noise:
    return QStringLiteral("noise");
  case Kind::sample:
    return QStringLiteral("samples");
  case Kind::interpolate:
    return QStringLiteral("path");
  case Kind::traverse:
    return QStringLiteral("sweep");
  case Kind::codes:
    return QStringLiteral("codes");
  case Kind::curves:
    break;
  }
  return QStringLiteral("curves");
}

namespace {

QString nameOf(Kind kind) {
  switch (kind) {
  case Kind::plane:
    return Exporter::tr("Plane");
  case Kind::reconstruct:
    return Exporter::tr("Reconstructions");
  case Kind::noise:
    return Exporter::tr("Noise");
  case Kind::sample:
    return Exporter::tr("Samples");
  case Kind::interpolate:
    return Exporter::tr("Path");
  case Kind::traverse:
    return Exporter::tr("Sweep");
  case Kind::codes:
    return Exporter::tr("Codes");
  case Kind::curves:
    break;
  }
  return Exporter::tr("Curves");
}

bool holds(const QWidget* panel, const QWidget* widget) {
  return widget && panel->isVisible() && (panel == widget || panel->isAncestorOf(widget));
}

} // namespace

Exporter::Exporter(const Workbench& bench, Stage* stage, QObject* parent)
    : QObject(parent), m_bench(bench), m_stage(stage), m_copy(new FigureCopy(bench, this)) {
  m_settings.folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  connect(bench.figures, &FigureBridge::written, this, &Exporter::sayWritten);
  connect(bench.figures, &FigureBridge::failed, bench.messages, &Messages::error);
}

FigureChoice Exporter::choice(Kind kind, const QString& name, QWidget* panel,
                              std::function<Result<FigureRequest>()> request) const {
  return {kind, name, panel, [this, request = std::move(request)]() -> Result<FigureRequest> {
            Result<FigureRequest> made = request();
            if (!made) return made;
            if (made->runs.empty() || made->runs.front().empty())
              return usageError("There is no run to export a view of; open or train one first.");
            made->widthMm = m_settings.page.widthMm;
            made->focus = m_bench.focus->focus();
            return made;
          }};
}

std::vector<FigureChoice> Exporter::figures() const {
  const auto of = [this](Kind kind, auto* view) {
    return choice(kind, nameOf(kind), view, [view] { return view->figure(); });
  };
  switch (m_stage->workspace()) {
  case Stage::Workspace::train: {
    const TrainView* train = m_stage->trainView();
    return {of(Kind::plane, train->planePanel()), of(Kind::curves, train->curvesPanel()),
            of(Kind::reconstruct, train->reconstructionsPanel())};
  }
  case Stage::Workspace::explore: {
    const ExploreView* explore = m_stage->exploreView();
    if (explore->page() == ExploreView::Page::traverse) return {of(Kind::traverse, explore->traverseView())};
    if (explore->page() == ExploreView::Page::codes) return {of(Kind::codes, explore->codesView())};
    return {of(Kind::plane, explore->planeView())};
  }
  case Stage::Workspace::compare: {
    CompareView* compare = m_stage->compareView();
    return {of(figureKind(compare->settings().mode), compare)};
  }
  default: // a report is no figure
    return {};
  }
}

size_t Exporter::frontIndex(const std::vector<FigureChoice>& choices) const {
  for (const QWidget* at : std::initializer_list<const QWidget*>{m_pointed, QApplication::focusWidget()}) {
    const auto found =
        std::ranges::find_if(choices, [at](const FigureChoice& each) { return holds(each.panel, at); });
    if (found != choices.end()) return static_cast<size_t>(found - choices.begin());
  }
  return 0;
}

std::vector<FigureChoice> Exporter::choicesOfFront() const {
  if (m_bench.focus->focus().active.empty()) {
    m_bench.messages->error(tr("There is no run to export a view of; open or train one first."));
    return {};
  }
  std::vector<FigureChoice> choices = figures();
  if (choices.empty())
    m_bench.messages->error(tr("There is no view to export here; go to Train, Explore or Compare."));
  return choices;
}

Result<FigureRequest> Exporter::inFront() const {
  const std::vector<FigureChoice> choices = figures();
  if (choices.empty()) return usageError("There is no view to export here; go to Train, Explore or Compare.");
  return choices[frontIndex(choices)].request();
}

QString Exporter::freshName(Kind kind, const QString& extension) const {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  QString base = fileWordOf(kind);
  if (run) base += QLatin1Char('-') + QFileInfo(QString::fromStdString(run->id)).fileName();
  if (focus.step) base += QStringLiteral("-step%1").arg(*focus.step);
  // Neither the picture nor what goes beside it may replace something.
  const QString ending = QLatin1Char('.') + extension;
  return freePath(m_settings.folder, base, {ending, ".csv", ".tex", ".json"});
}

void Exporter::ask() {
  const std::vector<FigureChoice> choices = choicesOfFront();
  if (!choices.empty()) openDialog(choices, frontIndex(choices));
}

void Exporter::exportAgain() {
  if (!m_settings.used) return ask();
  const std::vector<FigureChoice> choices = choicesOfFront();
  if (choices.empty()) return;
  const FigureChoice& front = choices[frontIndex(choices)];
  const Result<FigureRequest> request = front.request();
  if (!request) return say(request.error());
  write(*request, m_settings.page, m_settings.filesOf(freshName(front.kind, m_settings.extension)));
}

void Exporter::exportCurves(const RunId& run) {
  const auto curves = [this, run]() -> Result<FigureRequest> {
    Result<FigureRequest> shown = m_stage->trainView()->curvesPanel()->figure();
    if (shown) shown->runs = {run};
    return shown;
  };
  openDialog({choice(Kind::curves, nameOf(Kind::curves), m_stage, curves)}, 0);
}

void Exporter::openDialog(const std::vector<FigureChoice>& choices, size_t current) {
  auto* dialog = new ExportDialog(
      m_bench.figures, choices, current, m_settings,
      [this](Kind kind, const QString& extension) { return freshName(kind, extension); }, m_stage->window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    m_settings = dialog->settings();
    if (dialog->figure()) return m_bench.figures->write(dialog->figure(), dialog->page(), dialog->files());
    const Result<FigureRequest> request = dialog->request();
    request ? write(*request, dialog->page(), dialog->files()) : say(request.error());
  });
  dialog->open();
}

void Exporter::write(const FigureRequest& request, const FigurePage& page, const FigureFiles& files) {
  m_bench.figures->make(request, this,
                        [this, page, files](const Result<std::shared_ptr<const Figure>>& figure) {
                          if (!figure) return say(figure.error());
                          m_bench.figures->write(*figure, page, files);
                        });
}

void Exporter::copyImage() {
  const Result<FigureRequest> request = inFront();
  if (request) return m_copy->copy(*request, m_settings.page, FigureCopy::What::image);
  if (m_bench.focus->focus().active.empty()) return say(request.error());
  m_copy->copyScreen(m_stage->frontPicture(), request.error());
}

void Exporter::copyNumbers() {
  const Result<FigureRequest> request = inFront();
  request ? m_copy->copy(*request, m_settings.page, FigureCopy::What::numbers) : say(request.error());
}

void Exporter::copyLatex() {
  const Result<FigureRequest> request = inFront();
  request ? m_copy->copy(*request, m_settings.page, FigureCopy::What::latex) : say(request.error());
}

void Exporter::say(const Error& error) {
  if (error.fault != Fault::interrupted) m_bench.messages->error(QString::fromStdString(error.message));
}

void Exporter::sayWritten(const QString& file) {
  ui::sayWritten(m_bench.messages, file, QFileInfo(file).absolutePath());
}

} // namespace latent::ui
