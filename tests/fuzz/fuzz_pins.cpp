// Any bytes as a file of pins: refused with an input error, or pins that are written and read unchanged.
#include "core/io/pin_file.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto pins = latent::parsePins({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!pins) {
    if (pins.error().fault != latent::Fault::input || pins.error().message.empty()) std::abort();
    return 0;
  }
  const std::string table = latent::pinsToCsv(*pins);
  const auto again = latent::parsePins(table, "fuzz");
  if (again && latent::pinsToCsv(*again) != table) std::abort();
  return 0;
}
