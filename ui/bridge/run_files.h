// Changes to run folders that a person asks for in the list of runs. They touch the disk: call them on a
// worker.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace latent::ui {

/// Writes the name into run.json, with the run's lock held. Usage error for shipped runs, work error while
/// somebody writes the run.
Status renameRunFolder(const std::filesystem::path& run, const std::string& name);

/// Moves the folder to the desktop's trash or, where there is none, into .trash beside it. Returns where it
/// is now. Errors as renameRunFolder.
Result<std::filesystem::path> moveRunToTrash(const std::filesystem::path& run);

/// Undoes moveRunToTrash. Work error if the place is taken or the trash was emptied.
Status moveRunBack(const std::filesystem::path& trashed, const std::filesystem::path& run);

} // namespace latent::ui
