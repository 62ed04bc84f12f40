#include "ui/views/window/movie_exporter.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/compare/compare_figure.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_view.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/written_file.h"
#include "ui/views/train/reconstructions_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/views/window/stage.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace latent::ui {
namespace {

using Kind = MovieRequest::Kind;

QString fileWordOf(Kind kind) {
  switch (kind) {
  case Kind::traverse:
    return QStringLiteral("traverse");
  case Kind::path:
    return QStringLiteral("path");
  case Kind::noise:
    return QStringLiteral("noise");
  case Kind::trainingPlane:
  case Kind::trainingReconstructions:
    break;
  }
  return QStringLiteral("training");
}

} // namespace

MovieExporter::MovieExporter(const Workbench& bench, Stage* stage, QObject* parent)
    : QObject(parent), m_bench(bench), m_stage(stage) {
  setSettings({});
  connect(bench.movies, &MovieBridge::failed, bench.messages, &Messages::error);
  connect(bench.movies, &MovieBridge::written, this, [this](const QString& file) {
    sayWritten(m_bench.messages, file, QFileInfo(file).absolutePath());
  });
}

void MovieExporter::setSettings(const MovieSettings& settings) {
  m_settings = settings;
  if (m_settings.folder.isEmpty())
    m_settings.folder = QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
}

Result<FigureRequest> MovieExporter::ofCompare(FigureRequest::Kind kind) const {
  CompareView* compare = m_stage->compareView();
  if (m_stage->workspace() == Stage::Workspace::compare && figureKind(compare->settings().mode) == kind)
    return compare->figure();
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = kind;
  for (const RunId& id : focus.shown) {
    const RunItem* run = m_bench.runs->find(id);
    if (!run || run->queued || run->discrete) continue;
    request.runs.push_back(id);
    request.rows.push_back({id, id == focus.active ? focus.step : std::nullopt});
  }
  if (request.runs.empty())
    return usageError("None of the shown runs has continuous latents; show one that has.");
  const bool test = focus.subject.index >= 0 && focus.subject.split == "test";
  const int64_t item = test ? focus.subject.index : 0;
  request.path = compare->settings().interpolate.path;
  request.scale = compare->settings().noise.scale;
  request.seed = compare->settings().noise.seed;
  const auto placeOf = [](int64_t index) {
    LatentPlace place;
    place.subject.emplace().index = index;
    return place;
  };
  request.from = placeOf(item);
  request.to = placeOf(item == 0 ? 1 : 0);
  return request;
}

std::vector<MovieChoice> MovieExporter::choices() const {
  const auto withFocus = [this](auto make) {
    return [this, make]() -> Result<FigureRequest> {
      Result<FigureRequest> request = make();
      if (request) request->focus = m_bench.focus->focus();
      return request;
    };
  };
  const TrainView* train = m_stage->trainView();
  const ExploreView* explore = m_stage->exploreView();
  const bool exploring = m_stage->workspace() == Stage::Workspace::explore;
  return {{Kind::trainingPlane, tr("Training: latent plane"), withFocus([train, explore, exploring] {
             return exploring ? explore->planeView()->figure() : train->planePanel()->figure();
           })},
          {Kind::trainingReconstructions, tr("Training: reconstructions"),
           withFocus([train] { return train->reconstructionsPanel()->figure(); })},
          {Kind::traverse, tr("Traverse: each latent"),
           withFocus([explore] { return explore->traverseView()->figure(); })},
          {Kind::path, tr("Path between two images"),
           withFocus([this] { return ofCompare(FigureRequest::Kind::interpolate); })},
          {Kind::noise, tr("Noise rising on the latents"),
           withFocus([this] { return ofCompare(FigureRequest::Kind::noise); })}};
}

MovieRequest::Kind MovieExporter::kindInFront() const {
  const CompareView* compare = m_stage->compareView();
  switch (m_stage->workspace()) {
  case Stage::Workspace::explore:
    return m_stage->exploreView()->page() == ExploreView::Page::traverse ? Kind::traverse
                                                                         : Kind::trainingPlane;
  case Stage::Workspace::compare:
    return compare->settings().mode == CompareMode::interpolate ? Kind::path
           : compare->settings().mode == CompareMode::noise     ? Kind::noise
                                                                : Kind::trainingReconstructions;
  default:
    return Kind::trainingPlane;
  }
}

QString MovieExporter::freshName(MovieRequest::Kind kind, const QString& extension) const {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  QString base = fileWordOf(kind);
  if (run) base += QLatin1Char('-') + QFileInfo(QString::fromStdString(run->id)).fileName();
  return freePath(m_settings.folder, base, {QLatin1Char('.') + extension});
}

void MovieExporter::ask() {
  if (m_bench.focus->focus().active.empty())
    return m_bench.messages->error(tr("There is no run to make a movie of; open or train one first."));
  const std::vector<MovieChoice> all = choices();
  const auto front = std::ranges::find(all, kindInFront(), &MovieChoice::kind);
  auto* dialog = new MovieDialog(
      m_bench.movies, all, static_cast<size_t>(front - all.begin()), m_settings,
      [this](MovieRequest::Kind kind, const QString& extension) { return freshName(kind, extension); },
      m_stage->window());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { write(*dialog); });
  dialog->open();
}

void MovieExporter::write(const MovieDialog& dialog) {
  m_settings = dialog.settings();
  const Result<MovieRequest> request = dialog.request();
  if (!request) return m_bench.messages->error(QString::fromStdString(request.error().message));
  QDir().mkpath(QFileInfo(request->file).absolutePath());
  m_bench.movies->write(*request);
}

} // namespace latent::ui
