// Any bytes as a figure that says what it shows: refused with an input error, or an object with a kind and
// runs.
#include "core/figure/provenance_reader.h"

#include <cstdlib>

extern "C" bool readsFuzzInput(const uint8_t* data, size_t size) {
  return latent::parseProvenance(std::as_bytes(std::span(data, size)), "fuzz").ok();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto read = latent::parseProvenance(std::as_bytes(std::span(data, size)), "fuzz");
  if (!read) {
    const latent::Error& error = read.error();
    const bool oneLine = error.message.find('\n') == std::string::npos;
    if (error.fault != latent::Fault::input || error.message.empty() || !oneLine) std::abort();
    return 0;
  }
  if (!read->at("kind").is_string() || !read->at("runs").is_array()) std::abort();
  return 0;
}
