#include "tests/app/cli/program.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace latent {

std::vector<Json> Outcome::lines() const {
  std::vector<Json> all;
  for (size_t begin = 0; begin < out.size();) {
    const size_t end = out.find('\n', begin);
    all.push_back(Json::parse(out.substr(begin, end - begin), nullptr, false));
    EXPECT_TRUE(all.back().is_object()) << out.substr(begin, end - begin);
    if (end == std::string::npos) break;
    begin = end + 1;
  }
  return all;
}

Program::Program(const std::vector<std::string>& arguments) {
  std::array<int, 2> out{}, errors{};
  if (::pipe2(out.data(), O_CLOEXEC) != 0 || ::pipe2(errors.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("pipe");
  std::vector<char*> words{const_cast<char*>(LATENT_PROGRAM)};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
  const int code = ::posix_spawn(&m_process, LATENT_PROGRAM, &actions, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(out[1]);
  ::close(errors[1]);
  m_out = out[0];
  m_errors = errors[0];
  if (code != 0) throw std::runtime_error("cannot start " LATENT_PROGRAM);
}

Program::~Program() {
  if (!m_ended) {
    signal(SIGKILL);
    wait();
  }
  ::close(m_out);
  ::close(m_errors);
}

void Program::signal(int number) {
  ::kill(m_process, number);
}

/// False once both pipes are closed.
bool Program::readSome() {
  std::array<pollfd, 2> ready{{{m_out, POLLIN, 0}, {m_errors, POLLIN, 0}}};
  ::poll(ready.data(), ready.size(), -1);
  bool open = false;
  for (const pollfd& each : ready) {
    std::array<char, 4096> text;
    const ssize_t got = each.revents == 0 ? 1 : ::read(each.fd, text.data(), text.size());
    if (got > 0) open = true;
    if (got > 0 && each.revents != 0)
      (each.fd == m_out ? m_outcome.out : m_outcome.errors).append(text.data(), static_cast<size_t>(got));
  }
  return open;
}

bool Program::waitFor(const std::string& text) {
  while (m_outcome.out.find(text) == std::string::npos)
    if (!readSome()) return false;
  return true;
}

Outcome Program::wait() {
  while (readSome()) {
  }
  int status = 0;
  ::waitpid(m_process, &status, 0);
  m_ended = true;
  m_outcome.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return m_outcome;
}

} // namespace latent
