#include "app/cli/interruption.h"

#include <csignal>

namespace latent::cli {

JobControl& interruption() {
  static JobControl control;
  return control;
}

void watchSignals() {
  interruption(); // made before a handler can ask for it
  struct sigaction stop {};
  stop.sa_handler = [](int) { interruption().cancel(); };
  ::sigaction(SIGINT, &stop, nullptr);
  ::sigaction(SIGTERM, &stop, nullptr);
  // A full disk limit and a closed pipe are errors of a write, which says what went wrong.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
}

} // namespace latent::cli
