// run.json: what a run is and where it stands.
#pragma once

#include "core/base/json.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/base/run_config.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace latent {

/// The parameters of a run that are no family's own: epochs, seed, device, threads, dataset. For forms and
/// `latent`.
const ParameterSchema& runSchema();

struct RunRecord {
  int format = 1;
  std::string id;      ///< random, made once
  std::string created; ///< ISO 8601, UTC
  RunConfig config;    ///< complete
  ModelSpec spec;
  std::map<std::string, std::string> checksums; ///< of the data
  std::string datasetName;
  int64_t trainImages = 0, testImages = 0;
  std::map<std::string, std::string> versions; ///< latent, torch, blas
  RunState state = RunState::created;
  std::string message; ///< why it failed
  int64_t step = 0;
  double epoch = 0;
  double wallSeconds = 0; ///< training time over all sessions
  std::string imported;   ///< name of the file that the weights came from, "" where they were trained here
};

Json recordToJson(const RunRecord& record);
/// Input error names the key; a newer format number is named as such.
Result<RunRecord> recordFromJson(const Json& json);
/// The text of a run.json.
Result<RunRecord> parseRecord(std::string_view text, const std::string& nameForErrors);

} // namespace latent
