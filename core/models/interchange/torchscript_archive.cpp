#include "core/models/interchange/torchscript_archive.h"

#include "core/models/interchange/torchscript_module.h"
#include "core/models/torch_compat.h"

#include <zlib.h>

namespace latent {
namespace {

/// Also where both hold values that are no numbers.
bool same(const torch::Tensor& a, const torch::Tensor& b) {
  return torch::equal(a.nan_to_num(), b.nan_to_num());
}

} // namespace

std::shared_ptr<const Weights> weightsFromArchive(std::span<const std::byte> archive) {
  auto weights = std::make_shared<Weights>();
  weights->layout = std::make_shared<const WeightLayout>(
      WeightLayout{{"archive", {static_cast<int64_t>(archive.size())}, 0}});
  weights->values.reserve(archive.size());
  for (const std::byte byte : archive) weights->values.push_back(std::to_integer<uint8_t>(byte));
  return weights;
}

Result<std::vector<std::byte>> archiveFromValues(std::span<const float> values) {
  std::vector<std::byte> archive;
  archive.reserve(values.size());
  for (const float value : values) {
    if (!(value >= 0 && value <= 255) || value != static_cast<float>(static_cast<int>(value)))
      return inputError("The weights are damaged: they are not the bytes of a TorchScript archive.");
    archive.push_back(static_cast<std::byte>(static_cast<int>(value)));
  }
  return archive;
}

int64_t archiveChecksum(std::span<const std::byte> archive) {
  return static_cast<int64_t>(::crc32_z(0, reinterpret_cast<const Bytef*>(archive.data()), archive.size()));
}

Result<TorchScriptFacts> inspectTorchScript(std::span<const std::byte> archive, const ImageShape& shape,
                                            const std::string& nameForErrors) {
  try {
    TorchScriptModule module(archive, torch::kCPU);
    const torch::Tensor images = torch::full({2, shape.channels, shape.height, shape.width}, 0.5F);
    const Posterior q = module.encode(images);
    if (!same(q.mu, module.encode(images).mu))
      throw TorchScriptFault(
          "the method encode gives another result each time; it must return mu, not a sample");
    if (!same(module.decode(q.mu, shape), module.decode(q.mu, shape)))
      throw TorchScriptFault(
          "the method decode gives another result each time; it must return the mean image");
    return TorchScriptFacts{q.mu.size(1), q.logVar.defined()};
  } catch (const TorchScriptFault& fault) {
    return inputError(nameForErrors + ": " + fault.what() + ".");
  } catch (const c10::Error& error) {
    return inputError(nameForErrors + ": " + compat::message(error) + ".");
  }
}

} // namespace latent
