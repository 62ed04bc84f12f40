#include "ui/bridge/files_bridge.h"

#include "core/data/picture.h"
#include "core/io/files.h"
#include "core/io/pin_file.h"
#include "core/io/session_file.h"
#include "ui/bridge/job_result.h"
#include "ui/bridge/run_items.h"
#include "ui/bridge/running_session.h"

#include <QStandardPaths>

#include <filesystem>
#include <span>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

constexpr int64_t largestPicture = int64_t{256} << 20;
constexpr int64_t largestText = int64_t{64} << 20;

fs::path userFolder() {
  // As the runs and the queue: below the user's data, whatever the program's name is.
  return fs::path(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString()) /
         "latent-explorer";
}

bool isRun(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "run.json", error);
}

struct FoundSession {
  Session session;
  QStringList missing; ///< names of runs
};

Result<FoundSession> readSession(const fs::path& file) {
  const Result<std::string> text = readText(file, largestText);
  if (!text) return text.error();
  Result<Session> session = parseSession(*text, file.string());
  if (!session) return session.error();
  FoundSession found{*std::move(session), {}};
  locateRuns(found.session, file.parent_path(), shippedModelsFolder(), isRun);
  for (const SessionRun& run : found.session.runs)
    if (!isRun(run.id)) found.missing << QString::fromStdString(run.name.empty() ? run.id : run.name);
  return found;
}

Result<Image> readPictureFile(const PictureWish& wish) {
  const std::string file = wish.file.toStdString();
  const auto bytes = readFile(file, largestPicture);
  if (!bytes) return bytes.error();
  const std::span content(reinterpret_cast<const uint8_t*>(bytes->data()), bytes->size());
  return readPicture(content, wish.shape, {wish.invert, wish.centre}, file);
}

} // namespace

QByteArray sessionBytes(const Session& session) {
  return QByteArray::fromStdString(sessionToText(session));
}

std::optional<Session> sessionOf(const QByteArray& text) {
  Result<Session> session = parseSession(text.toStdString(), "The remembered session");
  return session ? std::optional(*std::move(session)) : std::nullopt;
}

struct FilesBridge::Impl {
  JobBridge* jobs;
  std::shared_ptr<RunningSession> running = std::make_shared<RunningSession>(userFolder());
  uint64_t picture = 0; ///< number of the newest wish
  bool saidFull = false;
};

FilesBridge::FilesBridge(JobBridge* jobs, QObject* parent)
    : QObject(parent), m_impl(std::make_unique<Impl>(Impl{jobs})) {
  qRegisterMetaType<Session>("latent::Session");
}

FilesBridge::~FilesBridge() = default;

void FilesBridge::saveSession(const Session& session, const QString& file) {
  Session saved = session;
  relateTo(saved, fs::path(file.toStdString()).parent_path());
  startJob<std::monostate>(
      *m_impl->jobs, JobBridge::Lane::quick, tr("Saving the session").toStdString(), this,
      [saved = std::move(saved), path = file.toStdString()](JobControl&) {
        return writeTextAtomically(path, sessionToText(saved));
      },
      [this, file](const Status& status) {
        if (status)
          emit sessionSaved(file);
        else
          emit failed(QString::fromStdString(status.error().message));
      });
}

void FilesBridge::openSession(const QString& file) {
  startJob<FoundSession>(
      *m_impl->jobs, JobBridge::Lane::quick, tr("Opening the session").toStdString(), this,
      [path = file.toStdString()](JobControl&) { return readSession(path); },
      [this, file](const Result<FoundSession>& found) {
        if (found)
          emit sessionOpened(file, found->session, found->missing);
        else
          emit failed(QString::fromStdString(found.error().message));
      });
}

void FilesBridge::savePins(std::vector<Pin> pins, const QString& file) {
  const int count = static_cast<int>(pins.size());
  const bool table = file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
  startJob<std::monostate>(
      *m_impl->jobs, JobBridge::Lane::quick, tr("Exporting pins").toStdString(), this,
      [pins = std::move(pins), table, path = file.toStdString()](JobControl&) {
        return writeTextAtomically(path, table ? pinsToCsv(pins) : pinsToJson(pins));
      },
      [this, file, count](const Status& status) {
        if (status)
          emit pinsSaved(file, count);
        else
          emit failed(QString::fromStdString(status.error().message));
      });
}

void FilesBridge::openPins(const QString& file) {
  startJob<std::vector<Pin>>(
      *m_impl->jobs, JobBridge::Lane::quick, tr("Reading pins").toStdString(), this,
      [path = file.toStdString()](JobControl&) -> Result<std::vector<Pin>> {
        const Result<std::string> text = readText(path, largestText);
        if (!text) return text.error();
        return parsePins(*text, path);
      },
      [this, file](const Result<std::vector<Pin>>& pins) {
        if (pins)
          emit pinsOpened(file, *pins);
        else
          emit failed(QString::fromStdString(pins.error().message));
      });
}

void FilesBridge::openPicture(const PictureWish& wish) {
  const uint64_t number = ++m_impl->picture;
  startJob<Image>(
      *m_impl->jobs, JobBridge::Lane::quick, tr("Reading a picture").toStdString(), this,
      [wish](JobControl&) { return readPictureFile(wish); },
      [this, wish, number](const Result<Image>& image) {
        if (number != m_impl->picture) return;
        if (image)
          emit pictureOpened(wish, *image);
        else
          emit failed(QString::fromStdString(image.error().message));
      });
}

bool FilesBridge::keepsSession() const {
  return m_impl->running->owned();
}

std::optional<Session> FilesBridge::takeCrashed() {
  const std::optional<std::string> text = m_impl->running->takeCrashed();
  if (!text) return std::nullopt;
  Result<Session> session = parseSession(*text, "The session before the crash");
  if (session) return *std::move(session);
  emit failed(QString::fromStdString(session.error().message));
  return std::nullopt;
}

void FilesBridge::keepSession(const Session& session) {
  if (!keepsSession()) return;
  startJob<std::monostate>(
      *m_impl->jobs, JobBridge::Lane::quick, tr("Keeping the session").toStdString(), this,
      [session, running = m_impl->running](JobControl&) { return running->write(sessionToText(session)); },
      [this](const Status& status) {
        if (status || std::exchange(m_impl->saidFull, true)) return;
        emit failed(QString::fromStdString(status.error().message));
      });
}

void FilesBridge::endSession() {
  m_impl->running->end();
}

} // namespace latent::ui
