// The container: eight bytes of little-endian JSON length, the JSON, the arrays.
#include "core/figure/figure.h"
#include "core/figure/figure_json.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace latent {
namespace {

constexpr size_t headerBytes = 8;
constexpr uint64_t maximumJsonBytes = uint64_t{64} << 20;
constexpr uintmax_t maximumFileBytes = uintmax_t{2} << 30;
// Panels need six levels; provenance may nest more, but not so deep that writing it out exhausts the stack.
constexpr int maximumDepth = 64;

Error damaged(const std::string& name, const std::string& what) {
  return inputError("The figure file " + name + " is damaged: " + what + "; export the figure again.");
}

std::string reason() {
  return std::strerror(errno);
}

} // namespace

Status writeFigure(const std::filesystem::path& path, const Figure& figure) {
  std::vector<std::byte> arrays;
  const Json json = detail::figureToJson(figure, arrays);
  // Labels may come from file names, which need not be UTF-8.
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  char header[headerBytes];
  for (size_t i = 0; i < headerBytes; ++i) header[i] = static_cast<char>(uint64_t{text.size()} >> (8 * i));

  std::filesystem::path temporary = path;
  temporary += ".part";
  errno = 0;
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  file.write(header, headerBytes);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.write(reinterpret_cast<const char*>(arrays.data()), static_cast<std::streamsize>(arrays.size()));
  file.close();
  std::error_code failed;
  std::string why;
  if (!file) {
    why = reason();
  } else {
    std::filesystem::rename(temporary, path, failed);
    why = failed.message();
  }
  if (!file || failed) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    return workError("The figure file " + path.string() + " cannot be written: " + why + ".");
  }
  return done();
}

Result<Figure> readFigure(const std::filesystem::path& path) {
  const std::string name = path.string();
  std::error_code failed;
  const auto kind = std::filesystem::status(path, failed).type();
  if (kind == std::filesystem::file_type::not_found)
    return inputError("There is no figure file " + name + ".");
  if (kind != std::filesystem::file_type::regular) {
    return inputError(name + " is not a file; name a figure file.");
  }
  const uintmax_t size = std::filesystem::file_size(path, failed);
  if (failed) return inputError("The figure file " + name + " cannot be read: " + failed.message() + ".");
  if (size > maximumFileBytes) return damaged(name, "it is larger than 2 GiB");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) return inputError("The figure file " + name + " cannot be read: " + reason() + ".");
  std::vector<std::byte> bytes(size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!file) return inputError("The figure file " + name + " cannot be read to its end.");
  return parseFigure(bytes, name);
}

Result<Figure> parseFigure(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  if (bytes.size() < headerBytes) return damaged(nameForErrors, "it ends inside its header");
  uint64_t length = 0;
  for (size_t i = 0; i < headerBytes; ++i) length |= std::to_integer<uint64_t>(bytes[i]) << (8 * i);
  if (length > maximumJsonBytes || length > bytes.size() - headerBytes) {
    return damaged(nameForErrors, "its JSON of " + std::to_string(length) + " bytes reaches past its end");
  }
  const auto* text = reinterpret_cast<const char*>(bytes.data()) + headerBytes;
  bool tooDeep = false;
  const auto watchDepth = [&](int depth, Json::parse_event_t, Json&) {
    if (depth > maximumDepth) tooDeep = true;
    return !tooDeep; // what is too deep is dropped, so nothing deep is ever built
  };
  const Json json = Json::parse(text, text + length, watchDepth, false);
  if (tooDeep) return damaged(nameForErrors, "its JSON is nested too deeply");
  if (json.is_discarded()) return damaged(nameForErrors, "its JSON cannot be parsed");
  try {
    return detail::figureFromJson(json, bytes.subspan(headerBytes + length));
  } catch (const detail::BadFigure& fault) {
    return damaged(nameForErrors, fault.what());
  }
}

} // namespace latent
