#include "core/data/download.h"

#include "core/data/http_transfer.h"
#include "core/data/payload.h"

#include <system_error>

namespace latent {

namespace fs = std::filesystem;

namespace {

/// Fetches one item; `share` and `begin` are its part of the whole job's progress.
class ItemDownload {
 public:
  ItemDownload(const DownloadItem& item, const fs::path& folder, const DownloadOptions& options,
               JobControl& control, double begin, double share)
      : m_item(item),
        m_target(folder / item.name),
        m_options(options),
        m_control(control),
        m_begin(begin),
        m_share(share) {}

  Status run();

 private:
  bool isRight(const fs::path& path, std::string& why);
  Result<bool> tryMirror(const std::string& url, PartFile& part);
  void tell(int64_t received, int64_t total);
  void note(const std::string& url, const std::string& reason) {
    m_failures += (m_failures.empty() ? "" : "; ") + url + " " + reason;
  }

  const DownloadItem& m_item;
  fs::path m_target;
  const DownloadOptions& m_options;
  JobControl& m_control;
  double m_begin;
  double m_share;
  std::string m_failures;
};

void ItemDownload::tell(int64_t received, int64_t total) {
  if (total > 0)
    m_control.setProgress(m_begin + m_share * static_cast<double>(received) / static_cast<double>(total));
  if (m_options.progress) m_options.progress({received, total, m_item.name});
}

/// Whether the file's payload has the right checksum; `why` says what is wrong with it.
bool ItemDownload::isRight(const fs::path& path, std::string& why) {
  const int64_t most = m_item.payloadBytes > 0 ? m_item.payloadBytes : INT64_MAX;
  const Result<std::string> sum =
      m_item.stored ? storedSha256(path, most, &m_control) : payloadSha256(path, most, &m_control);
  if (sum && *sum == m_item.payloadSha256) return true;
  why = sum ? "sent a file with another checksum (SHA-256 " + *sum + ")"
            : "sent a damaged file (" + sum.error().message + ")";
  return false;
}

/// True once the part is whole and right. A part that was continued may have come from another mirror, so if
/// it turns out wrong, the mirror gets a second chance from the first byte.
Result<bool> ItemDownload::tryMirror(const std::string& url, PartFile& part) {
  const TransferLimits limits{m_item.maximumBytes, m_options.stallSeconds};
  while (true) {
    const bool continued = part.size() > 0;
    const Transfer end = transfer(url, part, limits, m_control,
                                  [this](int64_t received, int64_t total) { tell(received, total); });
    if (end.end == TransferEnd::stopped) return end.error;
    if (end.end == TransferEnd::failed) {
      note(url, end.reason);
      return false;
    }
    std::string why = end.reason;
    // A server that has nothing to add (416) may mean that the part was whole already.
    if (part.size() > 0 && isRight(part.path(), why)) return true;
    if (m_control.cancelled())
      return Error{Fault::interrupted, "The download was cancelled; what has arrived is kept."};
    if (part.size() == 0 && end.end == TransferEnd::complete) why = "sent an empty file";
    if (Status status = part.clear(); !status) return status.error();
    if (continued) continue;
    note(url, why);
    return false;
  }
}

Status ItemDownload::run() {
  std::string why;
  std::error_code error;
  if (fs::is_regular_file(m_target, error) && isRight(m_target, why)) return done();
  Result<PartFile> part = PartFile::open(m_target);
  if (!part) return part.error();
  for (const std::string& url : m_item.urls) {
    const Result<bool> whole = tryMirror(url, *part);
    if (!whole) {
      if (part->size() == 0) part->remove();
      return whole.error();
    }
    if (*whole) return part->moveTo(m_target);
  }
  if (part->size() == 0) part->remove();
  return workError(m_item.name + " could not be downloaded to " + m_target.parent_path().string() + ": " +
                   m_failures + ". Try again later; what has arrived is kept.");
}

} // namespace

Status download(const std::vector<DownloadItem>& items, const fs::path& folder,
                const DownloadOptions& options, JobControl& control) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return workError("The folder " + folder.string() + " could not be made: " + error.message() +
                     ". Choose another one.");
  }
  double total = 0;
  for (const DownloadItem& item : items) total += static_cast<double>(item.maximumBytes);
  double begun = 0;
  for (const DownloadItem& item : items) {
    if (control.cancelled())
      return Error{Fault::interrupted, "The download was cancelled; what has arrived is kept."};
    const double share = total > 0 ? static_cast<double>(item.maximumBytes) / total : 0;
    if (Status status = ItemDownload(item, folder, options, control, begun, share).run(); !status)
      return status;
    begun += share;
    control.setProgress(begun);
  }
  return done();
}

} // namespace latent
