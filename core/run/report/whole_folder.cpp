#include "core/run/report/whole_folder.h"

#include "core/io/files.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <random>
#include <system_error>

namespace latent::detail {
namespace {

namespace fs = std::filesystem;

constexpr const char* mark = "% Written by Latent Explorer; replaced only while it is unchanged: ";

std::string checksumOf(std::string_view text) {
  uint64_t hash = 14695981039346656037U; // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), hash, 16);
  return {digits.data(), end.ptr};
}

/// main.tex names it.
bool belongsToReport(const fs::path& path, const std::string& text) {
  return text.find("/" + path.stem().string() + ".") != std::string::npos;
}

/// A file or folder that is not of the report; an empty path where there is none.
fs::path strangerIn(const fs::path& place, const std::string& text) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(place, ignored)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory(ignored) && (name == "figures" || name == "tables")) {
      for (const fs::directory_entry& inner : fs::directory_iterator(entry.path(), ignored))
        if (inner.is_directory(ignored) || !belongsToReport(inner.path(), text)) return inner.path();
    } else if (!name.starts_with("main.")) {
      return entry.path();
    }
  }
  return {};
}

Status checkPlace(const fs::path& place) {
  std::error_code failed;
  if (!fs::exists(place, failed)) return done();
  if (!fs::is_directory(place, failed))
    return usageError(place.string() + " is a file; a LaTeX report needs a folder.");
  if (fs::is_empty(place, failed)) return done();
  const auto text = readText(place / "main.tex");
  const size_t marked = text ? text->rfind(mark) : std::string::npos;
  if (marked == std::string::npos)
    return usageError("The folder " + place.string() +
                      " holds other files; choose one that is empty or not there.");
  if (markedText(text->substr(0, marked)) != *text)
    return usageError("main.tex in " + place.string() +
                      " was edited since it was written; choose another folder, or move it away.");
  if (const fs::path stranger = strangerIn(place, *text); !stranger.empty())
    return usageError("The folder " + place.string() + " also holds " +
                      stranger.lexically_relative(place).string() +
                      ", which is not of the report; choose another folder, or move it away.");
  return done();
}

Error cannotWrite(const fs::path& place, const std::string& why) {
  return workError("The report " + place.string() + " cannot be written: " + why + ".");
}

} // namespace

std::string markedText(const std::string& text) {
  return text + mark + checksumOf(text) + "\n";
}

Result<std::unique_ptr<WholeFolder>> WholeFolder::begin(const fs::path& where) {
  fs::path place = fs::absolute(where).lexically_normal();
  if (!place.has_filename()) place = place.parent_path(); // "report/"
  if (const Status status = checkPlace(place); !status) return status.error();
  std::random_device random;
  const std::string name = "." + place.filename().string() + ".part-" + std::to_string(random());
  fs::path path = place.parent_path() / name;
  std::error_code failed;
  if (!fs::create_directory(path, failed))
    return cannotWrite(place, failed ? failed.message() : "a folder " + name + " is there already");
  return std::unique_ptr<WholeFolder>(new WholeFolder(std::move(place), std::move(path)));
}

WholeFolder::~WholeFolder() {
  std::error_code ignored;
  if (!m_path.empty()) fs::remove_all(m_path, ignored);
}

Status WholeFolder::finish() {
  std::error_code failed;
  const bool replaces = fs::exists(m_place, failed);
  const fs::path old = m_path.string() + "-old";
  if (replaces) fs::rename(m_place, old, failed);
  if (!failed) fs::rename(m_path, m_place, failed);
  if (failed) {
    std::error_code ignored;
    if (replaces && !fs::exists(m_place, ignored)) fs::rename(old, m_place, ignored);
    return cannotWrite(m_place, failed.message());
  }
  m_path.clear();
  if (replaces) fs::remove_all(old, failed);
  return done();
}

} // namespace latent::detail
