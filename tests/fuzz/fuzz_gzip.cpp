// Any bytes as a data file, read in pieces of a size that the first byte gives: pieces must not change the
// outcome.
#include "core/data/payload.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace {

constexpr size_t mostBytes = 1 << 18; // a bomb is left after so many

struct Outcome {
  std::vector<uint8_t> payload;
  bool ok = true;
};

Outcome readIn(std::span<const uint8_t> file, size_t piece) {
  Outcome outcome;
  latent::Result<latent::PayloadReader> reader = latent::PayloadReader::over(file, "fuzz");
  if (!reader.ok()) return {{}, false};
  std::vector<uint8_t> buffer(piece);
  while (outcome.payload.size() < mostBytes) {
    const std::span<uint8_t> wanted =
        std::span(buffer).first(std::min(piece, mostBytes - outcome.payload.size()));
    const latent::Result<size_t> count = reader->read(wanted);
    if (!count.ok()) {
      if (count.error().fault != latent::Fault::input || count.error().message.empty()) std::abort();
      outcome.ok = false;
      return outcome;
    }
    if (*count > wanted.size()) std::abort();
    outcome.payload.insert(outcome.payload.end(), buffer.begin(),
                           buffer.begin() + static_cast<ptrdiff_t>(*count));
    if (reader->offset() != static_cast<int64_t>(outcome.payload.size())) std::abort();
    if (reader->offset() > reader->mostBytes()) std::abort();
    if (*count < wanted.size()) return outcome;
  }
  return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::span<const uint8_t> file{data + 1, size - 1};
  const Outcome whole = readIn(file, mostBytes);
  const Outcome pieces = readIn(file, size_t{1} + data[0]);
  // An error loses the last, unfinished piece, so only what was read without one must agree.
  if (whole.ok && (!pieces.ok || whole.payload != pieces.payload)) std::abort();
  if (pieces.ok && !whole.ok && pieces.payload.size() < mostBytes) std::abort();
  return 0;
}
