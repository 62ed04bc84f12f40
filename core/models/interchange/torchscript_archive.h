// A TorchScript archive as the weights of a model: its bytes, one a float, so that snapshots, viewers,
// threads and files treat it like any other weights. No torch in this header.
#pragma once

#include "core/base/image.h"
#include "core/base/result.h"
#include "core/base/weights.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace latent {

/// Longest archive; each byte takes a float in memory.
inline constexpr int64_t maximumArchive = int64_t{64} << 20;

/// One tensor, "archive" [bytes], of whole numbers 0 to 255, which half precision holds exactly, too.
std::shared_ptr<const Weights> weightsFromArchive(std::span<const std::byte> archive);
/// The archive again. Input error where the values are no bytes.
Result<std::vector<std::byte>> archiveFromValues(std::span<const float> values);
/// CRC-32 of the archive: two models of equal parameters then hold the same module.
int64_t archiveChecksum(std::span<const std::byte> archive);

struct TorchScriptFacts {
  int64_t latent = 0;     ///< length of z
  bool posterior = false; ///< encode gives (mu, logvar)
};

/// Loads the archive, runs its methods once on two grey images of this shape, and says what they are. The
/// contract: encode(x[B,C,H,W]) -> mu[B,D] or (mu, logvar), decode(z[B,D]) -> x[B,C,H,W], float32, no random
/// numbers. Input error: no such archive, one of a newer PyTorch, methods that are missing or of another
/// shape. This runs the code in the archive.
Result<TorchScriptFacts> inspectTorchScript(std::span<const std::byte> archive, const ImageShape& shape,
                                            const std::string& nameForErrors);

} // namespace latent
