#include "core/run/drawing_program.h"

#include "core/io/files.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace latent {
namespace {

namespace fs = std::filesystem;

constexpr int64_t maximumPicture = int64_t{1} << 30;

struct Outcome {
  int exitCode = -1; ///< -1: ended by a signal
  std::string errors;
};

/// Tells as progress how many of the pictures are there. One picture is there or not: no progress.
class Appearing {
 public:
  Appearing(const std::vector<fs::path>& pictures, JobControl& control)
      : m_pictures(pictures), m_control(control) {}
  void look() {
    if (m_pictures.size() < 2) return;
    std::error_code ignored;
    while (m_seen < m_pictures.size() && fs::exists(m_pictures[m_seen], ignored)) ++m_seen;
    m_control.setProgress(static_cast<double>(m_seen) / static_cast<double>(m_pictures.size()));
  }

 private:
  const std::vector<fs::path>& m_pictures;
  JobControl& m_control;
  size_t m_seen = 0;
};

/// Reads until the program closes its standard error, which it does by ending; a cancel ends it.
Outcome follow(pid_t process, int errors, const std::vector<fs::path>& pictures, JobControl& control) {
  Outcome outcome;
  Appearing appearing(pictures, control);
  for (bool told = false;;) {
    if (control.cancelled() && !std::exchange(told, true)) ::kill(process, SIGKILL);
    appearing.look();
    pollfd ready{errors, POLLIN, 0};
    if (::poll(&ready, 1, 50) <= 0) continue;
    std::array<char, 4096> text;
    const ssize_t got = ::read(errors, text.data(), text.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    if (outcome.errors.size() < 65536) outcome.errors.append(text.data(), static_cast<size_t>(got));
  }
  appearing.look();
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status)) outcome.exitCode = WEXITSTATUS(status);
  return outcome;
}

/// Runs a program with its standard error caught. Nothing if it could not be started.
std::optional<Outcome> runProgram(const std::vector<std::string>& words,
                                  const std::vector<fs::path>& pictures, JobControl& control) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return std::nullopt;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
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
  if (code == 0) outcome = follow(process, pipe[0], pictures, control);
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

WorkFolder::WorkFolder() {
  std::error_code missing;
  const fs::path folder = fs::temp_directory_path(missing);
  std::string name = (folder / "latent-figure-XXXXXX").string();
  if (!missing && ::mkdtemp(name.data())) m_path = name;
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!m_path.empty()) fs::remove_all(m_path, ignored);
}

Status findDrawingProgram(const std::string& kind) {
  if (::access(helperPath().c_str(), X_OK) == 0) return done();
  return usageError("The program latent-figures is not beside this one (a build without Qt), so no " + kind +
                    " can be drawn; use csv or npy.");
}

Status runDrawingProgram(const std::vector<std::string>& words, const std::vector<fs::path>& pictures,
                         const fs::path& file, JobControl& control) {
  std::vector<std::string> line{helperPath().string()};
  line.insert(line.end(), words.begin(), words.end());
  const auto outcome = runProgram(line, pictures, control);
  if (control.cancelled()) return Error{Fault::interrupted, "Cancelled; no figure was written."};
  if (!outcome) return workError("Cannot start " + line.front() + ".");
  return statusOf(*outcome, file);
}

Result<std::vector<std::byte>> runDrawingProgram(const std::vector<std::string>& words,
                                                 const fs::path& picture, const fs::path& file,
                                                 JobControl& control) {
  if (Status status = runDrawingProgram(words, std::vector{picture}, file, control); !status)
    return status.error();
  return readPicture(picture);
}

Result<std::vector<std::byte>> readPicture(const fs::path& picture) {
  auto bytes = readFile(picture, maximumPicture);
  if (!bytes) return workError("latent-figures wrote no picture: " + bytes.error().message);
  return bytes;
}

} // namespace latent
