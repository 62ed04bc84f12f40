#include "core/run/new_run.h"

#include "core/base/absolute_path.h"
#include "core/data/csv.h"
#include "core/io/files.h"
#include "core/models/compute.h"
#include "core/models/families.h"

#include <chrono>
#include <ctime>
#include <random>

namespace latent {
namespace {

namespace fs = std::filesystem;

std::string randomId() {
  std::random_device device;
  std::string id;
  for (int i = 0; i < 16; ++i) id += "0123456789abcdef"[device() % 16];
  return id;
}

std::string timeNow() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

/// "VAE z2 MNIST".
std::string nameOf(const ModelSpec& spec, const Dataset& data) {
  std::string name = findFamily(spec.family)->shortName;
  if (spec.parameters.has("latent")) name += " z" + std::to_string(spec.parameters.integer("latent"));
  return name + " " + data.name;
}

/// What a kill before the first run.json leaves behind counts as empty.
bool isEmptyFolder(const fs::path& folder, std::error_code& error) {
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name != ".lock" && !isTemporaryName(name)) return false;
  }
  return true;
}

Status checkFree(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return done();
  if (!fs::is_directory(folder, error))
    return usageError(folder.string() + " is a file; choose another folder for the run.");
  const bool empty = isEmptyFolder(folder, error);
  if (error) return inputError("Cannot read the folder " + folder.string() + ": " + error.message() + ".");
  if (empty) return done();
  return usageError("The folder " + folder.string() +
                    " exists and is not empty; choose another one, or --resume to go on with the run in it.");
}

} // namespace

Status checkRecordable(const RunConfig& config) {
  for (const std::string& path : {config.dataDir, config.parent ? config.parent->run : std::string()})
    if (findInvalidUtf8(path) != std::string::npos)
      return usageError("The path " + path +
                        " is not UTF-8 text, and the record of a run must name it; rename the folder.");
  return done();
}

Result<RunLock> claimRunFolder(const fs::path& path) {
  if (const Status status = checkFree(path); !status) return status.error();
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return workError("Cannot make the folder " + path.string() + ": " + error.message() + ".");
  auto lock = RunLock::acquire(path);
  if (!lock) return lock;
  // Another program may have begun a run here between the check and the lock.
  if (const Status status = checkFree(path); !status) return status.error();
  return lock;
}

Status makeSnapshotsFolder(const fs::path& runFolder) {
  std::error_code error;
  fs::create_directories(runFolder / "snapshots", error);
  if (!error) return done();
  return workError("Cannot make the folder " + (runFolder / "snapshots").string() + ": " + error.message() +
                   ".");
}

RunRecord newRecord(const RunConfig& config, ModelSpec spec, const Dataset& data) {
  RunRecord record;
  record.id = randomId();
  record.created = timeNow();
  record.config = config;
  record.config.parameters = spec.parameters;
  record.config.dataset = data.id;
  record.config.threads = computeThreads();
  if (config.name.empty()) {
    record.config.name = nameOf(spec, data);
    if (config.parent) record.config.name += " from " + std::to_string(config.parent->step);
  }
  record.spec = std::move(spec);
  record.checksums = data.checksums;
  record.datasetName = data.name;
  record.trainImages = data.train->size();
  record.testImages = data.test->size();
  record.versions = versionsNow();
  return record;
}

std::map<std::string, std::string> versionsNow() {
  const ComputeVersions compute = computeVersions();
  return {{"latent", LATENT_VERSION}, {"torch", compute.torch}, {"blas", compute.blas}};
}

} // namespace latent
