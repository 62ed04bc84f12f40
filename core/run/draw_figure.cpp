#include "core/figure/figure_page.h"
#include "core/io/files.h"
#include "core/io/lines.h"
#include "core/run/figures.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

extern char** environ;

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr int64_t maximumPicture = int64_t{1} << 30;

/// A folder of our own under the system's temporary folder, gone afterwards.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code ignored;
    std::string name = (fs::temp_directory_path(ignored) / "latent-figure-XXXXXX").string();
    if (::mkdtemp(name.data())) m_path = name;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!m_path.empty()) fs::remove_all(m_path, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const fs::path& path() const { return m_path; }

 private:
  fs::path m_path; ///< empty if it could not be made
};

struct Outcome {
  int exitCode = -1; ///< -1: ended by a signal
  std::string errors;
};

/// Reads until the program closes its standard error, which it does by ending; a cancel ends it.
Outcome follow(pid_t process, int errors, JobControl& control) {
  Outcome outcome;
  for (bool told = false;;) {
    if (control.cancelled() && !std::exchange(told, true)) ::kill(process, SIGKILL);
    pollfd ready{errors, POLLIN, 0};
    if (::poll(&ready, 1, 50) <= 0) continue;
    std::array<char, 4096> text;
    const ssize_t got = ::read(errors, text.data(), text.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (outcome.errors.size() < 65536) outcome.errors.append(text.data(), static_cast<size_t>(got));
  }
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) outcome.exitCode = WEXITSTATUS(status);
  return outcome;
}

/// Runs a program with its standard error caught. Nothing if it could not be started.
std::optional<Outcome> runProgram(const std::vector<std::string>& words, JobControl& control) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::nullopt;
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = 0;
  const int code = ::posix_spawn(&process, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  std::optional<Outcome> outcome;
  if (code == 0) outcome = follow(process, pipe[0], control);
  ::close(pipe[0]);
  return outcome;
}

/// The helper prints one sentence, its last line; libraries may have warned before.
std::string lastLine(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

Status statusOf(const Outcome& outcome, const fs::path& file) {
  if (outcome.exitCode == 0) return done();
  const std::string said = lastLine(outcome.errors);
  const Fault fault = outcome.exitCode == 2   ? Fault::usage
                      : outcome.exitCode == 3 ? Fault::input
                                              : Fault::work;
  return Error{fault, said.empty() ? "latent-figures could not draw " + file.string() + "." : said};
}

fs::path helperPath() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path() / "latent-figures";
}

} // namespace

namespace {

/// `figure` holds its page already.
Status drawInto(const Figure& figure, const fs::path& file, double dpi, JobControl& control) {
  const std::string kind = file.extension().string();
  if (kind == ".csv") return writeTextAtomically(file, figureToCsv(figure));
  if (kind != ".png" && kind != ".pdf" && kind != ".svg")
    return usageError("The ending of " + file.string() +
                      " names no kind of figure; use .png, .pdf, .svg or .csv.");
  const fs::path helper = helperPath();
  if (::access(helper.c_str(), X_OK) != 0)
    return usageError("The program latent-figures is not beside this one (a build without Qt), so no " +
                      kind.substr(1) + " can be drawn; use csv or npy.");

  const WorkFolder folder;
  if (folder.path().empty()) return workError("Cannot make a temporary folder for the figure.");
  const fs::path content = folder.path() / "figure", picture = folder.path() / ("picture" + kind);
  if (Status status = writeFigure(content, figure); !status) return status;
  const auto outcome =
      runProgram({helper.string(), content.string(), picture.string(), "--dpi", formatNumber(dpi)}, control);
  if (control.cancelled()) return Error{Fault::interrupted, "Cancelled; no figure was written."};
  if (!outcome) return workError("Cannot start " + helper.string() + ".");
  if (Status status = statusOf(*outcome, file); !status) return status;
  const auto bytes = readFile(picture, maximumPicture);
  if (!bytes) return workError("latent-figures wrote no picture: " + bytes.error().message);
  return writeFileAtomically(file, *bytes);
}

} // namespace

Status drawFigure(const Figure& figure, const fs::path& file, const DrawOptions& options,
                  JobControl& control) {
  Figure complete = figure;
  if (complete.provenance.is_object()) complete.provenance["page"] = pageOf(figure, options.dpi);
  Status drawn = drawInto(complete, file, options.dpi, control);
  if (!drawn || !options.sidecar) return drawn;
  fs::path sidecar = file;
  return writeTextAtomically(sidecar.replace_extension(".json"),
                             complete.provenance.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace latent
