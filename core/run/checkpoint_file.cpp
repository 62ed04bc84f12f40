#include "core/run/checkpoint_file.h"

#include "core/io/lines.h"
#include "core/io/safetensors.h"

namespace latent {
namespace {

constexpr int newestFormat = 1;

template<class T>
bool take(const std::map<std::string, std::string>& metadata, const char* key, T& value) {
  const auto found = metadata.find(key);
  return found != metadata.end() && parseNumber(found->second, value) && value >= 0;
}

} // namespace

Status writeCheckpoint(const std::filesystem::path& path, const CheckpointFile& content) {
  const Checkpoint& checkpoint = content.checkpoint;
  return writeSafetensors(path, {checkpoint.arrays,
                                 {{"format", std::to_string(newestFormat)},
                                  {"run", content.runId},
                                  {"step", std::to_string(checkpoint.step)},
                                  {"epoch", formatNumber(checkpoint.epoch)},
                                  {"changes", std::to_string(content.changes)},
                                  {"values", checkpoint.values.dump()}}});
}

Result<CheckpointFile> readCheckpoint(const std::filesystem::path& path) {
  auto file = readSafetensors(path);
  if (!file) return file.error();
  CheckpointFile content;
  Checkpoint& checkpoint = content.checkpoint;
  int format = 0;
  if (take(file->metadata, "format", format) && format > newestFormat)
    return inputError(path.string() + " has format " + std::to_string(format) +
                      ", which is newer than this program; use a newer Latent Explorer.");
  const auto run = file->metadata.find("run");
  const auto values = file->metadata.find("values");
  if (format < 1 || run == file->metadata.end() || values == file->metadata.end() ||
      !take(file->metadata, "step", checkpoint.step) || !take(file->metadata, "epoch", checkpoint.epoch) ||
      !take(file->metadata, "changes", content.changes))
    return inputError(path.string() + " is damaged: \"__metadata__\" is not that of a training state.");
  checkpoint.values = Json::parse(values->second, nullptr, false);
  if (!checkpoint.values.is_object())
    return inputError(path.string() + " is damaged: \"values\" of \"__metadata__\" is not a JSON object.");
  content.runId = run->second;
  checkpoint.arrays = std::move(file->arrays);
  return content;
}

} // namespace latent
