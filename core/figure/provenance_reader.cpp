#include "core/figure/provenance_reader.h"

#include "core/figure/provenance_text.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>
#include <vector>

namespace latent {
namespace {

using detail::BadCarrier;

constexpr uintmax_t mostBytes = uintmax_t{512} << 20;
constexpr int deepest = 64; // provenance needs eight levels

Error damaged(const std::string& name, const std::string& what) {
  return inputError(name + " is damaged: " + what + "; export the figure again.");
}

Result<Json> parseText(std::string_view text, const std::string& name, bool sidecar) {
  if (text.size() > detail::mostProvenance) return damaged(name, "its provenance is longer than 16 MiB");
  bool tooDeep = false;
  const auto watchDepth = [&](int depth, Json::parse_event_t, Json&) {
    if (depth > deepest) tooDeep = true;
    return !tooDeep; // what is too deep is dropped, so nothing deep is ever built
  };
  Json json = Json::parse(text.begin(), text.end(), watchDepth, false);
  if (tooDeep) return damaged(name, "its provenance is nested too deeply");
  if (json.is_discarded()) return damaged(name, "its provenance is no JSON");
  const auto is = [&](const char* key, auto right) {
    const auto found = json.is_object() ? json.find(key) : json.end();
    return json.is_object() && found != json.end() && right(*found);
  };
  const bool ours = is("kind", [](const Json& kind) { return kind.is_string(); }) &&
                    is("runs", [](const Json& runs) { return runs.is_array(); });
  if (ours) return json;
  if (sidecar)
    return inputError(name + " does not describe a figure; choose the .json that was written beside one.");
  return damaged(name, "its provenance names no kind of figure and no runs");
}

/// The text of whatever kind of file this is; nothing for a file of no kind that can hold one.
struct Found {
  bool known = false, sidecar = false;
  std::optional<std::string> text;
};

Found find(std::string_view bytes) {
  constexpr std::string_view png{"\x89PNG\r\n\x1a\n", 8}, bom = "\xEF\xBB\xBF";
  if (bytes.starts_with(png)) return {true, false, detail::provenanceInPng(bytes)};
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
    return {true, false, detail::provenanceInGif(bytes)};
  if (bytes.substr(0, 8).ends_with("ftyp")) return {true, false, detail::provenanceInMp4(bytes)};
  // Some servers put a few bytes before the header of a PDF; readers allow 1024.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos)
    return {true, false, detail::provenanceInXmp(bytes)};
  if (bytes.starts_with(bom)) bytes.remove_prefix(bom.size());
  const size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  if (bytes[first] == '{') {
    if (bytes.size() > detail::mostProvenance) throw BadCarrier("its JSON is longer than 16 MiB");
    return {true, true, std::string(bytes)};
  }
  if (bytes[first] == '<' && bytes.find("<svg") != std::string_view::npos)
    return {true, false, detail::provenanceInMarkup(bytes)};
  return {};
}

} // namespace

Result<Json> parseProvenance(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  try {
    const Found found = find({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!found.known)
      return inputError(nameForErrors + " is no figure: a .pdf, .svg, .png, .gif or .mp4 that Latent "
                                        "Explorer wrote is needed, or its .json.");
    if (!found.text)
      return inputError(nameForErrors + " does not say what it shows: Latent Explorer did not write it, or a "
                                        "program that changed it left its provenance out.");
    return parseText(*found.text, nameForErrors, found.sidecar);
  } catch (const BadCarrier& fault) {
    return damaged(nameForErrors, fault.what());
  }
}

Result<Json> readProvenance(const std::filesystem::path& file) {
  const std::string name = file.string();
  std::error_code failed;
  const auto kind = std::filesystem::status(file, failed).type();
  if (kind == std::filesystem::file_type::not_found) return inputError("There is no figure " + name + ".");
  if (kind != std::filesystem::file_type::regular) return inputError(name + " is not a file; name a figure.");
  const uintmax_t size = std::filesystem::file_size(file, failed);
  if (failed) return inputError(name + " cannot be read: " + failed.message() + ".");
  if (size > mostBytes) return inputError(name + " is larger than 512 MiB, which no figure is.");
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::vector<std::byte> bytes(size);
  if (stream) stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!stream)
    return inputError(name + " cannot be read: " + (errno ? std::strerror(errno) : "it ends too early") +
                      ".");
  return parseProvenance(bytes, name);
}

} // namespace latent
