// Any bytes as an .npz archive: refused with an input error, or two splits that can be read.
#include "core/data/npz.h"

#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto archive = latent::ArchiveReader::over({data, size}, "fuzz", latent::ArchiveKind::zip);
  const auto refused = [](const latent::Error& error) {
    if (error.fault != latent::Fault::input || error.message.empty()) std::abort();
    return 0;
  };
  if (!archive.ok()) return refused(archive.error());
  const auto dataset = latent::readNpz(std::move(*archive), {.maximumBytes = 1 << 20});
  if (!dataset.ok()) return refused(dataset.error());
  for (const auto& split : {(*dataset)->train, (*dataset)->test}) {
    if (split->size() < 1 || split->shape() != (*dataset)->shape) std::abort();
    const int64_t last = split->size() - 1;
    std::vector<uint8_t> image(static_cast<size_t>(split->shape().pixels()));
    split->read({&last, 1}, image.data());
    if (split->label(last) >= static_cast<int64_t>((*dataset)->classes.size())) std::abort();
    if (split->factors(last).size() != (*dataset)->factors.size()) std::abort();
  }
  return 0;
}
