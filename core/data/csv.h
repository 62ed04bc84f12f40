// Comma-separated tables that people make (RFC 4180): with quotes, commas and line breaks in fields.
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace latent {

struct CsvTable {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows; ///< each as long as the header
  std::vector<int64_t> lines;                 ///< where each row begins, the header being in line 1
};

/// Lines end with LF or CRLF; a byte order mark and empty lines are passed over. Input errors name the file
/// and the line or byte: no UTF-8, zero bytes, a quote that is not closed or stands inside a plain field,
/// rows of another length than the header, columns without a name or with the same.
Result<CsvTable> parseCsv(std::string_view text, const std::string& name);

/// Offset of the first byte that is not UTF-8 (RFC 3629), or npos.
size_t findInvalidUtf8(std::string_view text);

} // namespace latent
