// A report as a value: figures and tables in reading order, each as it was when it was collected.
#pragma once

#include "core/base/result.h"
#include "core/figure/figure.h"
#include "core/figure/table.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace latent {

struct ReportItem {
  std::string id;                       ///< names its files: a-z, 0-9 and dashes, unique in its report
  std::shared_ptr<const Figure> figure; ///< this
  std::optional<Table> table;           ///< or this
  std::string heading;                  ///< of a section that begins here; "" = none
  std::string caption;                  ///< plain text
  std::string notes;                    ///< paragraphs of text below it, parted by empty lines
};

/// All texts are plain; of one letter, an underscore and one to three more, as in N_z, these are set lower.
struct Report {
  std::string title, author, introduction; ///< each may be empty
  std::vector<ReportItem> items;           ///< in reading order
};

/// Of which so many at most.
inline constexpr size_t mostReportItems = 1000;

/// "plane-vae-z2", made unique among the items by "-2", "-3" ...
std::string freshItemId(const Report& report, const std::string& wish);
/// One to 80 of a-z, 0-9 and dashes.
bool isItemId(const std::string& id);

/// figureToCsv without the pixels of images, which a picture itself holds; "" where nothing is left.
std::string numbersOf(const Figure& figure);

/// What tells one figure from another without reading its file.
std::string figureChecksum(const Figure& figure);
/// The text of report.json; figures are named by their checksums alone.
Json reportToJson(const Report& report);
/// The report without its figures: an item that has one has an empty one. Input error, one sentence.
Result<Report> parseReport(std::string_view text, const std::string& nameForErrors);
/// A folder with report.json, and each figure as ID.figure beside it.
Result<Report> readReport(const std::filesystem::path& folder);

/// A run of characters that are set alike.
struct TextSpan {
  std::string text;
  bool lowered = false;
};
/// "with N_z = 2" -> "with N", "z" lowered, " = 2". The spans joined are the text without these underscores.
std::vector<TextSpan> spansOf(const std::string& text);
/// Parted by empty lines; line ends within are blanks. None of them is empty.
std::vector<std::string> paragraphsOf(const std::string& text);

} // namespace latent
