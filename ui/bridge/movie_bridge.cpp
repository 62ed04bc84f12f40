#include "ui/bridge/movie_bridge.h"

#include "ui/bridge/figure_export.h"
#include "ui/bridge/figure_steps.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/movie_making.h"

#include <QFileInfo>
#include <QPointer>

#include <map>
#include <utility>

namespace latent::ui {
namespace {

/// Where the images of a run are.
struct DataPlace {
  std::string dataset, dataDir;
};

/// A request whose steps stay, and where the images of its runs are.
struct Opened {
  MovieRequest request;
  std::vector<DataPlace> places; ///< one a run
};

Result<Opened> open(const MovieRequest& request) {
  Opened opened{request, {}};
  if (!isTraining(request.kind)) {
    Result<FigureRequest> pinned = withSteps(request.view);
    if (!pinned) return pinned.error();
    opened.request.view = *std::move(pinned);
  }
  const auto sources = openSources(opened.request.view);
  if (!sources) return sources.error();
  for (const FigureSource& source : *sources) {
    const RunConfig& config = source.run.record().config;
    opened.places.push_back({config.dataset, config.dataDir});
  }
  return opened;
}

/// A request with the data of its runs; null where they are not at hand.
struct Prepared {
  MovieRequest request;
  MovieData data;
};
using Then = std::function<void(const Result<Prepared>&)>;

Result<MovieScript> scriptOf(const Prepared& prepared, JobControl& control) {
  const auto sources = openSources(prepared.request.view);
  if (!sources) return sources.error();
  return makeScript(prepared.request, *sources, prepared.data, control);
}

QImage imageOf(const MoviePicture& picture) {
  const QImage image(picture.rgb.data(), picture.width, picture.height, qsizetype{3} * picture.width,
                     QImage::Format_RGB888);
  return image.convertToFormat(QImage::Format_RGB32); // a copy
}

Result<MovieBridge::Preview> drawPreview(const Prepared& prepared, int widthPx, JobControl& control) {
  const auto script = scriptOf(prepared, control);
  if (!script) return script.error();
  MovieBridge::Preview preview{script->frames, {}, {0, (script->frames - 1) / 2, script->frames - 1}};
  if (prepared.request.back) preview.numbers = {0, prepared.request.frames / 2, prepared.request.frames - 1};
  const auto pictures = movieFrames(*script, preview.numbers, widthPx, control);
  if (!pictures) return pictures.error();
  for (const MoviePicture& picture : *pictures) preview.pictures.push_back(imageOf(picture));
  return preview;
}

Result<MovieFacts> writeNow(const Prepared& prepared, JobControl& control) {
  return makeMovie([&](JobControl& part) { return scriptOf(prepared, part); },
                   prepared.request.file.toStdString(), movieOptions(prepared.request), control);
}

} // namespace

struct MovieBridge::Impl {
  Impl(MovieBridge* bridge, JobBridge* jobBridge, LibraryBridge* libraryBridge)
      : owner(bridge), jobs(*jobBridge), library(*libraryBridge) {}

  MovieBridge* owner;
  JobBridge& jobs;
  LibraryBridge& library;
  int previewJob = 0;
  int previews = 0; ///< calls so far: an answer to an older one is dropped

  void prepare(const MovieRequest& request, Then then) {
    startJob<Opened>(
        jobs, JobBridge::Lane::quick, "Opening runs", owner, [request](JobControl&) { return open(request); },
        [this, then = std::move(then)](const Result<Opened>& opened) {
          if (!opened) return then(opened.error());
          load(*opened, {opened->request, {}}, then);
        });
  }

  /// The data of one run after the other; they are loaded once and shared.
  void load(const Opened& opened, const Prepared& prepared, const Then& then) {
    const size_t next = prepared.data.size();
    if (next == opened.places.size()) return then(prepared);
    library.withDataset(opened.places[next].dataset, opened.places[next].dataDir,
                        [this, opened, prepared, then, guard = QPointer<MovieBridge>(owner)](
                            const Result<std::shared_ptr<const Dataset>>& data) {
                          if (!guard) return;
                          Prepared more = prepared;
                          more.data.push_back(data ? *data : nullptr);
                          load(opened, more, then);
                        });
  }
};

MovieBridge::MovieBridge(JobBridge* jobs, LibraryBridge* library, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, jobs, library)) {}

MovieBridge::~MovieBridge() = default;

void MovieBridge::preview(const MovieRequest& request, int widthPx, QObject* receiver, PreviewAnswer answer) {
  stopPreview();
  const int call = m_impl->previews;
  const auto reply = [this, call, guard = QPointer<QObject>(receiver),
                      answer = std::move(answer)](const Result<Preview>& preview) {
    if (guard && call == m_impl->previews) answer(preview);
  };
  m_impl->prepare(request, [this, call, widthPx, reply](const Result<Prepared>& prepared) {
    if (call != m_impl->previews) return;
    if (!prepared) return reply(prepared.error());
    m_impl->previewJob = startJob<Preview>(
        m_impl->jobs, JobBridge::Lane::work, tr("Previewing a movie").toStdString(), this,
        [ready = *prepared, widthPx](JobControl& control) { return drawPreview(ready, widthPx, control); },
        reply);
  });
}

void MovieBridge::stopPreview() {
  ++m_impl->previews;
  m_impl->jobs.cancel(std::exchange(m_impl->previewJob, 0));
}

void MovieBridge::write(const MovieRequest& request) {
  const auto fail = [this](const Error& error) {
    if (error.fault != Fault::interrupted) emit failed(QString::fromStdString(error.message));
  };
  m_impl->prepare(request, [this, fail, file = request.file](const Result<Prepared>& prepared) {
    if (!prepared) return fail(prepared.error());
    startJob<MovieFacts>(
        m_impl->jobs, JobBridge::Lane::work, tr("Making %1").arg(QFileInfo(file).fileName()).toStdString(),
        this, [ready = *prepared](JobControl& control) { return writeNow(ready, control); },
        [this, fail, file](const Result<MovieFacts>& facts) {
          if (facts)
            emit written(file);
          else
            fail(facts.error());
        });
  });
}

} // namespace latent::ui
