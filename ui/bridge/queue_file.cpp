#include "ui/bridge/queue_file.h"

#include "core/base/json.h"
#include "core/io/files.h"
#include "core/models/families.h"

#include <system_error>

namespace latent::ui {

namespace fs = std::filesystem;

namespace {

constexpr int format = 1;

Json configToJson(const RunConfig& config) {
  Json json = {{"name", config.name},
               {"model", config.family},
               {"dataset", config.dataset},
               {"data_dir", config.dataDir},
               {"seed", config.seed},
               {"epochs", config.epochs},
               {"device", config.device},
               {"threads", config.threads},
               {"parameters", parametersToJson(config.parameters)}};
  if (config.parent) json["parent"] = {{"run", config.parent->run}, {"step", config.parent->step}};
  return json;
}

/// Throws nlohmann's exceptions for missing keys and other types.
Result<RunConfig> configFromJson(const Json& json) {
  RunConfig config;
  config.name = json.at("name").get<std::string>();
  config.family = json.at("model").get<std::string>();
  config.dataset = json.at("dataset").get<std::string>();
  config.dataDir = json.at("data_dir").get<std::string>();
  config.seed = json.at("seed").get<uint64_t>();
  config.epochs = json.at("epochs").get<int64_t>();
  config.device = json.at("device").get<std::string>();
  config.threads = json.at("threads").get<int>();
  if (json.contains("parent")) {
    config.parent.emplace();
    json.at("parent").at("run").get_to(config.parent->run);
    json.at("parent").at("step").get_to(config.parent->step);
  }
  const FamilyInfo* family = findFamily(config.family);
  if (!family) return inputError("it names the unknown model family \"" + config.family + "\"");
  Result<Parameters> parameters = parametersFromJson(family->schema, json.at("parameters"));
  if (!parameters) return parameters.error();
  config.parameters = *std::move(parameters);
  return config;
}

} // namespace

std::string queueToText(const std::vector<QueuedRun>& runs) {
  Json list = Json::array();
  for (const QueuedRun& run : runs)
    list.push_back(run.folder.empty() ? configToJson(run.config) : Json{{"folder", run.folder}});
  return Json{{"format", format}, {"runs", list}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<QueuedRun>> queueFromText(const std::string& text) {
  try {
    const Json json = Json::parse(text);
    if (json.at("format").get<int>() > format) return inputError("it is of a newer version of this program");
    std::vector<QueuedRun> runs;
    for (const Json& entry : json.at("runs")) {
      if (entry.contains("folder")) {
        runs.push_back({{}, entry.at("folder").get<std::string>()});
        continue;
      }
      Result<RunConfig> config = configFromJson(entry);
      if (!config) return config.error();
      runs.push_back({*std::move(config), {}});
    }
    return runs;
  } catch (const Json::exception&) {
    return inputError("it is not a queue in JSON");
  }
}

Result<std::vector<QueuedRun>> QueueFile::read() {
  std::lock_guard lock(m_mutex);
  std::error_code error;
  if (!fs::exists(m_path, error)) return std::vector<QueuedRun>{};
  const Result<std::string> text = readText(m_path);
  if (!text) return text.error();
  Result<std::vector<QueuedRun>> runs = queueFromText(*text);
  if (runs) return runs;
  // Kept, not overwritten by the next change: somebody may want to mend it.
  fs::path aside = m_path;
  aside += ".damaged";
  fs::rename(m_path, aside, error);
  return inputError("The queue of the last session in " + m_path.string() + " cannot be read: " +
                    runs.error().message + "; it was set aside as " + aside.filename().string() + ".");
}

Status QueueFile::write(uint64_t sequence, const std::string& text) {
  std::lock_guard lock(m_mutex);
  if (sequence <= m_written) return done();
  std::error_code error;
  fs::create_directories(m_path.parent_path(), error);
  if (error)
    return workError("The queue cannot be saved in " + m_path.parent_path().string() + ": " +
                     error.message() + ".");
  if (const Status written = writeTextAtomically(m_path, text); !written) return written.error();
  m_written = sequence;
  return done();
}

} // namespace latent::ui
