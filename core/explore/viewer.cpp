#include "core/explore/viewer.h"

#include "core/models/families.h"
#include "core/models/flat_model.h"
#include "core/models/model.h"
#include "core/models/token_draw.h"
#include "core/models/torch_compat.h"

#include <cassert>
#include <stdexcept>
#include <utility>

namespace latent {

namespace {

/// For reading only: from_blob has no form for constant data.
torch::Tensor view(std::span<const float> values, const std::vector<int64_t>& shape) {
  return torch::from_blob(const_cast<float*>(values.data()), shape, torch::kFloat32);
}

torch::Tensor view(std::span<const int64_t> values, const std::vector<int64_t>& shape) {
  return torch::from_blob(const_cast<int64_t*>(values.data()), shape, torch::kInt64);
}

template<class T = float>
std::vector<T> copyOut(const torch::Tensor& tensor) {
  const torch::Tensor flat = tensor.contiguous();
  return {flat.data_ptr<T>(), flat.data_ptr<T>() + flat.numel()};
}

/// Runs a computation without gradients; what LibTorch throws leaves as one sentence without a stack trace.
template<class Function>
auto compute(Function&& function) {
  const torch::NoGradGuard noGrad;
  try {
    return function();
  } catch (const c10::Error& error) {
    throw std::runtime_error("The model could not be computed: " + compat::message(error));
  }
}

} // namespace

struct Viewer::Impl {
  explicit Impl(ModelSpec modelSpec)
      : spec(std::move(modelSpec)),
        model(spec, torch::kCPU, FlatModel::Gradients::none),
        matched(model.layout()) {
    model.model().eval();
  }

  ModelSpec spec;
  FlatModel model;
  std::shared_ptr<const WeightLayout> matched; ///< a layout that is known to be the model's own
  std::shared_ptr<const Weights> weights;

  TokenModel& tokens() const {
    TokenModel* found = model.model().tokenModel();
    if (!found) throw std::logic_error("Viewer: this model has no tokens");
    return *found;
  }

  torch::Tensor images(std::span<const float> pixels, int64_t n) const {
    assert(static_cast<int64_t>(pixels.size()) == n * spec.shape.pixels());
    return view(pixels, {n, spec.shape.channels, spec.shape.height, spec.shape.width});
  }
};

Result<Viewer> Viewer::create(const ModelSpec& spec) {
  // A spec may come from a file: it is checked here, so that building cannot fail on it.
  const Result<ModelSpec> checked = makeModelSpec(spec.family, spec.shape, spec.parameters);
  if (!checked) return checked.error();
  try {
    return compute([&] { return Viewer(std::make_unique<Impl>(*checked)); });
  } catch (const std::exception& exception) {
    return workError(exception.what());
  }
}

Viewer::Viewer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Viewer::Viewer(Viewer&&) noexcept = default;
Viewer& Viewer::operator=(Viewer&&) noexcept = default;
Viewer::~Viewer() = default;

const ModelSpec& Viewer::spec() const {
  return m_impl->spec;
}

int Viewer::latentSize() const {
  return static_cast<int>(m_impl->model.model().latentSize());
}

Status Viewer::setWeights(std::shared_ptr<const Weights> weights) {
  if (!weights || !weights->layout) return inputError("There are no weights to look at.");
  FlatModel& model = m_impl->model;
  if (weights->layout != m_impl->matched && *weights->layout != *model.layout()) {
    const Result<std::shared_ptr<const Weights>> reordered = matchWeights(m_impl->spec, *weights);
    if (!reordered) return reordered.error();
    model.write((*reordered)->values);
  } else {
    if (static_cast<int64_t>(weights->values.size()) != model.size())
      return inputError("These weights hold " + std::to_string(weights->values.size()) +
                        " numbers, the model " + std::to_string(model.size()) + ": they are damaged.");
    model.write(weights->values);
    m_impl->matched = weights->layout;
  }
  m_impl->weights = std::move(weights);
  return done();
}

const std::shared_ptr<const Weights>& Viewer::weights() const {
  return m_impl->weights;
}

std::vector<float> Viewer::decode(std::span<const float> z, int64_t n) const {
  assert(static_cast<int64_t>(z.size()) == n * latentSize());
  return compute([&] { return copyOut(m_impl->model.model().decode(view(z, {n, latentSize()}))); });
}

Encoded Viewer::encode(std::span<const float> images, int64_t n) const {
  return compute([&] {
    const Posterior posterior = m_impl->model.model().encode(m_impl->images(images, n));
    Encoded encoded{n, latentSize(), copyOut(posterior.mu), {}};
    if (posterior.logVar.defined()) encoded.logVar = copyOut(posterior.logVar);
    return encoded;
  });
}

std::vector<float> Viewer::reconstruct(std::span<const float> images, int64_t n) const {
  return compute([&] {
    const Posterior posterior = m_impl->model.model().encode(m_impl->images(images, n));
    return copyOut(m_impl->model.model().decode(posterior.mu));
  });
}

std::optional<TokenShape> Viewer::tokenShape() const {
  const TokenModel* model = m_impl->model.model().tokenModel();
  if (!model) return std::nullopt;
  return TokenShape{static_cast<int>(model->rows()), static_cast<int>(model->columns()), model->codes(),
                    model->codebook().size(1), model->hasTokenPrior()};
}

std::vector<float> Viewer::codebook() const {
  return compute([&] { return copyOut(m_impl->tokens().codebook()); });
}

std::vector<int64_t> Viewer::tokens(std::span<const float> images, int64_t n) const {
  return compute([&] { return copyOut<int64_t>(m_impl->tokens().tokens(m_impl->images(images, n))); });
}

std::vector<float> Viewer::decodeTokens(std::span<const int64_t> maps, int64_t n) const {
  TokenModel& model = m_impl->tokens();
  assert(static_cast<int64_t>(maps.size()) == n * model.rows() * model.columns());
  return compute([&] { return copyOut(model.decodeTokens(view(maps, {n, model.rows(), model.columns()}))); });
}

int64_t Viewer::drawToken(std::span<const int64_t> map, int64_t cell, double temperature,
                          uint64_t seed) const {
  TokenModel& model = m_impl->tokens();
  return compute([&] {
    const torch::Tensor logits = model.priorLogits(view(map, {1, model.rows(), model.columns()}), cell);
    return latent::drawToken(logits, temperature, seed, cell);
  });
}

void applyPixelMode(const ModelSpec& spec, std::vector<float>& pixels) {
  if (pixelMode(spec) == PixelMode::grey) return;
  for (float& value : pixels) value = value >= 0.5f ? 1.0f : 0.0f;
}

} // namespace latent
