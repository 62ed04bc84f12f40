// A folder of a LaTeX report that appears whole or not at all. Private to core/run/report.
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace latent::detail {

/// Is filled beside its place under another name, and moved there at the end. Without finish() nothing stays
/// behind.
class WholeFolder {
 public:
  /// Usage error where the place holds anything but an unchanged report of this program; work error where
  /// nothing can be written beside it.
  static Result<std::unique_ptr<WholeFolder>> begin(const std::filesystem::path& place);
  ~WholeFolder();
  WholeFolder(const WholeFolder&) = delete;
  WholeFolder& operator=(const WholeFolder&) = delete;

  const std::filesystem::path& path() const { return m_path; } ///< to be filled
  /// Replaces what was at the place. Work error; then that is still there.
  Status finish();

 private:
  WholeFolder(std::filesystem::path place, std::filesystem::path path)
      : m_place(std::move(place)), m_path(std::move(path)) {}

  std::filesystem::path m_place, m_path;
};

/// The text of a main.tex with a last line that tells whether somebody edited it since.
std::string markedText(const std::string& text);

} // namespace latent::detail
