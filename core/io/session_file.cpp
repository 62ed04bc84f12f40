#include "core/io/session_file.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace latent {

namespace fs = std::filesystem;

namespace {

constexpr int format = 1;
constexpr int deepest = 32; ///< levels of JSON: views nest a few

/// Throws std::exception for what is no JSON or nested without end.
Json parseBounded(std::string_view text) {
  return Json::parse(text, [](int depth, Json::parse_event_t, const Json&) {
    if (depth > deepest) throw std::invalid_argument("it is nested too deeply");
    return true;
  });
}

Json runToJson(const SessionRun& run) {
  Json json{{"id", run.id}, {"name", run.name}};
  if (!run.relative.empty()) json["path"] = run.relative;
  if (!run.shipped.empty()) json["shipped"] = run.shipped;
  return json;
}

SessionRun runFromJson(const Json& json) {
  SessionRun run;
  run.id = json.at("id").get<RunId>();
  run.name = json.at("name").get<std::string>();
  if (run.id.empty()) throw std::invalid_argument("a run has no folder");
  if (json.contains("path")) run.relative = json.at("path").get<std::string>();
  if (json.contains("shipped")) run.shipped = json.at("shipped").get<std::string>();
  return run;
}

Json objectOf(const Json& json, const char* key) {
  const Json& value = json.at(key);
  if (!value.is_object()) throw std::invalid_argument(std::string("\"") + key + "\" is no object");
  return value;
}

} // namespace

void relateTo(Session& session, const fs::path& folder) {
  for (SessionRun& run : session.runs)
    run.relative = run.shipped.empty() ? fs::path(run.id).lexically_relative(folder).string() : std::string();
}

void locateRuns(Session& session, const fs::path& folder, const fs::path& shipped,
                const std::function<bool(const fs::path&)>& isRun) {
  std::map<RunId, RunId> places;
  for (SessionRun& run : session.runs) {
    const fs::path relative(run.relative), model(run.shipped);
    fs::path place;
    if (!run.shipped.empty())
      place = shipped / model.filename(); // a name, whatever a file says
    else if (!run.relative.empty() && relative.is_relative())
      place = (folder / relative).lexically_normal();
    if (place.empty() || !isRun(place)) continue;
    places[run.id] = place.string();
    run.id = place.string();
  }
  const auto move = [&](RunId& run) {
    if (const auto place = places.find(run); place != places.end()) run = place->second;
  };
  move(session.focus.active);
  std::ranges::for_each(session.focus.shown, move);
  for (Pin& pin : session.pins) move(pin.run);
}

std::string sessionToText(const Session& session) {
  Json json{{"format", format}, {"runs", Json::array()}};
  for (const SessionRun& run : session.runs) json["runs"].push_back(runToJson(run));
  json["focus"] = focusToJson(session.focus);
  json["pins"] = Json::array();
  for (const Pin& pin : session.pins) json["pins"].push_back(pinToJson(pin));
  json["window"] = session.window;
  json["views"] = session.views;
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Session> parseSession(std::string_view text, const std::string& name) {
  const auto damaged = [&](const std::string& what) {
    return inputError(name + " cannot be opened as a session: " + what + ".");
  };
  try {
    const Json json = parseBounded(text);
    if (!json.is_object() || !json.contains("format") || !json.contains("focus"))
      return damaged("it is another kind of file");
    if (json.at("format").get<int64_t>() > format)
      return damaged("it was written by a newer version of this program; update it");
    Session session;
    for (const Json& run : json.at("runs")) session.runs.push_back(runFromJson(run));
    Result<Focus> focus = focusFromJson(json.at("focus"));
    if (!focus) return damaged("its view is damaged");
    session.focus = *std::move(focus);
    for (const Json& entry : json.at("pins")) {
      Result<Pin> pin = pinFromJson(entry);
      if (!pin) return damaged("pin " + std::to_string(session.pins.size() + 1) + " is damaged");
      session.pins.push_back(*std::move(pin));
    }
    session.window = objectOf(json, "window");
    session.views = objectOf(json, "views");
    return session;
  } catch (const Json::parse_error& error) {
    return damaged("it is cut off or damaged at byte " + std::to_string(error.byte));
  } catch (const Json::exception&) {
    return damaged("an entry is missing or of another kind");
  } catch (const std::invalid_argument& error) {
    return damaged(error.what());
  }
}

} // namespace latent
