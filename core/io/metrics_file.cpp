#include "core/io/metrics_file.h"

#include "core/io/files.h"
#include "core/io/lines.h"

#include <algorithm>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view metricsHeader = "step,epoch,split,series,value";
constexpr std::string_view changesHeader = "step,time,parameter,old,new";
constexpr int64_t maximumBytes = int64_t{1} << 30;

bool parseRow(std::string_view line, Metric& metric) {
  const auto fields = splitFields(line, 5);
  if (fields.empty() || fields[2].empty() || fields[3].empty()) return false;
  metric.split = fields[2];
  metric.series = fields[3];
  return parseNumber(fields[0], metric.step) && metric.step >= 0 && parseNumber(fields[1], metric.epoch) &&
         parseNumber(fields[4], metric.value);
}

bool parseRow(std::string_view line, ParameterChange& change) {
  const auto fields = splitFields(line, 5);
  if (fields.empty() || fields[2].empty()) return false;
  change.parameter = fields[2];
  change.oldValue = fields[3];
  change.newValue = fields[4];
  return parseNumber(fields[0], change.step) && change.step >= 0 && parseNumber(fields[1], change.time);
}

std::string formatRow(const Metric& metric) {
  return std::to_string(metric.step) + ',' + formatNumber(metric.epoch) + ',' + metric.split + ',' +
         metric.series + ',' + formatNumber(metric.value) + '\n';
}

std::string formatRow(const ParameterChange& change) {
  return std::to_string(change.step) + ',' + formatNumber(change.time) + ',' + change.parameter + ',' +
         change.oldValue + ',' + change.newValue + '\n';
}

template<class Row>
Result<std::vector<Row>> parseRows(std::string_view text, std::string_view header, const std::string& name) {
  const auto lines = wholeLines(text);
  std::vector<Row> rows;
  if (lines.empty()) return rows;
  if (lines[0] != header)
    return inputError(name + ", line 1: expected \"" + std::string(header) +
                      "\"; this is no such file or it is damaged.");
  rows.resize(lines.size() - 1);
  for (size_t i = 1; i < lines.size(); ++i)
    if (!parseRow(lines[i], rows[i - 1]))
      return inputError(name + ", line " + std::to_string(i + 1) + ": not a row of \"" + std::string(header) +
                        "\"; the file is damaged, remove the line to go on without it.");
  return rows;
}

/// The text of a file that may not be there yet.
Result<std::string> readIfPresent(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(path, ignored))) return std::string();
  return readText(path, maximumBytes);
}

Status appendRows(const fs::path& path, std::string_view header, const std::string& rows) {
  std::error_code ignored;
  if (fs::exists(path, ignored) && fs::file_size(path, ignored) > 0) return appendToFile(path, rows);
  return appendToFile(path, std::string(header) + '\n' + rows);
}

/// Rewrites the file with its header and the lines for which keep(row, its index) holds, byte for byte.
template<class Row, class Keep>
Status filterRows(const fs::path& path, std::string_view header, Keep keep) {
  const auto text = readIfPresent(path);
  if (!text) return text.error();
  const auto rows = parseRows<Row>(*text, header, path.string());
  if (!rows) return rows.error();
  std::string kept = std::string(header) + '\n';
  const auto lines = wholeLines(*text);
  for (size_t i = 0; i < rows->size(); ++i)
    if (keep((*rows)[i], i)) kept.append(lines[i + 1]).push_back('\n');
  return kept == *text ? done() : writeTextAtomically(path, kept);
}

} // namespace

Result<MetricsTable> parseMetrics(std::string_view text, const std::string& nameForErrors) {
  const auto lines = wholeLines(text);
  MetricsTable table;
  if (lines.empty()) return table;
  size_t damaged = lines[0] == metricsHeader ? 0 : 1, first = 1;
  for (size_t i = 1; i < lines.size(); ++i) {
    Metric row;
    if (parseRow(lines[i], row))
      table.rows.push_back(std::move(row));
    else if (damaged++ == 0)
      first = i + 1;
  }
  if (damaged == 0) return table;
  if (table.rows.empty())
    return inputError(nameForErrors + ", line " + std::to_string(first) + ": not a row of \"" +
                      std::string(metricsHeader) +
                      "\", nor is any other; this is no such file or it is damaged.");
  table.warning = nameForErrors + " is damaged: " + std::to_string(damaged) + " of its " +
                  std::to_string(lines.size()) + " lines, the first at line " + std::to_string(first) +
                  ", cannot be read and are left out.";
  return table;
}

Result<std::vector<ParameterChange>> parseChanges(std::string_view text, const std::string& nameForErrors) {
  return parseRows<ParameterChange>(text, changesHeader, nameForErrors);
}

Result<MetricsTable> readMetrics(const fs::path& path) {
  const auto text = readIfPresent(path);
  if (!text) return text.error();
  return parseMetrics(*text, path.string());
}

Status appendMetrics(const fs::path& path, std::span<const Metric> metrics) {
  std::string rows;
  for (const Metric& metric : metrics) rows += formatRow(metric);
  return appendRows(path, metricsHeader, rows);
}

Status truncateMetrics(const fs::path& path, int64_t step) {
  return filterRows<Metric>(path, metricsHeader, [&](const Metric& row, size_t) { return row.step <= step; });
}

Result<std::vector<ParameterChange>> readChanges(const fs::path& path) {
  const auto text = readIfPresent(path);
  if (!text) return text.error();
  return parseChanges(*text, path.string());
}

Status appendChange(const fs::path& path, const ParameterChange& change) {
  return appendRows(path, changesHeader, formatRow(change));
}

Status createChanges(const fs::path& path) {
  return writeTextAtomically(path, std::string(changesHeader) + '\n');
}

Status truncateChanges(const fs::path& path, size_t count) {
  return filterRows<ParameterChange>(path, changesHeader,
                                     [&](const ParameterChange&, size_t i) { return i < count; });
}

} // namespace latent
