#include "ui/bridge/run_files.h"

#include "core/base/json.h"
#include "core/io/files.h"
#include "core/run/run_lock.h"
#include "ui/bridge/run_items.h"

#include <QFile>

#include <optional>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

Status checkOwn(const fs::path& run) {
  if (isShippedRun(run.string()))
    return usageError("The run " + run.filename().string() + " came with the program and stays as it is.");
  return done();
}

/// A free name in `folder` for something called `name`.
fs::path freeName(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  fs::path path = folder / name;
  for (int i = 2; fs::exists(path, ignored); ++i) path = folder / (name + "-" + std::to_string(i));
  return path;
}

} // namespace

Status renameRunFolder(const fs::path& run, const std::string& name) {
  if (const Status own = checkOwn(run); !own) return own.error();
  const Result<RunFolder> folder = RunFolder::open(run); // a readable run, before anything is written
  if (!folder) return folder.error();
  const Result<RunLock> lock = RunLock::acquire(run);
  if (!lock) return lock.error();
  const fs::path file = run / "run.json";
  const Result<std::string> text = readText(file);
  if (!text) return text.error();
  Json json = Json::parse(*text, nullptr, false);
  if (!json.is_object()) return inputError(file.string() + " is damaged; the run cannot be renamed.");
  json["name"] = name;
  return writeTextAtomically(file, json.dump(2) + "\n");
}

Result<fs::path> moveRunToTrash(const fs::path& run) {
  if (const Status own = checkOwn(run); !own) return own.error();
  std::error_code error;
  if (!fs::is_directory(run, error))
    return inputError("There is no run folder " + run.string() + " any more.");
  if (RunLock::held(run))
    return workError("The run " + run.filename().string() +
                     " is being trained; stop it before you delete it.");

  QString inTrash;
  if (QFile::moveToTrash(QString::fromStdString(run.string()), &inTrash) && !inTrash.isEmpty())
    return fs::path(inTrash.toStdString());
  // No trash on this file system: a folder beside the run is on the same one, so moving cannot fail half-way.
  const fs::path trash = run.parent_path() / ".trash";
  fs::create_directories(trash, error);
  const fs::path target = freeName(trash, run.filename().string());
  if (!error) fs::rename(run, target, error);
  if (error) return workError("The run " + run.string() + " cannot be deleted: " + error.message() + ".");
  return target;
}

Status moveRunBack(const fs::path& trashed, const fs::path& run) {
  std::error_code error;
  if (fs::exists(run, error))
    return workError("The run cannot be restored: there is something new at " + run.string() + ".");
  fs::rename(trashed, run, error);
  if (error)
    return workError("The run cannot be restored from " + trashed.string() + ": " + error.message() + ".");
  // The note that desktops keep beside a trashed file (FreeDesktop trash specification 1.0).
  const fs::path note =
      trashed.parent_path().parent_path() / "info" / (trashed.filename().string() + ".trashinfo");
  fs::remove(note, error);
  return done();
}

} // namespace latent::ui
