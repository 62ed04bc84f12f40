// Where runs and the program's own files lie.
#include "core/models/families.h"
#include "core/run/training_run.h"

#include <cstdlib>

namespace latent {

namespace fs = std::filesystem;

fs::path freeRunFolder(const fs::path& parent, const RunConfig& config) {
  std::string name = config.family;
  const FamilyInfo* family = findFamily(config.family);
  const ParameterSpec* latent = family ? findParameter(family->schema, "latent") : nullptr;
  if (latent)
    name += "-z" + formatParameter(config.parameters.has("latent") ? config.parameters.at("latent")
                                                                   : latent->standard);
  name += "-" + fs::path(config.dataset).filename().string();
  fs::path folder = parent / name;
  std::error_code ignored;
  for (int i = 2; fs::exists(folder, ignored); ++i) folder = parent / (name + "-" + std::to_string(i));
  return folder;
}

fs::path standardRunsFolder() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base = data && *data ? fs::path(data) : fs::path(home ? home : "/tmp") / ".local" / "share";
  return base / "latent-explorer" / "runs";
}

fs::path resourcesFolder() {
  if (const char* chosen = std::getenv("LATENT_RESOURCES"); chosen && *chosen) return chosen;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (const fs::path& folder :
       {program.parent_path().parent_path() / "share" / "latent-explorer", fs::path(LATENT_SOURCE_DIR)})
    if (fs::is_directory(folder / "models", ignored)) return folder;
  return {};
}

} // namespace latent
