#include "core/figure/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace latent {
namespace {

/// Not by printf, whose decimal point follows the locale. "-0.00" is "0.00".
std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  std::array<char, 400> digits; // 309 before the point
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
  std::string text(digits.data(), end.ptr);
  if (text.starts_with('-') && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

/// Shortest text that reads back to the same number.
std::string inFull(double value) {
  std::array<char, 32> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

std::string onOneLine(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

std::string heading(const TableColumn& column) {
  return column.unit.empty() ? column.name : column.name + " (" + column.unit + ")";
}

/// Which columns have a spread anywhere.
std::vector<bool> spreads(const Table& table) {
  std::vector<bool> found(table.columns.size());
  for (const auto& row : table.rows)
    for (size_t i = 0; i < row.size() && i < found.size(); ++i)
      if (row[i].spread) found[i] = true;
  return found;
}

/// Every value as words, a spread in a column of its own.
std::vector<std::vector<std::string>> plainRows(const Table& table) {
  const std::vector<bool> spread = spreads(table);
  std::vector<std::vector<std::string>> rows(1);
  for (size_t i = 0; i < table.columns.size(); ++i) {
    rows[0].push_back(table.columns[i].name);
    if (spread[i]) rows[0].push_back(table.columns[i].name + " sd");
  }
  for (const auto& row : table.rows) {
    rows.emplace_back();
    for (size_t i = 0; i < row.size(); ++i) {
      rows.back().push_back(row[i].value ? inFull(*row[i].value) : row[i].text);
      if (spread[i]) rows.back().push_back(row[i].spread ? inFull(*row[i].spread) : "");
    }
  }
  return rows;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string line;
  for (size_t i = 0; i < words.size(); ++i) line += (i > 0 ? between : "") + words[i];
  return line;
}

std::string csvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field.append(c == '"' ? 2 : 1, c);
  return field + '"';
}

/// What GitHub would read as markup is escaped.
std::string markdownText(const std::string& text) {
  std::string result;
  for (const char c : onOneLine(text)) {
    if (std::string_view("\\`*_[]<>|~").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// Behind a number without a spread, the room that a spread takes in its column: points stand below points.
std::string roomOfSpread(const Table& table, size_t column) {
  std::string widest;
  for (const auto& row : table.rows) {
    if (!row[column].spread) continue;
    std::string spread = fixed(*row[column].spread, table.columns[column].decimals);
    if (spread.size() > widest.size()) widest = std::move(spread);
  }
  return widest.empty() ? widest : "\\phantom{{} \\pm " + widest + "}";
}

std::string latexCell(const TableCell& cell, const TableColumn& column, const std::string& room) {
  if (!cell.value) return cell.text.empty() && column.number ? "--" : latexText(cell.text);
  const std::string spread = cell.spread ? " \\pm " + fixed(*cell.spread, column.decimals) : room;
  return "$" + fixed(*cell.value, column.decimals) + spread + "$";
}

} // namespace

std::string cellText(const TableCell& cell, const TableColumn& column, bool typeset) {
  if (!cell.value) return cell.text.empty() && column.number ? "-" : cell.text;
  std::string text = fixed(*cell.value, column.decimals);
  if (cell.spread) text += " ± " + fixed(*cell.spread, column.decimals);
  if (typeset && text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

std::string tableToTsv(const Table& table) {
  std::string text;
  for (std::vector<std::string>& row : plainRows(table)) {
    std::ranges::transform(row, row.begin(), onOneLine);
    text += joined(row, "\t") + "\n";
  }
  return text;
}

std::string tableToCsv(const Table& table) {
  std::string text;
  for (std::vector<std::string>& row : plainRows(table)) {
    std::ranges::transform(row, row.begin(), csvField);
    text += joined(row, ",") + "\n";
  }
  return text;
}

std::string tableToMarkdown(const Table& table) {
  std::string text = table.title.empty() ? "" : "**" + markdownText(table.title) + "**\n\n";
  std::string rule;
  for (const TableColumn& column : table.columns) {
    text += "| " + markdownText(heading(column)) + " ";
    rule += column.number ? "| ---: " : "| --- ";
  }
  text += "|\n" + rule + "|\n";
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i)
      text += "| " + markdownText(cellText(row[i], table.columns[i])) + " ";
    text += "|\n";
  }
  for (const std::string& note : table.notes) text += "\n" + markdownText(note) + "\n";
  return text;
}

std::string tableToLatex(const Table& table) {
  std::string text, columns, head;
  std::vector<std::string> rooms;
  for (size_t i = 0; i < table.columns.size(); ++i) rooms.push_back(roomOfSpread(table, i));
  for (const std::string& note : table.notes) text += "% " + onOneLine(note) + "\n";
  for (const TableColumn& column : table.columns) {
    columns += column.number ? 'r' : 'l';
    head += (head.empty() ? "" : " & ") + latexText(heading(column));
  }
  text += "\\begin{tabular}{" + columns + "}\n\\toprule\n" + head + " \\\\\n\\midrule\n";
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < row.size(); ++i)
      text += (i > 0 ? " & " : "") + latexCell(row[i], table.columns[i], rooms[i]);
    text += " \\\\\n";
  }
  return text + "\\bottomrule\n\\end{tabular}\n";
}

} // namespace latent
