// What a model is: a module that encodes, decodes and says what is minimised. Torch lives behind this header;
// families.h is its face for everything that knows no tensor.
//
// A new model is one file, my_model.cpp, and one word in LATENT_FAMILIES of this folder's CMakeLists.txt. The
// file defines `ModelFamily families::my_model()`; menus, forms, flags, checkpoints and the every-model tests
// follow.
#pragma once

#include "core/base/family_info.h"
#include "core/base/model_spec.h"
#include "core/base/result.h"
#include "core/models/named_measures.h"

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace latent {

/// q(z|x) of B images: mu and logVar = log sigma^2, each [B, K]. A family without a posterior leaves logVar
/// undefined and puts its code z into mu.
struct Posterior {
  torch::Tensor mu;
  torch::Tensor logVar;
};

/// What an objective is given besides images.
struct ObjectiveContext {
  at::Generator noise;   ///< the only source of randomness, on the model's device
  int64_t step = 0;      ///< updates done, for terms that change on the way (warm-up, capacity)
  int64_t splitSize = 0; ///< images of the split that the batch is taken from
};

/// A model whose z is a map of codes: discrete tokens in place of coordinates.
class TokenModel {
 public:
  virtual ~TokenModel() = default;
  virtual int64_t rows() const = 0;                                 ///< of the map
  virtual int64_t columns() const = 0;                              ///< of the map
  virtual int64_t codes() const = 0;                                ///< K of the codebook
  virtual torch::Tensor codebook() const = 0;                       ///< [K, D]
  virtual torch::Tensor tokens(const torch::Tensor& x) = 0;         ///< [B,C,H,W] -> int64 [B, rows, columns]
  virtual torch::Tensor decodeTokens(const torch::Tensor& map) = 0; ///< int64 [B, rows, columns] -> images
  virtual bool hasTokenPrior() const = 0;
  /// Of the prior's token in `cell` (counted row by row) given those before it; later ones of the map do not
  /// matter. int64 [B, rows, columns] -> [B, K]
  virtual torch::Tensor priorLogits(const torch::Tensor& map, int64_t cell) = 0;
  /// Draws n maps from the prior over tokens, one after the other; temperature > 0 divides the logits.
  virtual torch::Tensor sampleTokens(int64_t n, double temperature, at::Generator& generator) = 0;
};

/// A model that is solved from the whole training split in place of being trained.
class ClosedForm {
 public:
  virtual ~ClosedForm() = default;
  virtual void begin() = 0;                     ///< forgets all images
  virtual void add(const torch::Tensor& x) = 0; ///< [B, C, H, W] in [0,1]
  virtual void solve() = 0;                     ///< writes the weights; at least one image was added
};

class Model : public torch::nn::Module {
 public:
  /// Names of the values that objective() returns, "loss" first: {"loss", "recon", "kl"}.
  virtual std::vector<std::string> terms() const = 0;

  /// Length of z.
  virtual int64_t latentSize() const = 0;

  /// x: [B, C, H, W] in [0,1], float32 on the model's device. Draws no random numbers.
  virtual Posterior encode(const torch::Tensor& x) = 0;

  /// z: [B, K]. Returns the mean of p(x|z), [B, C, H, W] in [0,1]. Draws no random numbers.
  virtual torch::Tensor decode(const torch::Tensor& z) = 0;

  /// The values named by terms(), one scalar tensor each, means over the batch in nats (NUMBERS.md,
  /// Conventions). Only the first, the loss, needs a gradient.
  virtual std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) = 0;

  /// A parameter that may change while the model trains has a new value; optimiser's own ones are not passed.
  virtual void setLive(const std::string& /*key*/, double /*value*/) {}

  /// After each optimiser update, with gradients off: what follows the batch without a gradient (running
  /// averages of a codebook). Where `good` is defined (0-dim bool on the device) and false, the update was
  /// masked and nothing may change.
  virtual void afterUpdate(ObjectiveContext& /*context*/, const torch::Tensor& /*good*/) {}

  /// Measures of a whole pass that are no means over batches (perplexity of a codebook), counted by
  /// objective() since the last call, in training and evaluation mode apart. What training counts lives in
  /// float buffers, so that a resumed epoch goes on counting.
  virtual Measures takePassMeasures() { return {}; }

  virtual TokenModel* tokenModel() { return nullptr; }
  virtual ClosedForm* closedForm() { return nullptr; }
};

/// A family and how one of its models is made. `build` allocates on the device and leaves the weights
/// undefined.
struct ModelFamily {
  FamilyInfo info;
  std::function<std::shared_ptr<Model>(const ModelSpec&, const torch::Device&)> build;
  /// Combinations that cannot work, each value being in its range; a usage error that says why. May be empty.
  std::function<Status(const ModelSpec&)> check;
};

/// In the order of LATENT_FAMILIES; generated by CMake.
const std::vector<ModelFamily>& modelFamilies();

/// A model with undefined weights; the spec comes from makeModelSpec, another one is a broken contract.
/// On torch::kMeta nothing is allocated.
std::shared_ptr<Model> buildModel(const ModelSpec& spec, const torch::Device& device);

/// Writes PyTorch's default initialisation from `generator` alone, which may live on another device than the
/// model: equal seeds give equal weights on every device.
void initialise(Model& model, at::Generator& generator);

/// "grey" | "thresholded" | "rebinarised": what the model sees of an image (NUMBERS.md, Conventions).
enum class PixelMode { grey, thresholded, rebinarised };
PixelMode pixelMode(const ModelSpec& spec);

/// bytes: uint8 [B, ...]. Returns float32 of the same shape in [0,1]; `rebinarised` draws every pixel from
/// Bernoulli(grey value) of `generator`, the others draw nothing.
torch::Tensor pixelsFromBytes(const torch::Tensor& bytes, PixelMode mode, at::Generator& generator);

} // namespace latent
