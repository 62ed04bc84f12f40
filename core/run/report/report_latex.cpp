// The report as a folder for LaTeX.
#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/report/report_drawing.h"
#include "core/run/report/whole_folder.h"

#include <algorithm>

namespace latent {
namespace {

namespace fs = std::filesystem;
using namespace detail;

constexpr size_t rowsOnAPage = 40;

/// Text with N_z set as a formula has it.
std::string setText(const std::string& text) {
  std::string result;
  for (const TextSpan& span : spansOf(text)) {
    if (!span.lowered) {
      result += latexText(span.text);
      continue;
    }
    const char letter = result.back(); // spansOf() lowers behind a letter alone
    result.pop_back();
    result += std::string("$") + letter + "_{" + (span.text.size() > 1 ? "\\mathrm " : "") + span.text + "}$";
  }
  return result;
}

std::string setParagraphs(const std::string& text) {
  std::string result;
  for (const std::string& paragraph : paragraphsOf(text)) result += setText(paragraph) + "\n\n";
  return result;
}

std::string preamble(const Report& report, const ReportOptions& options) {
  return std::string("\\documentclass[11pt,") + (options.letter ? "letterpaper" : "a4paper") + R"(]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{textcomp}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage[textwidth=)" +
         formatNumber(options.widthMm) + R"(mm,vmargin=25mm]{geometry}
\usepackage{graphicx}
\usepackage{booktabs}
\usepackage{caption}
\usepackage{float}
\captionsetup{font=small,labelfont=bf}
% A table that is wider than the text is made smaller, others stay as they are.
\newsavebox{\reporttablebox}
\newcommand{\reporttable}[1]{%
  \sbox{\reporttablebox}{\small\input{#1}}%
  \ifdim\wd\reporttablebox>\textwidth\resizebox{\textwidth}{!}{\usebox{\reporttablebox}}%
  \else\usebox{\reporttablebox}\fi}

\title{)" +
         setText(report.title) + "}\n\\author{" + setText(report.author) +
         "}\n\\date{}\n\n\\begin{document}\n";
}

/// As high as the page allows with its caption.
std::string figureText(const ReportItem& item) {
  return "\\begin{figure}[H]\n\\centering\n\\includegraphics[width=" + formatNumber(item.figure->widthMm) +
         "mm,height=0.78\\textheight,keepaspectratio]{figures/" + item.id + ".pdf}\n\\caption{" +
         setText(item.caption) + "}\n\\label{fig:" + item.id + "}\n\\end{figure}\n\n";
}

std::string tableFile(const ReportItem& item, size_t part) {
  return "tables/" + item.id + (part == 0 ? "" : "-" + std::to_string(part + 1)) + ".tex";
}

/// A table that is longer than a page in parts.
std::vector<Table> partsOf(const Table& table) {
  std::vector<Table> parts;
  for (size_t first = 0; first == 0 || first < table.rows.size(); first += rowsOnAPage) {
    Table part = table;
    const size_t last = std::min(first + rowsOnAPage, table.rows.size());
    part.rows.assign(table.rows.begin() + static_cast<std::ptrdiff_t>(first),
                     table.rows.begin() + static_cast<std::ptrdiff_t>(last));
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string tableText(const ReportItem& item) {
  std::string text;
  const std::vector<Table> parts = partsOf(*item.table);
  for (size_t i = 0; i < parts.size(); ++i) {
    text += i == 0 ? "\\begin{table}[H]\n" : "\\begin{table}[H]\\ContinuedFloat\n";
    text += "\\centering\n\\caption{" + (i == 0 ? setText(item.caption) : "Continued.") + "}\n";
    if (i == 0) text += "\\label{tab:" + item.id + "}\n";
    text += "\\reporttable{" + tableFile(item, i) + "}\n";
    if (i + 1 == parts.size() && !item.table->notes.empty()) {
      text += "\n\\medskip\n\\begin{minipage}{\\textwidth}\\footnotesize\n";
      for (const std::string& note : item.table->notes) text += setText(note) + "\\par\n";
      text += "\\end{minipage}\n";
    }
    text += "\\end{table}\n\n";
  }
  return text;
}

std::string mainText(const Report& report, const ReportOptions& options) {
  std::string text = preamble(report, options);
  if (!report.title.empty() || !report.author.empty()) text += "\\maketitle\n\n";
  text += setParagraphs(report.introduction);
  for (const ReportItem& item : report.items) {
    if (!item.heading.empty()) text += "\\section{" + setText(item.heading) + "}\n\n";
    text += item.figure ? figureText(item) : tableText(item);
    text += setParagraphs(item.notes);
  }
  return text + "\\end{document}\n";
}

Status writeTables(const ReportItem& item, const fs::path& folder) {
  const std::vector<Table> parts = partsOf(*item.table);
  for (size_t i = 0; i < parts.size(); ++i) {
    Status status = writeTextAtomically(folder / tableFile(item, i), tableToLatex(parts[i]));
    if (!status) return status;
  }
  return writeTextAtomically(folder / "tables" / (item.id + ".csv"), tableToCsv(*item.table));
}

Status writeContent(const Report& report, const fs::path& folder, const ReportOptions& options,
                    JobControl& control) {
  std::error_code failed;
  for (const char* name : {"figures", "tables"}) {
    const bool wanted = std::ranges::any_of(report.items, [&](const ReportItem& item) {
      return (item.figure != nullptr) == (name == std::string("figures"));
    });
    if (wanted && !fs::create_directory(folder / name, failed))
      return workError("The folder " + (folder / name).string() + " cannot be made: " + failed.message() +
                       ".");
  }
  Status status = drawFiguresOf(report, folder / "figures", ".pdf", options, control);
  if (!status) return status;
  for (const ReportItem& item : report.items) {
    if (control.cancelled()) return cancelledReport();
    status = item.figure
                 ? writeTextAtomically(folder / "figures" / (item.id + ".csv"), figureToCsv(*item.figure))
                 : writeTables(item, folder);
    if (!status) return status;
  }
  return writeTextAtomically(folder / "main.tex", markedText(mainText(report, options)));
}

} // namespace

Status writeReportLatex(const Report& report, const fs::path& folder, const ReportOptions& options,
                        JobControl& control) {
  if (Status status = checkReport(report, options); !status) return status;
  auto whole = WholeFolder::begin(folder);
  if (!whole) return whole.error();
  Status written = writeContent(fittedTo(report, options), (*whole)->path(), options, control);
  if (control.cancelled()) return cancelledReport();
  if (!written) return written;
  return (*whole)->finish();
}

} // namespace latent
