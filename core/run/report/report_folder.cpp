// A report that is kept: report.json and its figures beside it.
#include "core/io/files.h"
#include "core/run/report/report.h"

#include <algorithm>
#include <map>
#include <set>

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr const char* figureEnding = ".figure";

/// Figures of the report that lies there, by id; none where there is no sound one.
std::map<std::string, std::string> checksumsIn(const fs::path& folder) {
  std::map<std::string, std::string> checksums;
  const auto text = readText(folder / "report.json");
  if (!text || !parseReport(*text, folder.string())) return checksums;
  const Json json = Json::parse(*text); // it was parsed before
  for (const Json& item : json["items"])
    if (item.contains("figure") && item["figure"].is_string())
      checksums[item["id"].get<std::string>()] = item["figure"].get<std::string>();
  return checksums;
}

/// Makes the folder; one that holds other things is not ours.
Status claimFolder(const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(folder, failed)) {
    fs::create_directories(folder, failed);
    if (failed)
      return workError("The folder " + folder.string() + " cannot be made: " + failed.message() + ".");
    return done();
  }
  if (!fs::is_directory(folder, failed))
    return usageError(folder.string() + " is a file; a report needs a folder.");
  if (fs::exists(folder / "report.json", failed) || fs::is_empty(folder, failed)) return done();
  return usageError("The folder " + folder.string() + " holds other files and no report; choose another.");
}

void removeFiguresBut(const fs::path& folder, const std::set<std::string>& kept) {
  std::vector<fs::path> old;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == figureEnding && !kept.contains(entry.path().stem().string()))
      old.push_back(entry.path());
  for (const fs::path& path : old) fs::remove(path, ignored);
}

} // namespace

Status saveReport(const fs::path& folder, const Report& report) {
  if (Status status = claimFolder(folder); !status) return status;
  const std::map<std::string, std::string> there = checksumsIn(folder);
  const Json json = reportToJson(report);
  std::set<std::string> figures;
  for (size_t i = 0; i < report.items.size(); ++i) {
    const ReportItem& item = report.items[i];
    if (!item.figure) continue;
    const fs::path file = folder / (item.id + figureEnding);
    figures.insert(item.id);
    const auto old = there.find(item.id);
    std::error_code ignored;
    if (old != there.end() && old->second == json["items"][i]["figure"] && fs::is_regular_file(file, ignored))
      continue;
    if (Status status = writeFigure(file, *item.figure); !status) return status;
  }
  // Labels may come from file names, which need not be UTF-8.
  if (Status status = writeTextAtomically(folder / "report.json",
                                          json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
      !status)
    return status;
  removeFiguresBut(folder, figures);
  return done();
}

Result<Report> openReport(const fs::path& folder) {
  return readReport(folder);
}

} // namespace latent
