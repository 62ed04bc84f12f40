// A run that trains: its folder, its lock, its Trainer. The window and `latent train` both use this.
#pragma once

#include "core/data/catalogue.h"
#include "core/run/run_folder.h"
#include "core/train/trainer.h"

#include <filesystem>
#include <memory>

namespace latent {

class TrainingRun {
 public:
  /// With config.parent a fork, see fork.h for what is refused. Makes the folder (usage error if it exists
  /// and is not empty), takes the lock, writes run.json and events.csv headers. Nothing trains before
  /// trainer().start(). The data set was opened by the caller, so that several runs share one copy. Work
  /// error if the folder cannot be written.
  static Result<std::unique_ptr<TrainingRun>> create(const std::filesystem::path& folder,
                                                     const RunConfig& config,
                                                     std::shared_ptr<const Dataset> dataset);

  /// Continues from state.safetensors to the same bits as an uninterrupted run: drops later rows of
  /// metrics.csv, rewrites weights.safetensors. `epochs` is the new total. Usage error if `changed` holds
  /// parameters that differ from the record and may not change; work error if another program holds the lock;
  /// input error if the data's checksums differ or files are damaged.
  static Result<std::unique_ptr<TrainingRun>> resume(const std::filesystem::path& folder,
                                                     std::shared_ptr<const Dataset> dataset,
                                                     std::optional<int64_t> epochs = std::nullopt,
                                                     const Parameters& changed = {},
                                                     const std::optional<std::string>& device = std::nullopt);

  ~TrainingRun(); ///< stops cleanly: checkpoint and record on disk, lock released
  TrainingRun(const TrainingRun&) = delete;
  TrainingRun& operator=(const TrainingRun&) = delete;

  Trainer& trainer();
  const std::filesystem::path& path() const;
  RunRecord record() const; ///< a copy, as it stands now

 private:
  struct Impl;
  explicit TrainingRun(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

/// A free folder name in `parent` for such a run: "vae-z2-mnist", "vae-z2-mnist-2" ...
std::filesystem::path freeRunFolder(const std::filesystem::path& parent, const RunConfig& config);
/// Where the window keeps runs: $XDG_DATA_HOME or ~/.local/share, then latent-explorer/runs.
std::filesystem::path standardRunsFolder();
/// Where models, presets and the font are: LATENT_RESOURCES, then ../share/latent-explorer beside the
/// program, then the source tree of a build. Empty if there is none.
std::filesystem::path resourcesFolder();

} // namespace latent
