// A session: what the window shows, as a value. Runs are named, never copied.
#pragma once

#include "core/base/focus.h"
#include "core/base/json.h"
#include "core/base/pin.h"

#include <string>
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

} // namespace latent
