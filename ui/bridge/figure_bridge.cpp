#include "ui/bridge/figure_bridge.h"

#include "core/run/run_folder.h"
#include "ui/bridge/figure_export.h"
#include "ui/bridge/figure_steps.h"
#include "ui/bridge/figure_writing.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/library_bridge.h"

#include <QFileInfo>
#include <QPointer>

#include <map>
#include <optional>
#include <utility>

namespace latent::ui {
namespace {

using MadeFigure = std::shared_ptr<const Figure>;

/// A request whose steps stay, and where its images are.
struct Prepared {
  FigureRequest request;
  std::string dataset, dataDir;
};

Result<Prepared> prepare(const FigureRequest& request) {
  if (request.runs.empty() || request.runs.front().empty())
    return usageError("There is no run to make a figure of; open or train one first.");
  Result<FigureRequest> pinned = withSteps(request);
  if (!pinned) return pinned.error();
  const Result<RunFolder> run = RunFolder::open(request.runs.front());
  if (!run) return run.error();
  return Prepared{*std::move(pinned), run->record().config.dataset, run->record().config.dataDir};
}

} // namespace

struct FigureBridge::Impl {
  /// A figure on its way. `stopped` is the GUI thread's: there is no answer any more.
  struct Making {
    QPointer<QObject> receiver;
    FigureAnswer answer;
    int job = 0;
    bool stopped = false;
  };
  struct Drawing {
    MadeFigure figure;
    FigurePage page;
    double dpi;
    QPointer<QObject> receiver;
    PictureAnswer answer;
  };
  /// One page at a time for each receiver, then the newest wish.
  struct Line {
    bool drawing = false;
    std::optional<Drawing> next;
  };

  Impl(FigureBridge* bridge, JobBridge* jobBridge, LibraryBridge* libraryBridge)
      : owner(bridge), jobs(*jobBridge), library(*libraryBridge) {}

  FigureBridge* owner;
  JobBridge& jobs;
  LibraryBridge& library;
  std::multimap<QObject*, std::shared_ptr<Making>> makings;
  std::map<QObject*, Line> lines;

  void end(const std::shared_ptr<Making>& making, const Result<MadeFigure>& figure) {
    std::erase_if(makings, [&](const auto& entry) { return entry.second == making; });
    if (!making->stopped && making->receiver) making->answer(figure);
  }

  void makeOf(const std::shared_ptr<Making>& making, const FigureRequest& request,
              const std::shared_ptr<const Dataset>& data) {
    if (making->stopped) return end(making, Error{Fault::interrupted, {}});
    making->job = startJob<MadeFigure>(
        jobs, JobBridge::Lane::work, tr("Making a figure").toStdString(), owner,
        [request, data](JobControl& control) -> Result<MadeFigure> {
          Result<Figure> figure = makeFigure(request, data.get(), control);
          if (!figure) return figure.error();
          return std::make_shared<const Figure>(*std::move(figure));
        },
        [this, making](const Result<MadeFigure>& figure) { end(making, figure); });
  }

  void drawNext(QObject* receiver) {
    Line& line = lines[receiver];
    if (!line.next || !line.next->receiver) {
      lines.erase(receiver);
      return;
    }
    const Drawing drawing = *std::exchange(line.next, std::nullopt);
    line.drawing = true;
    startJob<QImage>(
        jobs, JobBridge::Lane::quick, "Drawing a page", owner,
        [drawing](JobControl& control) {
          return drawPage(*drawing.figure, drawing.page, drawing.dpi, control);
        },
        [this, receiver, drawing](const Result<QImage>& picture) {
          lines[receiver].drawing = false;
          if (drawing.receiver) drawing.answer(picture);
          if (!lines[receiver].drawing) drawNext(receiver);
        });
  }
};

FigureBridge::FigureBridge(JobBridge* jobs, LibraryBridge* library, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, jobs, library)) {}

FigureBridge::~FigureBridge() = default;

void FigureBridge::make(const FigureRequest& request, QObject* receiver, FigureAnswer answer) {
  auto making = std::make_shared<Impl::Making>();
  making->receiver = receiver;
  making->answer = std::move(answer);
  m_impl->makings.emplace(receiver, making);
  connect(receiver, &QObject::destroyed, this, &FigureBridge::stopMaking, Qt::UniqueConnection);
  making->job = startJob<Prepared>(
      m_impl->jobs, JobBridge::Lane::quick, "Opening a run", this,
      [request](JobControl&) { return prepare(request); },
      [this, making](const Result<Prepared>& prepared) {
        if (!prepared) return m_impl->end(making, prepared.error());
        if (prepared->request.kind == FigureRequest::Kind::curves)
          return m_impl->makeOf(making, prepared->request, nullptr);
        // Without its data a plane is drawn without points; what shows images says that it needs them.
        m_impl->library.withDataset(
            prepared->dataset, prepared->dataDir,
            [this, making, wanted = prepared->request,
             guard = QPointer<FigureBridge>(this)](const Result<std::shared_ptr<const Dataset>>& data) {
              if (guard) m_impl->makeOf(making, wanted, data ? *data : nullptr);
            });
      });
}

void FigureBridge::stopMaking(QObject* receiver) {
  const auto [first, last] = m_impl->makings.equal_range(receiver);
  for (auto making = first; making != last; ++making) {
    making->second->stopped = true;
    m_impl->jobs.cancel(making->second->job);
  }
}

void FigureBridge::draw(std::shared_ptr<const Figure> figure, const FigurePage& page, double dpi,
                        QObject* receiver, PictureAnswer answer) {
  Impl::Line& line = m_impl->lines[receiver];
  line.next = Impl::Drawing{std::move(figure), page, dpi, receiver, std::move(answer)};
  if (!line.drawing) m_impl->drawNext(receiver);
}

void FigureBridge::texts(std::shared_ptr<const Figure> figure, const FigurePage& page, QObject* receiver,
                         TextsAnswer answer) {
  startJob<FigureTexts>(
      m_impl->jobs, JobBridge::Lane::quick, "Writing a table", receiver,
      [figure = std::move(figure), page](JobControl&) -> Result<FigureTexts> {
        return figureTexts(*figure, page);
      },
      std::move(answer));
}

void FigureBridge::write(std::shared_ptr<const Figure> figure, const FigurePage& page,
                         const FigureFiles& files) {
  startJob<std::monostate>(
      m_impl->jobs, JobBridge::Lane::work,
      tr("Writing %1").arg(QFileInfo(files.file).fileName()).toStdString(), this,
      [figure = std::move(figure), page, files](JobControl& control) {
        return writeFigureFiles(*figure, page, files, control);
      },
      [this, file = files.file](const Status& status) {
        if (status)
          emit written(file);
        else if (status.error().fault != Fault::interrupted)
          emit failed(QString::fromStdString(status.error().message));
      });
}

} // namespace latent::ui
