// What every new run begins with, trained here or brought from elsewhere: a folder of its own and a record.
#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/run/run_lock.h"
#include "core/run/run_record.h"

#include <filesystem>
#include <map>
#include <string>

namespace latent {

/// Usage error for paths that a record, which is JSON, cannot hold: those that are no UTF-8 text.
Status checkRecordable(const RunConfig& config);

/// Makes the folder and takes its lock. Usage error if it exists and is not empty, work error if it cannot be
/// made.
Result<RunLock> claimRunFolder(const std::filesystem::path& path);
Status makeSnapshotsFolder(const std::filesystem::path& runFolder);

/// Id, time and versions of now; the process's count of threads; a name for people where config has none.
RunRecord newRecord(const RunConfig& config, ModelSpec spec, const Dataset& data);
/// Of this program and its libraries, for RunRecord::versions.
std::map<std::string, std::string> versionsNow();

} // namespace latent
