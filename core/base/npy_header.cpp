#include "core/base/npy_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace latent {
namespace {

constexpr std::string_view magic = "\x93NUMPY";
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
      const char* const end = m_text.data() + digits;
      if (std::from_chars(m_text.data(), end, value).ec != std::errc() || values.size() == maximumDimensions)
        return std::nullopt;
      values.push_back(value);
      m_text.remove_prefix(digits);
      if (!take(',') && peek() != ')') return std::nullopt;
    }
    return values;
  }

  std::string_view m_text;
};

} // namespace

Result<size_t> npyDataOffset(std::string_view start, const std::string& name) {
  if (!start.starts_with(magic) || start.size() < 10)
    return inputError(name + " is not a NumPy .npy file (byte 0).");
  const int major = static_cast<unsigned char>(start[6]);
  if (major != 1 && major != 2)
    return inputError(name + " has .npy version " + std::to_string(major) +
                      " (byte 6); versions 1 and 2 are read.");
  const size_t headerBegin = major == 1 ? 10 : 12;
  if (start.size() < headerBegin) return inputError(name + " ends inside its header (byte 8).");
  size_t length = 0;
  for (size_t i = headerBegin; i-- > 8;) length = length << 8 | static_cast<unsigned char>(start[i]);
  if (length > npyMaximumHeader)
    return inputError(name + " names a header of " + std::to_string(length) +
                      " bytes (byte 8), more than the " + std::to_string(npyMaximumHeader) +
                      " that are read.");
  return headerBegin + length;
}

Result<NpyHeader> parseNpyHeader(std::string_view head, const std::string& name) {
  const size_t begin = head[6] == 1 ? 10 : 12;
  const auto header = HeaderParser(head.substr(begin)).parse();
  if (!header) return inputError(name + " has a damaged header (byte " + std::to_string(begin) + ").");
  const auto* type = std::find_if(typeNames.begin(), typeNames.end(),
                                  [&](const TypeName& n) { return n.text == *header->type; });
  if (*header->type == "|O" || *header->type == "O")
    return inputError(name + " holds elements of type \"|O\", pickled Python objects, which are never "
                             "loaded; save plain numbers.");
  if (type == typeNames.end())
    return inputError(name + " holds elements of type \"" + *header->type +
                      "\"; plain little-endian numbers are read.");
  if (*header->fortran && header->shape->size() > 1)
    return inputError(name + " is in Fortran order; save it with numpy.ascontiguousarray.");
  return NpyHeader{type->type, *header->shape, head.size()};
}

std::string_view npyTypeName(ElementType type) {
  const auto* found =
      std::find_if(typeNames.begin(), typeNames.end(), [type](const TypeName& n) { return n.type == type; });
  if (found == typeNames.end()) throw std::logic_error("NumPy has no name for this element type.");
  return found->text;
}

} // namespace latent
