// A session: what the window shows, saved (.latent-session). Runs are named, never copied.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/pin.h"
#include "core/base/result.h"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

inline constexpr const char* sessionSuffix = ".latent-session";

struct SessionRun {
  RunId id;             ///< the folder, as Focus and pins name it
  std::string name;     ///< for people, where the folder is not here
  std::string relative; ///< the folder as seen from that of the session's file; "" = not known
  std::string shipped;  ///< name of a model that comes with the program; "" = a folder of the person's
  bool operator==(const SessionRun&) const = default;
};

struct Session {
  std::vector<SessionRun> runs; ///< in the order of the list
  Focus focus;
  std::vector<Pin> pins;
  Json window = Json::object(); ///< workspace, splitters and the like
  Json views = Json::object();  ///< what each view keeps of itself, by its name
  bool operator==(const Session&) const = default;
};

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
