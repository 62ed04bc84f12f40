// latent-figures, the program that draws: where it is, and one call of it.
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace latent {

/// A folder of our own under the system's temporary folder, gone afterwards.
class WorkFolder {
 public:
  WorkFolder();
  ~WorkFolder();
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::filesystem::path& path() const { return m_path; } ///< empty if it could not be made

 private:
  std::filesystem::path m_path;
};

/// Usage error where the program is not beside this one (a build without Qt); `kind` is what is to be drawn:
/// "pdf".
Status findDrawingProgram(const std::string& kind);

/// Runs latent-figures with these words, which make it write `picture`, and reads that. `file` is what the
/// caller makes of it, for errors. Cancel ends the process (Fault::interrupted).
Result<std::vector<std::byte>> runDrawingProgram(const std::vector<std::string>& words,
                                                 const std::filesystem::path& picture,
                                                 const std::filesystem::path& file, JobControl& control);

/// The same for many pictures, in the order in which they are drawn; progress is how many of them are there.
Status runDrawingProgram(const std::vector<std::string>& words,
                         const std::vector<std::filesystem::path>& pictures,
                         const std::filesystem::path& file, JobControl& control);
/// What the program wrote; work error where it did not.
Result<std::vector<std::byte>> readPicture(const std::filesystem::path& picture);

} // namespace latent
