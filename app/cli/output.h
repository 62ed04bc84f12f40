// Standard output of a command: JSON lines, plain lines, or a progress bar on a terminal.
#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <string>

namespace latent::cli {

void printJson(const Json& json);
void printLine(const std::string& line);
/// Work error once standard output could not be written (a full disk, a closed pipe).
Status outputStatus();

/// One line of a terminal that is drawn over; nothing where standard output is no terminal.
class ProgressLine {
 public:
  explicit ProgressLine(bool wanted);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// fraction in [0,1]: "[#####.....]  50 %  text".
  void show(double fraction, const std::string& text);
  void clear();

 private:
  bool m_terminal;
  std::string m_shown;
};

std::string formatSeconds(double seconds);         ///< "3.1 s", "1 min 42 s", "2 h 5 min"
std::string formatFixed(double value, int digits); ///< whatever the locale

} // namespace latent::cli
