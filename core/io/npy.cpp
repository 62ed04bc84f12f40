#include "core/io/npy.h"

#include "core/io/files.h"
#include "core/io/lines.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>

namespace latent {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are exchanged as they lie in memory");

constexpr std::string_view magic = "\x93NUMPY";
constexpr int64_t maximumBytes = int64_t{8} << 30;
constexpr size_t maximumDimensions = 32; // as NumPy

struct TypeName {
  std::string_view text;
  ElementType type;
};
constexpr std::array<TypeName, 8> typeNames{{{"<f2", ElementType::f16},
                                             {"<f4", ElementType::f32},
                                             {"<f8", ElementType::f64},
                                             {"|u1", ElementType::u8},
                                             {"<i4", ElementType::i32},
                                             {"<i8", ElementType::i64},
                                             {"<u8", ElementType::u64},
                                             {"|b1", ElementType::boolean}}};

/// The header is the text of a Python dictionary with three known keys: {'descr': '<f4', 'fortran_order':
/// False, 'shape': (3, 4), }.
class HeaderParser {
 public:
  explicit HeaderParser(std::string_view text) : m_text(text) {}

  struct Header {
    std::optional<std::string> type;
    std::optional<bool> fortran;
    std::optional<std::vector<int64_t>> shape;
    bool complete() const { return type && fortran && shape; }
  };

  /// Nothing where the text is anything else.
  std::optional<Header> parse() {
    Header header;
    if (!take('{')) return std::nullopt;
    while (!take('}')) {
      const auto key = string();
      if (!key || !take(':')) return std::nullopt;
      if (*key == "descr" && !header.type)
        header.type = string();
      else if (*key == "fortran_order" && !header.fortran)
        header.fortran = boolean();
      else if (*key == "shape" && !header.shape)
        header.shape = tuple();
      else
        return std::nullopt;
      if (!take(',') && peek() != '}') return std::nullopt;
    }
    skipSpace();
    if (!m_text.empty() || !header.complete()) return std::nullopt;
    return header;
  }

 private:
  void skipSpace() {
    while (!m_text.empty() && (m_text[0] == ' ' || m_text[0] == '\n')) m_text.remove_prefix(1);
  }
  char peek() {
    skipSpace();
    return m_text.empty() ? '\0' : m_text[0];
  }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    m_text.remove_prefix(1);
    return true;
  }
  bool takeWord(std::string_view word) {
    skipSpace();
    if (!m_text.starts_with(word)) return false;
    m_text.remove_prefix(word.size());
    return true;
  }
  std::optional<std::string> string() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') return std::nullopt;
    const size_t end = m_text.find(quote, 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string text(m_text.substr(1, end - 1));
    m_text.remove_prefix(end + 1);
    return text;
  }
  std::optional<bool> boolean() {
    if (takeWord("True")) return true;
    if (takeWord("False")) return false;
    return std::nullopt;
  }
  std::optional<std::vector<int64_t>> tuple() {
    if (!take('(')) return std::nullopt;
    std::vector<int64_t> values;
    while (!take(')')) {
      skipSpace();
      size_t digits = 0;
      while (digits < m_text.size() && m_text[digits] >= '0' && m_text[digits] <= '9') ++digits;
      int64_t value = 0;
      if (!parseNumber(m_text.substr(0, digits), value) || values.size() == maximumDimensions)
        return std::nullopt;
      values.push_back(value);
      m_text.remove_prefix(digits);
      if (!take(',') && peek() != ')') return std::nullopt;
    }
    return values;
  }

  std::string_view m_text;
};

std::string formatHeader(const Array& array) {
  const auto* name = std::find_if(typeNames.begin(), typeNames.end(),
                                  [&](const TypeName& n) { return n.type == array.type; });
  std::string header = "{'descr': '" + std::string(name->text) + "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < array.shape.size(); ++i) {
    if (i > 0) header += ' ';
    header += std::to_string(array.shape[i]);
    if (i + 1 < array.shape.size() || i == 0) header += ',';
  }
  return header + "), }";
}

} // namespace

Result<Array> parseNpy(std::span<const std::byte> bytes, const std::string& nameForErrors) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto damaged = [&](const std::string& what) { return inputError(nameForErrors + what); };

  if (!text.starts_with(magic) || text.size() < 10) return damaged(" is not a NumPy .npy file (byte 0).");
  const int major = static_cast<unsigned char>(text[6]);
  if (major != 1 && major != 2)
    return damaged(" has .npy version " + std::to_string(major) + " (byte 6); versions 1 and 2 are read.");
  const size_t headerBegin = major == 1 ? 10 : 12;
  if (text.size() < headerBegin) return damaged(" ends inside its header (byte 8).");
  uint32_t headerLength = 0;
  std::memcpy(&headerLength, text.data() + 8, headerBegin - 8);
  if (headerLength > text.size() - headerBegin)
    return damaged(" names a header of " + std::to_string(headerLength) +
                   " bytes (byte 8), more than it holds.");

  const auto header = HeaderParser(text.substr(headerBegin, headerLength)).parse();
  if (!header) return damaged(" has a damaged header (byte " + std::to_string(headerBegin) + ").");
  const auto* name = std::find_if(typeNames.begin(), typeNames.end(),
                                  [&](const TypeName& n) { return n.text == *header->type; });
  if (name == typeNames.end())
    return damaged(" holds elements of type \"" + *header->type +
                   "\"; plain little-endian numbers are read.");
  if (*header->fortran && header->shape->size() > 1)
    return damaged(" is in Fortran order; save it with numpy.ascontiguousarray.");

  const int64_t size = elementSize(name->type);
  const int64_t count = checkedCount(*header->shape, size);
  const auto data = bytes.subspan(headerBegin + headerLength);
  if (count < 0 || static_cast<uint64_t>(count) * static_cast<uint64_t>(size) != data.size())
    return damaged(" holds " + std::to_string(data.size()) +
                   " bytes of data, which its shape contradicts (byte " +
                   std::to_string(headerBegin + headerLength) + ").");
  return Array{name->type, *header->shape, {data.begin(), data.end()}};
}

Result<Array> readNpy(const std::filesystem::path& path) {
  const auto bytes = readFile(path, maximumBytes);
  if (!bytes) return bytes.error();
  return parseNpy(*bytes, path.string());
}

Status writeNpy(const std::filesystem::path& path, const Array& array) {
  std::string header = formatHeader(array);
  // Version 1.0; spaces and a newline until the data begins at a multiple of 64 bytes.
  header.append(63 - (10 + header.size()) % 64, ' ').push_back('\n');
  std::string start(magic);
  start += {'\1', '\0', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  start += header;

  std::vector<std::byte> bytes(start.size() + array.bytes.size());
  std::memcpy(bytes.data(), start.data(), start.size());
  std::copy(array.bytes.begin(), array.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(start.size()));
  return writeFileAtomically(path, bytes);
}

} // namespace latent
