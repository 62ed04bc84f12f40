#include "ui/bridge/library_bridge.h"

#include "core/data/catalogue.h"
#include "core/data/download.h"
#include "core/models/families.h"
#include "core/run/training_run.h"
#include "ui/bridge/dataset_store.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/run_files.h"
#include "ui/bridge/run_items.h"
#include "ui/bridge/weights_cache.h"

#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

constexpr size_t cacheBytes = size_t{256} << 20;

using Opened = std::vector<Result<OpenedRun>>;

DatasetCard cardOf(const DatasetInfo& info) {
  DatasetCard card;
  card.id = info.id;
  card.name = QString::fromStdString(info.name);
  card.available = info.available;
  card.builtIn = info.builtIn;
  card.shape = info.shape;
  card.downloadBytes = info.downloadBytes;
  card.source = QString::fromStdString(info.source);
  if (info.found && !info.available)
    card.problem = LibraryBridge::tr("Files of %1 in %2 are missing or damaged.")
                       .arg(card.name, QString::fromStdString(info.found->string()));
  return card;
}

Opened readShippedRuns(JobControl&) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator at(shippedModelsFolder(), error), end; !error && at != end; at.increment(error))
    if (fs::exists(at->path() / "run.json", error)) folders.push_back(at->path());
  std::sort(folders.begin(), folders.end());
  Opened opened;
  for (const fs::path& folder : folders) opened.push_back(readRun(folder));
  // MNIST first, and the pair of VAE and AE before what shows other methods: letters follow this order.
  const std::vector<std::string> data{"mnist", "fashion-mnist", "digits"};
  const auto rank = [&](const Result<OpenedRun>& run) {
    if (!run) return std::pair(data.size() + 1, 0);
    const auto place = std::find(data.begin(), data.end(), run->item.config.dataset) - data.begin();
    const std::string& family = run->item.config.family;
    return std::pair(static_cast<size_t>(place), family == "vae" ? 0 : family == "ae" ? 1 : 2);
  };
  std::ranges::stable_sort(opened, {}, rank);
  return opened;
}

} // namespace

struct LibraryBridge::Impl {
  Impl(LibraryBridge* bridge, JobBridge* jobBridge)
      : owner(bridge), jobs(*jobBridge), store(jobBridge, bridge) {}

  LibraryBridge* owner;
  JobBridge& jobs;
  DatasetStore store;
  std::vector<DatasetCard> cards;
  std::vector<DatasetCard> added;  ///< by path; the last of cards
  std::set<std::string> downloads; ///< under way
  std::function<void(RunItem&)> marker;
  WeightsCache cache{cacheBytes};
  std::map<RunId, fs::path> trashed;

  /// Scrubbing asks faster than a disk answers: one read at a time for each run, then the newest wish.
  struct Wish {
    std::optional<int64_t> step;
    bool reading = false;
  };
  std::map<RunId, Wish> wishes;

  void fail(const Error& error) {
    if (error.fault != Fault::interrupted) emit owner->failed(QString::fromStdString(error.message));
  }

  void deliver(OpenedRun run) {
    if (!run.problem.empty()) emit owner->failed(QString::fromStdString(run.problem));
    if (marker) marker(run.item);
    emit owner->runOpened(run.item, run.metrics);
  }

  void open(const fs::path& folder) {
    startJob<OpenedRun>(
        jobs, JobBridge::Lane::quick, "Opening " + folder.filename().string(), owner,
        [folder](JobControl&) { return readRun(folder); },
        [this](const Result<OpenedRun>& run) {
          if (run) {
            deliver(*run);
          } else {
            fail(run.error());
          }
        });
  }

  /// Those that are not there are left out.
  void openQuietly(const std::vector<RunId>& runs, const std::string& title) {
    startJob<Opened>(
        jobs, JobBridge::Lane::quick, title, owner,
        [runs](JobControl&) -> Result<Opened> {
          Opened opened;
          for (const RunId& run : runs) opened.push_back(readRun(run));
          return opened;
        },
        [this](const Result<Opened>& opened) {
          if (!opened) return fail(opened.error());
          for (const Result<OpenedRun>& run : *opened)
            if (run) deliver(*run);
        });
  }

  void readSnapshot(const RunId& run) {
    Wish& wish = wishes[run];
    wish.reading = true;
    const std::optional<int64_t> step = wish.step;
    startJob<std::shared_ptr<const Weights>>(
        jobs, JobBridge::Lane::quick, "Reading a snapshot", owner,
        [run, step](JobControl&) -> Result<std::shared_ptr<const Weights>> {
          const Result<RunFolder> folder = RunFolder::open(run);
          if (!folder) return folder.error();
          return folder->weights(step);
        },
        [this, run, step](const Result<std::shared_ptr<const Weights>>& weights) {
          // The newest weights of a run are another file tomorrow; only kept snapshots stay what they are.
          if (weights && step && (*weights)->step == *step) cache.put(run, *weights);
          if (wishes[run].step != step) return readSnapshot(run);
          wishes.erase(run);
          if (weights) {
            emit owner->snapshotLoaded(run, step, *weights);
          } else {
            fail(weights.error());
            emit owner->snapshotLoaded(run, step, nullptr); // who waits for it goes on
          }
        });
  }
};

LibraryBridge::LibraryBridge(JobBridge* jobs, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(this, jobs)) {}

LibraryBridge::~LibraryBridge() = default;

const std::vector<FamilyInfo>& LibraryBridge::families() const {
  return latent::families();
}

const ParameterSchema& LibraryBridge::runSchema() const {
  return latent::runSchema();
}

QString LibraryBridge::runsFolder() {
  return QString::fromStdString(standardRunsFolder().string());
}

void LibraryBridge::openRun(const QString& folder) {
  m_impl->open(folder.toStdString());
}

void LibraryBridge::openShippedModels() {
  startJob<Opened>(
      m_impl->jobs, JobBridge::Lane::quick, "Opening the models that came with the program", this,
      [](JobControl& control) -> Result<Opened> { return readShippedRuns(control); },
      [this](const Result<Opened>& runs) {
        if (!runs) return m_impl->fail(runs.error());
        for (const Result<OpenedRun>& run : *runs) {
          if (run) {
            m_impl->deliver(*run);
          } else {
            m_impl->fail(run.error());
          }
        }
      });
}

void LibraryBridge::reopenRuns(const std::vector<RunId>& runs) {
  m_impl->openQuietly(runs, "Opening the runs of the last session");
}

void LibraryBridge::rereadRuns(const std::vector<RunId>& runs) {
  m_impl->openQuietly(runs, "Reading runs of other programs");
}

void LibraryBridge::loadSnapshot(const RunId& run, std::optional<int64_t> step) {
  if (const auto found = m_impl->wishes.find(run); found != m_impl->wishes.end() && found->second.reading) {
    found->second.step = step;
    return;
  }
  if (const auto known = step ? m_impl->cache.find(run, *step) : nullptr) {
    // Never before this returns, as from disk; and not if another one was asked for meanwhile.
    m_impl->wishes[run] = {step, true};
    QMetaObject::invokeMethod(
        this,
        [this, run, step, known] {
          if (m_impl->wishes[run].step != step) return m_impl->readSnapshot(run);
          m_impl->wishes.erase(run);
          emit snapshotLoaded(run, step, known);
        },
        Qt::QueuedConnection);
    return;
  }
  m_impl->wishes[run].step = step;
  m_impl->readSnapshot(run);
}

void LibraryBridge::refreshDatasets() {
  startJob<std::vector<DatasetInfo>>(
      m_impl->jobs, JobBridge::Lane::quick, "Looking for data sets", this,
      [](JobControl&) -> Result<std::vector<DatasetInfo>> { return listDatasets({}, false); },
      [this](const Result<std::vector<DatasetInfo>>& infos) {
        if (!infos) return m_impl->fail(infos.error());
        m_impl->cards.clear();
        for (const DatasetInfo& info : *infos) m_impl->cards.push_back(cardOf(info));
        m_impl->cards.insert(m_impl->cards.end(), m_impl->added.begin(), m_impl->added.end());
        emit datasetsChanged();
      });
}

const std::vector<DatasetCard>& LibraryBridge::datasets() const {
  return m_impl->cards;
}

QString LibraryBridge::datasetName(const std::string& id) const {
  const auto card = std::ranges::find(m_impl->cards, id, &DatasetCard::id);
  return card != m_impl->cards.end() ? card->name : QFileInfo(QString::fromStdString(id)).fileName();
}

void LibraryBridge::addDataset(const QString& path) {
  withDataset(path.toStdString(), {}, [this, path](const Result<std::shared_ptr<const Dataset>>& data) {
    if (!data) return m_impl->fail(data.error());
    const std::string id = path.toStdString();
    if (std::ranges::find(m_impl->added, id, &DatasetCard::id) == m_impl->added.end()) {
      DatasetCard card;
      card.id = id;
      card.name = QFileInfo(path).fileName();
      card.available = true;
      card.shape = (*data)->shape;
      card.source = path;
      m_impl->added.push_back(card);
      m_impl->cards.push_back(card);
    }
    emit datasetsChanged();
    emit datasetLoaded(id);
    emit datasetAdded(id);
    if (const auto& warnings = (*data)->warnings; !warnings.empty()) {
      const QString first = QString::fromStdString(warnings.front());
      emit warned(warnings.size() == 1
                      ? first
                      : tr("%1 (and %n more)", nullptr, static_cast<int>(warnings.size()) - 1).arg(first));
    }
  });
}

void LibraryBridge::loadDataset(const std::string& id) {
  withDataset(id, {}, [this, id](const Result<std::shared_ptr<const Dataset>>& loaded) {
    if (loaded) {
      emit datasetLoaded(id);
    } else {
      m_impl->fail(loaded.error());
    }
  });
}

void LibraryBridge::withDataset(const std::string& id, const std::string& dataDir, DatasetAnswer answer) {
  m_impl->store.request(id, datasetName(id), dataDir, std::move(answer));
}

std::shared_ptr<const Dataset> LibraryBridge::dataset(const std::string& id) const {
  return m_impl->store.find(id);
}

std::shared_ptr<const Split> LibraryBridge::split(const std::string& id, const std::string& split) const {
  const auto data = dataset(id);
  if (!data) return nullptr;
  return split == "train" ? data->train : split == "test" ? data->test : nullptr;
}

int64_t LibraryBridge::itemCount(const std::string& id, const std::string& name) const {
  const auto items = split(id, name);
  return items ? items->size() : 0;
}

Image LibraryBridge::image(const std::string& id, const std::string& name, int64_t index) const {
  const auto items = split(id, name);
  return items && index >= 0 && index < items->size() ? imageAt(*items, index) : Image{};
}

int64_t LibraryBridge::label(const std::string& id, const std::string& name, int64_t index) const {
  const auto items = split(id, name);
  return items && index >= 0 && index < items->size() ? items->label(index) : -1;
}

std::vector<std::string> LibraryBridge::classNames(const std::string& id) const {
  const auto data = dataset(id);
  return data ? data->classes : std::vector<std::string>{};
}

QString LibraryBridge::file(const std::string& id, const std::string& name, int64_t index) const {
  const auto items = split(id, name);
  if (!items || index < 0 || index >= items->size() || items->file(index).empty()) return {};
  return QString::fromStdString((fs::path(dataset(id)->path) / items->file(index)).string());
}

void LibraryBridge::download(const std::string& id) {
  if (!m_impl->downloads.insert(id).second) return;
  startJob<std::monostate>(
      m_impl->jobs, JobBridge::Lane::work, tr("Downloading %1").arg(datasetName(id)).toStdString(), this,
      [id](JobControl& control) -> Status {
        const Result<std::vector<DownloadItem>> items = downloadItems(id);
        if (!items) return items.error();
        return latent::download(*items, downloadFolder({}) / id, {}, control);
      },
      [this, id](const Status& status) {
        m_impl->downloads.erase(id);
        if (!status) m_impl->fail(status.error());
        refreshDatasets();
      });
}

void LibraryBridge::renameRun(const RunId& run, const QString& name) {
  startJob<std::monostate>(
      m_impl->jobs, JobBridge::Lane::quick, "Renaming a run", this,
      [run, name = name.trimmed().toStdString()](JobControl&) { return renameRunFolder(run, name); },
      [this, run](const Status& status) {
        if (!status) m_impl->fail(status.error());
        m_impl->open(run); // also after a failure: the row shows what is on the disk
      });
}

void LibraryBridge::trashRun(const RunId& run) {
  startJob<fs::path>(
      m_impl->jobs, JobBridge::Lane::quick, "Deleting a run", this,
      [run](JobControl&) { return moveRunToTrash(run); },
      [this, run](const Result<fs::path>& moved) {
        if (!moved) return m_impl->fail(moved.error());
        m_impl->trashed[run] = *moved;
        m_impl->cache.forget(run);
        emit runTrashed(run);
      });
}

void LibraryBridge::restoreRun(const RunId& run) {
  const auto found = m_impl->trashed.find(run);
  if (found == m_impl->trashed.end()) {
    emit failed(tr("The run %1 was not deleted in this window; look for it in the trash.")
                    .arg(QString::fromStdString(run)));
    return;
  }
  startJob<std::monostate>(
      m_impl->jobs, JobBridge::Lane::quick, "Restoring a run", this,
      [run, from = found->second](JobControl&) { return moveRunBack(from, run); },
      [this, run](const Status& status) {
        if (!status) return m_impl->fail(status.error());
        m_impl->trashed.erase(run);
        m_impl->open(run);
      });
}

bool LibraryBridge::isShipped(const RunId& run) const {
  return isShippedRun(run);
}

void LibraryBridge::setMarker(std::function<void(RunItem&)> marker) {
  m_impl->marker = std::move(marker);
}

} // namespace latent::ui
