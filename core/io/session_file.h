// Files of sessions (.latent-session): versioned JSON that can be moved together with its runs.
#pragma once

#include "core/base/result.h"
#include "core/base/session.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace latent {

/// Folders of the runs as seen from that of the file, so that a folder with both can be moved.
void relateTo(Session& session, const std::filesystem::path& folder);
/// The opposite: runs that lie where the file says get that place as their id, also in Focus and pins; models
/// that come with the program that of this installation. `isRun` tells whether a folder holds a run. What is
/// found nowhere keeps its id.
void locateRuns(Session& session, const std::filesystem::path& folder, const std::filesystem::path& shipped,
                const std::function<bool(const std::filesystem::path&)>& isRun);

std::string sessionToText(const Session& session);
/// Input error: what is wrong; a newer format is named as such. `name` stands in it.
Result<Session> parseSession(std::string_view text, const std::string& name);

} // namespace latent
