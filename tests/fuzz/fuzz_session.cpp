// Any bytes as a session file: refused with an input error, or a session that is written and read unchanged.
#include "core/io/session_file.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto session = latent::parseSession({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!session) {
    if (session.error().fault != latent::Fault::input || session.error().message.empty()) std::abort();
    return 0;
  }
  const std::string text = latent::sessionToText(*session);
  const auto again = latent::parseSession(text, "fuzz");
  if (!again || latent::sessionToText(*again) != text) std::abort();
  return 0;
}
