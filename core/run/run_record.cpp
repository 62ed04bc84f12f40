#include "core/run/run_record.h"

#include "core/data/catalogue.h"
#include "core/models/families.h"

#include <array>
#include <limits>

namespace latent {
namespace {

constexpr int newestFormat = 1;

using Texts = std::map<std::string, std::string>;

// Each returns false where the value is of another type or out of range.
bool take(const Json& json, std::string& value) {
  if (json.is_string()) value = json.get<std::string>();
  return json.is_string();
}
bool take(const Json& json, uint64_t& value) {
  // A text gives unsigned numbers, a Json made of signed integers does not.
  if (!json.is_number_unsigned() && !(json.is_number_integer() && json.get<int64_t>() >= 0)) return false;
  value = json.get<uint64_t>();
  return true;
}
bool take(const Json& json, int64_t& value) {
  uint64_t wide = 0;
  if (!take(json, wide) || wide > uint64_t{std::numeric_limits<int64_t>::max()}) return false;
  value = static_cast<int64_t>(wide);
  return true;
}
bool take(const Json& json, int& value) {
  uint64_t wide = 0;
  if (!take(json, wide) || wide > uint64_t{std::numeric_limits<int>::max()}) return false;
  value = static_cast<int>(wide);
  return true;
}
bool take(const Json& json, double& value) {
  if (!json.is_number()) return false;
  value = json.get<double>();
  return value >= 0;
}
bool take(const Json& json, Texts& values) {
  if (!json.is_object()) return false;
  for (const auto& [key, text] : json.items())
    if (!take(text, values[key])) return false;
  return true;
}
bool take(const Json& json, ImageShape& shape) {
  return json.is_array() && json.size() == 3 && take(json[0], shape.channels) &&
         take(json[1], shape.height) && take(json[2], shape.width);
}
bool take(const Json& json, RunState& state) {
  for (const RunState known : {RunState::created, RunState::running, RunState::paused, RunState::stopped,
                               RunState::finished, RunState::failed, RunState::interrupted}) {
    if (json != toString(known)) continue;
    state = known;
    return true;
  }
  return false;
}

/// Reads the values of one JSON object and remembers the first key that is missing or wrong.
class Fields {
 public:
  Fields(const Json& object, std::string prefix, std::string& wrong)
      : m_object(object), m_prefix(std::move(prefix)), m_wrong(wrong) {
    if (!object.is_object() && wrong.empty()) wrong = m_prefix.empty() ? "the whole text" : m_prefix;
  }

  template<class T>
  void read(const char* key, T& value) {
    if (!m_wrong.empty()) return;
    const auto found = m_object.find(key);
    if (found == m_object.end() || !take(*found, value)) m_wrong = m_prefix + key;
  }
  /// Leaves the value as it is where there is no such key.
  template<class T>
  void readIfThere(const char* key, T& value) {
    if (m_wrong.empty() && m_object.contains(key)) read(key, value);
  }
  /// An object inside this one; an empty one where there is none.
  const Json& child(const char* key) const {
    static const Json none = Json::object();
    const auto found = m_object.is_object() ? m_object.find(key) : m_object.end();
    return found == m_object.end() ? none : *found;
  }

 private:
  const Json& m_object;
  std::string m_prefix;
  std::string& m_wrong;
};

} // namespace

const ParameterSchema& runSchema() {
  static const ParameterSchema schema = [] {
    std::vector<std::string> datasets;
    for (const DatasetInfo& info : listDatasets({}, false)) datasets.push_back(info.id);
    return ParameterSchema{
        {.key = "dataset",
         .label = "Data set",
         .group = "Data",
         .type = ParameterType::choice,
         .standard = std::string("mnist"),
         .choices = datasets,
         .help =
             "The images to train on. The training split is learnt from; the test split is only measured.",
         .sweepable = true},
        {.key = "epochs",
         .label = "Epochs",
         .group = "Run",
         .type = ParameterType::integer,
         .minimum = 1,
         .maximum = 1e6,
         .standard = int64_t{10},
         .help = "Passes over the training images. A finished run can be resumed with a larger total.",
         .logarithmic = true},
        {.key = "seed",
         .label = "Seed",
         .group = "Run",
         .type = ParameterType::integer,
         .minimum = 0,
         .maximum = 9007199254740991, // 2^53 - 1, exact as a double
         .standard = int64_t{1},
         .help = "Starting point of every random number of the run: initial weights, order of images, noise. "
                 "The same seed repeats the run exactly.",
         .sweepable = true},
        {.key = "device",
         .label = "Device",
         .group = "Run",
         .type = ParameterType::choice,
         .standard = std::string("auto"),
         .choices = {"auto", "cpu", "cuda"},
         .help = "Where the run computes. auto takes a CUDA device where there is one, else the CPU."},
        {.key = "threads",
         .label = "Threads",
         .group = "Run",
         .type = ParameterType::integer,
         .minimum = 0,
         .maximum = 1024,
         .standard = int64_t{0},
         .help = "CPU threads of the matrix products, one count for the whole program; 0 leaves one core for "
                 "the window. The same count repeats a run bit for bit."}};
  }();
  return schema;
}

Json recordToJson(const RunRecord& record) {
  const ModelSpec& spec = record.spec;
  Json json;
  json["format"] = record.format;
  json["id"] = record.id;
  json["created"] = record.created;
  json["name"] = record.config.name;
  json["model"] = spec.family;
  json["shape"] = {spec.shape.channels, spec.shape.height, spec.shape.width};
  json["parameters"] = parametersToJson(spec.parameters);
  json["dataset"] = {{"id", record.config.dataset},     {"name", record.datasetName},
                     {"folder", record.config.dataDir}, {"train", record.trainImages},
                     {"test", record.testImages},       {"checksums", Json(record.checksums)}};
  json["seed"] = record.config.seed;
  json["epochs"] = record.config.epochs;
  json["device"] = record.config.device;
  json["threads"] = record.config.threads;
  json["versions"] = Json(record.versions);
  json["state"] = toString(record.state);
  json["message"] = record.message;
  json["step"] = record.step;
  json["epoch"] = record.epoch;
  json["wall_seconds"] = record.wallSeconds;
  if (!record.imported.empty()) json["imported"] = record.imported;
  if (const auto& parent = record.config.parent) {
    json["parent"] = {{"run", parent->run},
                      {"step", parent->step},
                      {"epoch", parent->epoch},
                      {"id", parent->id},
                      {"name", parent->name}};
  }
  // An empty map would be written as null.
  if (record.checksums.empty()) json["dataset"]["checksums"] = Json::object();
  if (record.versions.empty()) json["versions"] = Json::object();
  return json;
}

Result<RunRecord> recordFromJson(const Json& json) {
  RunRecord record;
  std::string wrong;
  Fields fields(json, "", wrong);
  fields.read("format", record.format);
  if (wrong.empty() && record.format > newestFormat)
    return inputError("format " + std::to_string(record.format) +
                      " is newer than this program, which reads up to " + std::to_string(newestFormat) +
                      "; use a newer Latent Explorer");
  if (wrong.empty() && record.format < 1) wrong = "format";
  RunConfig& config = record.config;
  ImageShape shape;
  fields.read("id", record.id);
  fields.read("created", record.created);
  fields.read("name", config.name);
  fields.read("model", config.family);
  fields.read("shape", shape);
  fields.read("seed", config.seed);
  fields.read("epochs", config.epochs);
  fields.read("device", config.device);
  fields.read("threads", config.threads);
  fields.read("versions", record.versions);
  fields.read("state", record.state);
  fields.read("message", record.message);
  fields.read("step", record.step);
  fields.read("epoch", record.epoch);
  fields.read("wall_seconds", record.wallSeconds);
  fields.readIfThere("imported", record.imported);
  if (json.is_object() && json.contains("parent")) {
    ForkPoint& parent = config.parent.emplace();
    Fields parentFields(fields.child("parent"), "parent.", wrong);
    parentFields.read("run", parent.run);
    parentFields.read("step", parent.step);
    parentFields.read("epoch", parent.epoch);
    parentFields.read("id", parent.id);
    parentFields.read("name", parent.name);
  }
  Fields dataset(fields.child("dataset"), "dataset.", wrong);
  dataset.read("id", config.dataset);
  dataset.read("name", record.datasetName);
  dataset.read("folder", config.dataDir);
  dataset.read("train", record.trainImages);
  dataset.read("test", record.testImages);
  dataset.read("checksums", record.checksums);
  if (!wrong.empty()) return inputError("\"" + wrong + "\" is missing or damaged");

  const FamilyInfo* family = findFamily(config.family);
  if (!family) return inputError("\"model\" names the unknown family \"" + config.family + "\"");
  const auto parameters = parametersFromJson(family->schema, fields.child("parameters"));
  if (!parameters) return inputError("\"parameters\": " + parameters.error().message);
  auto spec = makeModelSpec(config.family, shape, *parameters);
  if (!spec) return inputError("\"parameters\": " + spec.error().message);
  record.spec = std::move(*spec);
  config.parameters = record.spec.parameters;
  return record;
}

Result<RunRecord> parseRecord(std::string_view text, const std::string& nameForErrors) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return inputError(nameForErrors + " is damaged: it is not JSON.");
  auto record = recordFromJson(json);
  if (!record) return inputError(nameForErrors + " is damaged or foreign: " + record.error().message + ".");
  return record;
}

} // namespace latent
