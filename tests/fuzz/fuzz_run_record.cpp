// Any bytes as run.json: refused with an input error, or a record that is written and read back unchanged.
#include "core/run/run_record.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto record = latent::parseRecord({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!record) {
    if (record.error().fault != latent::Fault::input || record.error().message.empty()) std::abort();
    return 0;
  }
  const latent::Json json = latent::recordToJson(*record);
  const auto again = latent::recordFromJson(json);
  if (!again || latent::recordToJson(*again) != json) std::abort();
  return 0;
}
