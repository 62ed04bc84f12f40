#include "core/data/csv.h"

#include <algorithm>
#include <set>

namespace latent {

namespace {

class CsvParser {
 public:
  CsvParser(std::string_view text, const std::string& name) : m_text(text), m_name(name) {}

  Result<CsvTable> parse() {
    if (m_text.starts_with("\xEF\xBB\xBF")) m_at = 3;
    CsvTable table;
    while (m_at < m_text.size()) {
      if (takeLineEnd()) continue;
      const int64_t line = m_line;
      Result<std::vector<std::string>> row = readRow();
      if (!row) return row.error();
      if (table.header.empty()) {
        table.header = std::move(*row);
        if (const Status status = checkHeader(table.header); !status) return status.error();
        continue;
      }
      if (row->size() != table.header.size())
        return inputError(m_name + " has " + std::to_string(row->size()) + " fields in line " +
                          std::to_string(line) + ", but its header has " +
                          std::to_string(table.header.size()) + ".");
      table.rows.push_back(std::move(*row));
      table.lines.push_back(line);
    }
    if (table.header.empty()) return inputError(m_name + " is empty; its first line must name the columns.");
    return table;
  }

 private:
  bool takeLineEnd() {
    const std::string_view rest = m_text.substr(m_at, 2);
    const size_t length = rest == "\r\n" ? 2 : rest.starts_with('\n') ? 1 : 0;
    m_at += length;
    m_line += length > 0 ? 1 : 0;
    return length > 0;
  }

  Result<std::vector<std::string>> readRow() {
    std::vector<std::string> fields;
    while (true) {
      Result<std::string> field = m_text.substr(m_at, 1) == "\"" ? readQuoted() : readPlain();
      if (!field) return field.error();
      fields.push_back(std::move(*field));
      if (m_at == m_text.size() || takeLineEnd()) return fields;
      if (m_text[m_at] != ',')
        return inputError(m_name + " has text after a closing quote in line " + std::to_string(m_line) +
                          ", byte " + std::to_string(m_at) + "; write a quote inside a field twice.");
      ++m_at;
    }
  }

  Result<std::string> readPlain() {
    const size_t begin = m_at;
    while (m_at < m_text.size() && m_text[m_at] != ',' && m_text[m_at] != '\n' &&
           m_text.substr(m_at, 2) != "\r\n") {
      if (m_text[m_at] == '"')
        return inputError(m_name + " has a quote inside a plain field in line " + std::to_string(m_line) +
                          ", byte " + std::to_string(m_at) + "; put the whole field in quotes.");
      ++m_at;
    }
    return std::string(m_text.substr(begin, m_at - begin));
  }

  Result<std::string> readQuoted() {
    const int64_t line = m_line;
    const size_t begin = m_at++;
    std::string field;
    while (m_at < m_text.size()) {
      const char c = m_text[m_at++];
      if (c == '\n') ++m_line;
      if (c != '"') {
        field += c;
      } else if (m_text.substr(m_at, 1) == "\"") {
        field += '"';
        ++m_at;
      } else {
        return field;
      }
    }
    return inputError(m_name + " has a quote in line " + std::to_string(line) + ", byte " +
                      std::to_string(begin) + ", that is never closed.");
  }

  Status checkHeader(const std::vector<std::string>& header) const {
    std::set<std::string> seen;
    for (const std::string& column : header) {
      if (column.empty()) return inputError(m_name + " has a column without a name in line 1.");
      if (!seen.insert(column).second)
        return inputError(m_name + " has two columns \"" + column + "\" in line 1; rename one.");
    }
    return done();
  }

  std::string_view m_text;
  const std::string& m_name;
  size_t m_at = 0;
  int64_t m_line = 1;
};

} // namespace

size_t findInvalidUtf8(std::string_view text) {
  const auto byteAt = [text](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (size_t i = 0; i < text.size();) {
    const unsigned lead = byteAt(i);
    size_t length = 1;
    if (lead >= 0x80) {
      length = lead >= 0xC2 && lead < 0xE0   ? 2
               : lead >= 0xE0 && lead < 0xF0 ? 3
               : lead >= 0xF0 && lead < 0xF5 ? 4
                                             : 0;
      if (length == 0) return i;
      for (size_t k = 1; k < length; ++k)
        if ((byteAt(i + k) & 0xC0) != 0x80) return i;
      const unsigned second = byteAt(i + 1); // overlong forms, surrogates, past U+10FFFF
      if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
          (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
        return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

Result<CsvTable> parseCsv(std::string_view text, const std::string& name) {
  if (const size_t bad = findInvalidUtf8(text); bad != std::string_view::npos)
    return inputError(name + " is not UTF-8 text at byte " + std::to_string(bad) + "; save it as UTF-8.");
  if (const size_t zero = text.find('\0'); zero != std::string_view::npos)
    return inputError(name + " has a zero byte at byte " + std::to_string(zero) +
                      ", so it is no table of text.");
  return CsvParser(text, name).parse();
}

} // namespace latent
