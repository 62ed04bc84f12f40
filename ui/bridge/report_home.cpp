#include "ui/bridge/report_home.h"

#include <QStandardPaths>

#include <system_error>
#include <utility>

namespace latent::ui {

namespace fs = std::filesystem;

fs::path reportsFolder() {
  return fs::path(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation).toStdString()) /
         "latent-explorer" / "reports";
}

Result<ReportHome::Opened> ReportHome::open() {
  std::lock_guard lock(m_mutex);
  Result<Report> report = openReport(m_folder);
  if (!report) return report.error();
  Opened opened{*std::move(report), {}};
  Result<RunLock> own = RunLock::acquire(m_folder);
  if (own) {
    m_lock.emplace(*std::move(own));
  } else {
    opened.warning = "The report in " + m_folder.string() +
                     " is open in another window or cannot be written; what you change is kept in a copy.";
    m_folder.clear();
  }
  return opened;
}

// A name that nobody has: two windows may ask at the same moment.
Status ReportHome::makeFolder() {
  const fs::path home = reportsFolder();
  std::error_code error;
  fs::create_directories(home, error);
  for (int number = 1; !error; ++number) {
    const std::string suffix = number == 1 ? "" : "-" + std::to_string(number);
    fs::path folder = home / ("report" + suffix + ".latent-report");
    if (!fs::create_directory(folder, error)) continue;
    m_folder = std::move(folder);
    return done();
  }
  return workError("The report cannot be kept in " + home.string() + ": " + error.message() + ".");
}

Status ReportHome::save(uint64_t sequence, const Report& report) {
  std::lock_guard lock(m_mutex);
  if (sequence <= m_saved) return done();
  if (m_folder.empty())
    if (const Status made = makeFolder(); !made) return made.error();
  if (const Status saved = saveReport(m_folder, report); !saved) return saved.error();
  // Only now: a folder that holds another file and no report is not one for reports.
  if (!m_lock)
    if (Result<RunLock> own = RunLock::acquire(m_folder)) m_lock.emplace(*std::move(own));
  m_saved = sequence;
  return done();
}

fs::path ReportHome::folder() const {
  std::lock_guard lock(m_mutex);
  return m_folder;
}

} // namespace latent::ui
