// Runs the built `latent` as a person or a script would.
#pragma once

#include "core/base/json.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace latent {

struct Outcome {
  int exitCode = -1; ///< 128 + signal where a signal ended it
  std::string out;
  std::string errors;

  /// Each line of `out` as JSON; fails the test where one is none.
  std::vector<Json> lines() const;
};

/// A running program; waits for its end when destroyed.
class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void signal(int number);
  /// Reads standard output until `text` appeared in it or the program ended; true if it appeared.
  bool waitFor(const std::string& text);
  Outcome wait();

 private:
  bool readSome();

  pid_t m_process = -1;
  int m_out = -1, m_errors = -1;
  Outcome m_outcome;
  bool m_ended = false;
};

inline Outcome runLatent(const std::vector<std::string>& arguments) {
  return Program(arguments).wait();
}

} // namespace latent
