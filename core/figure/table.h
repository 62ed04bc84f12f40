// A table of numbers and words as a value, and the texts that it is copied as.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace latent {

/// Words, or a number with what it spreads over seeds.
struct TableCell {
  std::string text;             ///< what is shown where there is no value; "" = empty
  std::optional<double> value;  ///< mean over the seeds
  std::optional<double> spread; ///< sample standard deviation over them; nothing for one
};

struct TableColumn {
  std::string name;
  std::string unit;   ///< "nats"; "" = none
  bool number = true; ///< right-aligned
  int decimals = 2;   ///< of values and spreads
};

struct Table {
  std::string title;
  std::vector<TableColumn> columns;
  std::vector<std::vector<TableCell>> rows; ///< each as long as `columns`
  std::vector<std::string> notes;           ///< sentences below it
};

/// "152.31 ± 0.42", "-" for a missing value of a number column; the sign stands for minus where `typeset`.
std::string cellText(const TableCell& cell, const TableColumn& column, bool typeset = true);

/// Numbers in full, the spread in a column of its own ("recon", "recon sd"); tabs and newlines in words
/// become blanks.
std::string tableToTsv(const Table& table);
/// As TSV, with commas and RFC 4180 quotes.
std::string tableToCsv(const Table& table);
/// GitHub's pipe table; pipes in words are escaped.
std::string tableToMarkdown(const Table& table);
/// A tabular with booktabs rules; words escaped, "$152.31 \pm 0.42$". No float around it.
std::string tableToLatex(const Table& table);
/// Any text as LaTeX sets it literally, in UTF-8; what pdflatex does not know by itself is written as a
/// command.
std::string latexText(const std::string& text);

Json tableToJson(const Table& table);
Result<Table> tableFromJson(const Json& json, const std::string& nameForErrors);

} // namespace latent
