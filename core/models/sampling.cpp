#include "core/models/sampling.h"

#include "core/base/latent_statistics.h"
#include "core/base/pixel_draws.h"
#include "core/models/compute.h"
#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/image_source.h"
#include "core/models/token_draw.h"
#include "core/models/torch_compat.h"

#include <algorithm>
#include <span>

namespace latent {

namespace {

constexpr int64_t kChunk = 100; // images decoded or encoded at a time

Error cancelled() {
  return {Fault::interrupted, "The sampling was cancelled."};
}

/// Codes of all images of the split, as viewing encodes them (draws no random numbers).
Result<Encoded> encodedSplit(Model& model, PixelMode pixels, const Split& split, JobControl& control) {
  // The caller keeps the split alive for the length of this call, so nothing is owned here.
  ImageSource images(std::shared_ptr<const Split>(std::shared_ptr<void>(), &split), torch::kCPU);
  Encoded encoded{images.size(), static_cast<int>(model.latentSize()), {}, {}};
  for (int64_t first = 0; first < images.size(); first += kChunk) {
    if (control.cancelled()) return cancelled();
    torch::Tensor x =
        images.range(first, std::min(kChunk, images.size() - first)).to(torch::kFloat32).div_(255);
    if (pixels != PixelMode::grey) x = x.ge(0.5).to(torch::kFloat32);
    const torch::Tensor mu = model.encode(x).mu.contiguous();
    encoded.mu.insert(encoded.mu.end(), mu.data_ptr<float>(), mu.data_ptr<float>() + mu.numel());
  }
  return encoded;
}

/// All points of a sample, [count, K].
Result<std::vector<float>> drawnPoints(Model& model, PixelMode pixels, SampleSource source,
                                       const Split& codesOf, const SampleOptions& options,
                                       JobControl& control) {
  if (source == SampleSource::prior)
    return drawPrior(static_cast<int>(model.latentSize()), options.count, options.seed, options.temperature);
  const auto codes = encodedSplit(model, pixels, codesOf, control);
  if (!codes) return codes.error();
  const auto fit = fitGaussian(*codes);
  if (!fit) return fit.error();
  return drawGaussian(*fit, options.count, options.seed, options.temperature);
}

Result<SampleSource> chosenSource(const ModelSpec& spec, const SampleOptions& options) {
  auto own = sampleSource(spec);
  if (!own || !options.from || *options.from == *own) return own;
  if (*own == SampleSource::tokenPrior || *options.from == SampleSource::tokenPrior)
    return usageError(
        "Tokens are drawn from the prior that was trained beside them, and latents from a Gaussian; "
        "this model has the other kind.");
  return *options.from;
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
  const Result<SampleSource> source = chosenSource(spec, options);
  if (!source) return source.error();
  if (*source == SampleSource::codes && !(codesOf.size() > 0 && codesOf.shape() == spec.shape))
    return inputError(
        "The images to take the model's codes from are none or of another shape; use the data set "
        "that it was trained on.");
  if (options.draws &&
      !(spec.parameters.has("likelihood") && spec.parameters.choice("likelihood") == "bernoulli"))
    return usageError(
        "Pixels of 0 and 1 are drawn from a Bernoulli likelihood, and this model has another; show "
        "its means.");
  const Result<std::shared_ptr<const Weights>> matched = matchWeights(spec, weights);
  if (!matched) return matched.error();
  try {
    prepareComputeThread();
    const torch::NoGradGuard noGrad;
    FlatModel flat(spec, torch::kCPU, FlatModel::Gradients::none);
    flat.write((*matched)->values);
    Model& model = flat.model();
    model.eval();
    std::vector<float> points;
    if (*source != SampleSource::tokenPrior) {
      auto drawn = drawnPoints(model, pixelMode(spec), *source, codesOf, options, control);
      if (!drawn) return drawn.error();
      points = std::move(*drawn);
    }

    std::vector<float> images;
    for (int64_t first = 0; first < options.count; first += kChunk) {
      if (control.cancelled()) return cancelled();
      control.setProgress(static_cast<double>(first) / static_cast<double>(options.count));
      const int64_t count = std::min(kChunk, options.count - first);
      torch::Tensor x;
      if (*source == SampleSource::tokenPrior) {
        TokenModel& tokens = *model.tokenModel();
        x = tokens.decodeTokens(drawTokenMaps(tokens, first, count, options.temperature, options.seed));
      } else {
        const torch::Tensor z = torch::from_blob(points.data() + first * model.latentSize(),
                                                 {count, model.latentSize()}); // is only read
        x = model.decode(z);
      }
      x = x.contiguous();
      images.insert(images.end(), x.data_ptr<float>(), x.data_ptr<float>() + x.numel());
    }
    const int64_t pixels = spec.shape.pixels();
    for (int64_t i = 0; options.draws && i < options.count; ++i)
      drawPixels(std::span(images).subspan(static_cast<size_t>(i * pixels), static_cast<size_t>(pixels)),
                 options.seed, i);
    return images;
  } catch (const c10::Error& error) {
    return workError("The sampling failed: " + compat::message(error));
  } catch (const std::bad_alloc&) {
    return workError("The sampling ran out of memory; close other programs or draw fewer images.");
  }
}

} // namespace latent
