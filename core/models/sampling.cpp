#include "core/models/sampling.h"

#include "core/base/random.h"
#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/image_source.h"
#include "core/models/torch_compat.h"

#include <algorithm>

namespace latent {

namespace {

constexpr int64_t kChunk = 100; // images decoded or encoded at a time

Error cancelled() {
  return {Fault::interrupted, "The sampling was cancelled."};
}

/// mean and a root A of the covariance (A A' = C) of codes, so that mean + A eps is distributed as they are.
struct Gaussian {
  torch::Tensor mean; ///< [K]
  torch::Tensor root; ///< [K, K]
};

Gaussian fitted(const torch::Tensor& codes) {
  const torch::Tensor z = codes.to(torch::kFloat64);
  const torch::Tensor mean = z.mean(0);
  const torch::Tensor centred = z - mean;
  const torch::Tensor covariance = centred.t().mm(centred) / static_cast<double>(z.size(0));
  // By eigenvalues: a latent that the model does not use has no variance, and Cholesky would refuse it.
  const auto [values, vectors] = torch::linalg_eigh(covariance);
  return {mean, vectors * values.clamp_min(0).sqrt()};
}

Result<torch::Tensor> encodedSplit(Model& model, PixelMode pixels, const Split& split, uint64_t seed,
                                   JobControl& control) {
  const torch::Device device(torch::kCPU);
  // The caller keeps the split alive for the length of this call, so nothing is owned here.
  ImageSource images(std::shared_ptr<const Split>(std::shared_ptr<void>(), &split), device);
  at::Generator binarisation = compat::makeGenerator(device, deriveSeed(seed, "sampling binarisation"));
  const int64_t count = std::min(kFittedCodes, images.size());
  std::vector<torch::Tensor> codes;
  for (int64_t first = 0; first < count; first += kChunk) {
    if (control.cancelled()) return cancelled();
    const torch::Tensor bytes = images.range(first, std::min(kChunk, count - first));
    codes.push_back(model.encode(pixelsFromBytes(bytes, pixels, binarisation)).mu);
  }
  return torch::cat(codes);
}

torch::Tensor normal(int64_t count, int64_t size, double deviation, at::Generator& generator) {
  return torch::empty({count, size}).normal_(0, deviation, generator);
}

} // namespace

Result<SampleSource> sampleSource(const ModelSpec& spec) {
  const FamilyInfo& family = *findFamily(spec.family);
  if (!family.discrete) return family.hasPrior ? SampleSource::prior : SampleSource::codes;
  if (!spec.parameters.flag("prior")) {
    return usageError(
        "The model was trained without a prior over its tokens, so that there is nothing to draw "
        "from; train one with prior = true.");
  }
  return SampleSource::tokenPrior;
}

Result<std::vector<float>> sampleImages(const ModelSpec& spec, const Weights& weights, const Split& codesOf,
                                        const SampleOptions& options, JobControl& control) {
  const Result<SampleSource> source = sampleSource(spec);
  if (!source) return source.error();
  if (*source == SampleSource::codes && !(codesOf.size() > 0 && codesOf.shape() == spec.shape))
    return inputError("The model has no prior, and the images to take its codes from are none or of another "
                      "shape; use the data set that it was trained on.");
  const Result<std::shared_ptr<const Weights>> matched = matchWeights(spec, weights);
  if (!matched) return matched.error();
  try {
    prepareComputeThread();
    const torch::NoGradGuard noGrad;
    FlatModel flat(spec, torch::kCPU, FlatModel::Gradients::none);
    flat.write((*matched)->values);
    Model& model = flat.model();
    model.eval();
    Gaussian codes;
    if (*source == SampleSource::codes) {
      const auto encoded = encodedSplit(model, pixelMode(spec), codesOf, options.seed, control);
      if (!encoded) return encoded.error();
      codes = fitted(*encoded);
    }

    at::Generator generator = compat::makeGenerator(torch::kCPU, deriveSeed(options.seed, "sampling"));
    std::vector<float> images;
    for (int64_t first = 0; first < options.count; first += kChunk) {
      if (control.cancelled()) return cancelled();
      control.setProgress(static_cast<double>(first) / static_cast<double>(options.count));
      const int64_t count = std::min(kChunk, options.count - first);
      torch::Tensor x;
      if (*source == SampleSource::tokenPrior) {
        TokenModel& tokens = *model.tokenModel();
        x = tokens.decodeTokens(tokens.sampleTokens(count, options.temperature, generator));
      } else {
        torch::Tensor z = normal(count, model.latentSize(), options.temperature, generator);
        if (*source == SampleSource::codes)
          z = (codes.mean + z.to(torch::kFloat64).mm(codes.root.t())).to(torch::kFloat32);
        x = model.decode(z);
      }
      x = x.contiguous();
      images.insert(images.end(), x.data_ptr<float>(), x.data_ptr<float>() + x.numel());
    }
    return images;
  } catch (const c10::Error& error) {
    return workError("The sampling failed: " + compat::message(error));
  } catch (const std::bad_alloc&) {
    return workError("The sampling ran out of memory; close other programs or draw fewer images.");
  }
}

} // namespace latent
