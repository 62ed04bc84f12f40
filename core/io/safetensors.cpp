#include "core/io/safetensors.h"

#include "core/base/json.h"
#include "core/io/files.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <set>
#include <stdexcept>
#include <tuple>

namespace latent {
namespace {

constexpr int64_t maximumBytes = int64_t{8} << 30;
constexpr uint64_t maximumHeader = uint64_t{16} << 20;

struct TypeName {
  std::string_view text;
  ElementType type;
};
constexpr std::array<TypeName, 9> typeNames{{{"F16", ElementType::f16},
                                             {"BF16", ElementType::bf16},
                                             {"F32", ElementType::f32},
                                             {"F64", ElementType::f64},
                                             {"U8", ElementType::u8},
                                             {"I32", ElementType::i32},
                                             {"I64", ElementType::i64},
                                             {"U64", ElementType::u64},
                                             {"BOOL", ElementType::boolean}}};

struct Entry {
  std::string name;
  ElementType type = ElementType::f32;
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0;
};

/// Reads the header's JSON. Keys are sorted (std::map), which the format allows, so that a hostile header of
/// a million keys costs no quadratic time; depth and doubled names are refused while parsing.
Result<nlohmann::json> parseHeader(std::string_view text, const std::string& name) {
  struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
  };
  std::set<std::string> names;
  const auto check = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
    if (depth > 3) throw Refused("is nested too deeply");
    if (depth == 1 && event == nlohmann::json::parse_event_t::key &&
        !names.insert(parsed.get<std::string>()).second)
      throw Refused("names \"" + parsed.get<std::string>() + "\" twice");
    return true;
  };
  try {
    auto header = nlohmann::json::parse(text, check);
    if (header.is_object()) return header;
  } catch (const Refused& refused) {
    return inputError(name + ": the header (byte 8) " + refused.what() + ".");
  } catch (const nlohmann::json::exception&) {
  }
  return inputError(
      name + ": the header (byte 8) is not a JSON object; the file is damaged or no safetensors file.");
}

/// False where the entry is anything but {"dtype": .., "shape": [..], "data_offsets": [begin, end]}.
bool readEntry(const nlohmann::json& json, Entry& entry) {
  if (!json.is_object() || json.size() != 3 || !json.contains("dtype") || !json.contains("shape") ||
      !json.contains("data_offsets"))
    return false;
  const auto& shape = json["shape"];
  const auto& offsets = json["data_offsets"];
  if (!json["dtype"].is_string() || !shape.is_array() || !offsets.is_array() || offsets.size() != 2)
    return false;
  for (const auto& size : shape) {
    if (!size.is_number_unsigned() || size.get<uint64_t>() > uint64_t{1} << 62) return false;
    entry.shape.push_back(size.get<int64_t>());
  }
  if (!offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned()) return false;
  entry.begin = offsets[0];
  entry.end = offsets[1];
  return true;
}

} // namespace

Result<SafeTensors> parseSafetensors(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto damaged = [&](const std::string& what) { return inputError(nameForErrors + ": " + what); };

  uint64_t headerLength = 0;
  if (text.size() < sizeof headerLength) return damaged("too short for a safetensors file.");
  std::memcpy(&headerLength, text.data(), sizeof headerLength);
  if (headerLength > maximumHeader || headerLength > text.size() - 8)
    return damaged("a header of " + std::to_string(headerLength) +
                   " bytes (byte 0) does not fit the file; it is damaged or no safetensors file.");
  const auto header = parseHeader(text.substr(8, headerLength), nameForErrors);
  if (!header) return header.error();

  SafeTensors content;
  std::vector<Entry> entries;
  for (const auto& [name, json] : header->items()) {
    if (name == "__metadata__") {
      if (!json.is_object()) return damaged("\"__metadata__\" is not an object of texts.");
      for (const auto& [key, value] : json.items()) {
        if (!value.is_string())
          return damaged("\"__metadata__\" holds \"" + key + "\", which is not a text.");
        content.metadata[key] = value;
      }
      continue;
    }
    Entry entry{.name = name, .shape = {}};
    if (!readEntry(json, entry)) return damaged("tensor \"" + name + "\" has a damaged header.");
    const std::string typeName = json["dtype"];
    const auto* type = std::find_if(typeNames.begin(), typeNames.end(),
                                    [&](const TypeName& t) { return t.text == typeName; });
    if (type == typeNames.end())
      return damaged("tensor \"" + name + "\" has the type " + typeName + ", which is not supported.");
    entry.type = type->type;
    entries.push_back(std::move(entry));
  }

  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
  });
  const auto data = bytes.subspan(8 + headerLength);
  uint64_t position = 0;
  for (Entry& entry : entries) {
    const int64_t size = elementSize(entry.type);
    const int64_t count = checkedCount(entry.shape, size);
    if (entry.begin != position || entry.end < entry.begin || entry.end > data.size() || count < 0 ||
        entry.end - entry.begin != static_cast<uint64_t>(count) * static_cast<uint64_t>(size))
      return damaged("tensor \"" + entry.name + "\" at byte " +
                     std::to_string(8 + headerLength + entry.begin) +
                     " contradicts its shape, its neighbours or the file's length.");
    position = entry.end;
    const auto part = data.subspan(entry.begin, entry.end - entry.begin);
    content.arrays.emplace_back(std::move(entry.name),
                                Array{entry.type, std::move(entry.shape), {part.begin(), part.end()}});
  }
  if (position != data.size())
    return damaged("bytes from " + std::to_string(8 + headerLength + position) + " on belong to no tensor.");
  return content;
}

Result<SafeTensors> readSafetensors(const std::filesystem::path& path) {
  const auto bytes = readFile(path, maximumBytes);
  if (!bytes) return bytes.error();
  return parseSafetensors(*bytes, path.string());
}

Status writeSafetensors(const std::filesystem::path& path, const SafeTensors& content) {
  // A plain object keeps the arrays' order; names are unique, so each is appended without a search.
  Json header = Json::object();
  auto& members = header.get_ref<Json::object_t&>();
  if (!content.metadata.empty()) members.emplace_back("__metadata__", Json(content.metadata));
  uint64_t position = 0;
  for (const auto& [name, array] : content.arrays) {
    const auto* type = std::find_if(typeNames.begin(), typeNames.end(),
                                    [wanted = array.type](const TypeName& t) { return t.type == wanted; });
    Json entry;
    entry["dtype"] = type->text;
    entry["shape"] = array.shape;
    entry["data_offsets"] = {position, position + array.bytes.size()};
    members.emplace_back(name, std::move(entry));
    position += array.bytes.size();
  }
  std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.append((8 - text.size() % 8) % 8, ' ');

  std::vector<std::byte> bytes(8 + text.size() + position);
  const uint64_t headerLength = text.size();
  std::memcpy(bytes.data(), &headerLength, 8);
  std::memcpy(bytes.data() + 8, text.data(), text.size());
  auto out = bytes.begin() + static_cast<std::ptrdiff_t>(8 + text.size());
  for (const auto& [name, array] : content.arrays)
    out = std::copy(array.bytes.begin(), array.bytes.end(), out);
  return writeFileAtomically(path, bytes);
}

} // namespace latent
