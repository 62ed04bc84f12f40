// The report as one HTML page.
#include "core/figure/utf8.h"
#include "core/io/files.h"
#include "core/run/drawing_program.h"
#include "core/run/report/report_drawing.h"

#include <algorithm>

namespace latent {
namespace {

namespace fs = std::filesystem;
using namespace detail;

constexpr int64_t mostSvgBytes = int64_t{256} << 20;

constexpr const char* style = R"(
:root { color-scheme: light dark; --text: #1d2125; --soft: #5e646b; --page: #ffffff; --rule: #c9ced3; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e4e7ea; --soft: #a3abb3; --page: #16191c; --rule: #434a51; --link: #7db8f0; }
}
body { max-width: 46rem; margin: 2.5rem auto; padding: 0 1rem; background: var(--page); color: var(--text);
  font: 16px/1.5 Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.25; margin-bottom: 0.25rem; }
h2 { font-size: 1.25rem; margin-top: 2.5rem; }
.author { color: var(--soft); margin-top: 0; }
a { color: var(--link); }
figure { margin: 2rem 0; break-inside: avoid; }
figure > img { display: block; margin: 0 auto; max-width: 100%; height: auto; background: #ffffff;
  border-radius: 4px; box-sizing: border-box; padding: 6px; }
figcaption, caption { font-size: 0.875rem; text-align: left; margin: 0.6rem 0; }
.files, .notes { font-size: 0.8125rem; color: var(--soft); margin: 0.3rem 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; border-bottom: 2px solid var(--text); font-size: 0.875rem; }
caption { padding-bottom: 0.3rem; }
thead tr { border-top: 2px solid var(--text); border-bottom: 1px solid var(--text); }
th, td { padding: 0.25rem 0.75rem; text-align: left; vertical-align: top; }
th.number, td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.room { visibility: hidden; }
@media print { body { max-width: none; margin: 0; } .files { display: none; } }
)";

/// Text between tags or in an attribute, whatever its bytes.
std::string escaped(const std::string& text) {
  std::string result;
  for (const char32_t c : fromUtf8(text)) {
    if (c == U'&')
      result += "&amp;";
    else if (c == U'<')
      result += "&lt;";
    else if (c == U'>')
      result += "&gt;";
    else if (c == U'"')
      result += "&quot;";
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c & 0xFFFE) == 0xFFFE)
      result += ' '; // no characters of HTML
    else
      result += toUtf8(c);
  }
  return result;
}

std::string setText(const std::string& text) {
  std::string result;
  for (const TextSpan& span : spansOf(text))
    result += span.lowered ? "<sub>" + escaped(span.text) + "</sub>" : escaped(span.text);
  return result;
}

std::string setParagraphs(const std::string& text) {
  std::string result;
  for (const std::string& paragraph : paragraphsOf(text)) result += "<p>" + setText(paragraph) + "</p>\n";
  return result;
}

std::string base64(std::string_view bytes) {
  constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t j = 0; j < 3; ++j)
      group = group << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (size_t j = 0; j < 4; ++j) text += j <= count ? digits[group >> (18 - 6 * j) & 63] : '=';
  }
  return text;
}

std::string download(const std::string& name, const std::string& type, const std::string& words,
                     std::string_view bytes) {
  return "<a download=\"" + name + "\" href=\"data:" + type + ";charset=utf-8;base64," + base64(bytes) +
         "\">" + words + "</a>";
}

std::string figureText(const ReportItem& item, const std::string& number, const std::string& svg) {
  std::string text = "<figure id=\"" + item.id + "\">\n<img alt=\"" + escaped(item.caption) +
                     "\" src=\"data:image/svg+xml;base64," + base64(svg) + "\"/>\n<figcaption><b>Figure " +
                     number + ".</b> " + setText(item.caption) + "</figcaption>\n";
  const std::string settings =
      item.figure->provenance.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  text += "<p class=\"files\">";
  if (const std::string csv = latent::numbersOf(*item.figure); !csv.empty())
    text += download(item.id + ".csv", "text/csv", "Numbers (CSV)", csv) + " &#183; ";
  return text + download(item.id + ".json", "application/json", "Settings (JSON)", settings) +
         "</p>\n</figure>\n";
}

/// The widest spread of a column; it keeps its room unseen behind numbers without one, so that points stand
/// below points.
std::string widestSpread(const Table& table, size_t column) {
  std::string widest;
  for (const auto& row : table.rows) {
    if (!row[column].spread) continue;
    const std::string text = cellText({"", row[column].spread, {}}, table.columns[column]);
    if (text.size() > widest.size()) widest = text;
  }
  return widest;
}

std::string cellHtml(const Table& table, const TableCell& cell, size_t column) {
  const std::string text = escaped(cellText(cell, table.columns[column]));
  const std::string spread = cell.value && !cell.spread ? widestSpread(table, column) : "";
  return spread.empty() ? text : text + "<span class=\"room\"> ± " + spread + "</span>";
}

std::string tableText(const ReportItem& item, const std::string& number) {
  const Table& table = *item.table;
  std::string text = "<figure id=\"" + item.id + "\">\n<div class=\"table\">\n<table>\n<caption><b>Table " +
                     number + ".</b> " + setText(item.caption) + "</caption>\n<thead><tr>";
  for (const TableColumn& column : table.columns)
    text += std::string("<th scope=\"col\"") + (column.number ? " class=\"number\">" : ">") +
            setText(column.unit.empty() ? column.name : column.name + " (" + column.unit + ")") + "</th>";
  text += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    text += "<tr>";
    for (size_t i = 0; i < row.size(); ++i)
      text += std::string(table.columns[i].number ? "<td class=\"number\">" : "<td>") +
              cellHtml(table, row[i], i) + "</td>";
    text += "</tr>\n";
  }
  text += "</tbody>\n</table>\n</div>\n";
  for (const std::string& note : table.notes) text += "<p class=\"notes\">" + setText(note) + "</p>\n";
  return text + "<p class=\"files\">" + download(item.id + ".csv", "text/csv", "CSV", tableToCsv(table)) +
         " &#183; " + download(item.id + ".tex", "text/plain", "LaTeX", tableToLatex(table)) +
         "</p>\n</figure>\n";
}

Result<std::string> pageText(const Report& report, const fs::path& drawings, JobControl& control) {
  const std::string title = report.title.empty() ? "Report" : report.title;
  std::string text = "<!DOCTYPE html>\n<html lang=\"en\" "
                     "xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                     "<meta name=\"generator\" content=\"Latent Explorer\"/>\n<title>" +
                     escaped(title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n";
  if (!report.title.empty()) text += "<h1>" + setText(report.title) + "</h1>\n";
  if (!report.author.empty()) text += "<p class=\"author\">" + setText(report.author) + "</p>\n";
  text += setParagraphs(report.introduction);
  const std::vector<std::string> numbers = numbersOf(report);
  for (size_t i = 0; i < report.items.size(); ++i) {
    if (control.cancelled()) return cancelledReport();
    const ReportItem& item = report.items[i];
    if (!item.heading.empty()) text += "<h2>" + setText(item.heading) + "</h2>\n";
    if (item.figure) {
      const auto svg = readText(drawings / (item.id + ".svg"), mostSvgBytes);
      if (!svg) return svg.error();
      text += figureText(item, numbers[i], *svg);
    } else {
      text += tableText(item, numbers[i]);
    }
    text += setParagraphs(item.notes);
  }
  return text + "</body>\n</html>\n";
}

} // namespace

Status writeReportHtml(const Report& report, const fs::path& file, const ReportOptions& options,
                       JobControl& control) {
  if (Status status = checkReport(report, options); !status) return status;
  const Report fitted = fittedTo(report, options);
  const WorkFolder folder;
  if (folder.path().empty()) return workError("Cannot make a temporary folder for the report.");
  Status drawn = drawFiguresOf(fitted, folder.path(), ".svg", options, control);
  if (control.cancelled()) return cancelledReport();
  if (!drawn) return drawn;
  const auto text = pageText(fitted, folder.path(), control);
  if (!text) return text.error();
  return writeTextAtomically(file, *text);
}

} // namespace latent
