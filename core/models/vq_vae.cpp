// The vector-quantised autoencoder (van den Oord, Vinyals & Kavukcuoglu 2017, "Neural discrete representation
// learning"): z is a map of tokens, each the index of a vector of a codebook; a prior over the tokens is
// trained beside.
#include "core/models/architecture.h"
#include "core/models/model.h"
#include "core/models/quantiser.h"
#include "core/models/token_networks.h"
#include "core/models/token_prior.h"
#include "core/models/vq_schema.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

namespace latent::families {

namespace {

/// Variance of all pixel values of the training split, gathered while its images come by for the first time
/// and fixed from then on: the scale of the reconstruction term.
class PixelVariance : public Layer {
 public:
  explicit PixelVariance(const torch::Device& device) {
    const auto floats = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    m_images = register_buffer("images", torch::empty({1}, floats));
    m_mean = register_buffer("mean", torch::empty({1}, floats));
    m_variance = register_buffer("variance", torch::empty({1}, floats));
  }

  /// Merges the moments of a batch (Chan, Golub & LeVeque 1979) until splitSize images were seen.
  void add(const torch::Tensor& x, int64_t splitSize) {
    torch::NoGradGuard noGrad;
    const torch::Tensor gathering = m_images < static_cast<double>(std::max<int64_t>(splitSize, 1));
    const torch::Tensor images = m_images + static_cast<double>(x.size(0));
    const torch::Tensor share = static_cast<double>(x.size(0)) / images;
    const torch::Tensor mean = x.mean();
    const torch::Tensor variance = (x - mean).square().mean();
    const torch::Tensor distance = mean - m_mean;
    m_variance.copy_(torch::where(
        gathering, m_variance + share * (variance - m_variance + (1 - share) * distance.square()),
        m_variance));
    m_mean.copy_(torch::where(gathering, m_mean + share * distance, m_mean));
    m_images.copy_(torch::where(gathering, images, m_images));
  }

  /// 0-dim; not below the variance of pixels that differ by one grey level in places.
  torch::Tensor value() const {
    constexpr double least = 1e-6;
    return m_variance.clamp_min(least).squeeze(0);
  }

  void initialise(at::Generator&) override {
    torch::NoGradGuard noGrad;
    m_images.zero_();
    m_mean.zero_();
    m_variance.fill_(1);
  }

 private:
  torch::Tensor m_images;
  torch::Tensor m_mean;
  torch::Tensor m_variance;
};

bool isDense(const ModelSpec& spec) {
  return spec.parameters.choice("network") == "dense";
}

MapNetwork mapNetwork(const ModelSpec& spec) {
  const Parameters& p = spec.parameters;
  return {.shape = spec.shape,
          .stride = p.integer("stride"),
          .size = p.integer("code_size"),
          .channels = p.integer("channels"),
          .blocks = p.integer("blocks"),
          .activation = activationFromName(p.choice("activation"))};
}

Codebook::Options codebookOptions(const Parameters& p) {
  return {.codes = p.integer("codes"),
          .size = p.integer("code_size"),
          .followsAverage = p.choice("codebook") == "ema",
          .decay = p.real("decay"),
          .revives = p.flag("revive")};
}

class VectorQuantisedAutoencoder : public Model, public TokenModel {
 public:
  VectorQuantisedAutoencoder(const ModelSpec& spec, const torch::Device& device)
      : m_shape(spec.shape),
        m_rows(isDense(spec) ? 1 : spec.shape.height / spec.parameters.integer("stride")),
        m_columns(isDense(spec) ? spec.parameters.integer("tokens")
                                : spec.shape.width / spec.parameters.integer("stride")),
        m_size(spec.parameters.integer("code_size")),
        m_commitment(spec.parameters.real("commitment")),
        m_trainsCodes(spec.parameters.choice("codebook") == "gradient") {
    const Parameters& p = spec.parameters;
    if (isDense(spec)) {
      const Architecture mlp = mlpArchitecture();
      m_encoder = register_module("encoder", mlp.encoder(spec, device));
      m_z = register_module("z", std::make_shared<Dense>(mlp.features(spec), latentSize(), device));
      m_decoder = register_module("decoder", mlp.decoder(spec, latentSize(), device));
    } else {
      m_encoder = register_module("encoder", mapEncoder(mapNetwork(spec), device));
      m_decoder = register_module("decoder", mapDecoder(mapNetwork(spec), device));
    }
    m_codebook = register_module("codebook", std::make_shared<Codebook>(codebookOptions(p), device));
    m_pixels = register_module("pixels", std::make_shared<PixelVariance>(device));
    if (p.flag("prior")) {
      const TokenPrior::Shape shape{.codes = p.integer("codes"),
                                    .rows = m_rows,
                                    .columns = m_columns,
                                    .width = p.integer("prior_width"),
                                    .layers = p.integer("prior_layers")};
      m_prior = register_module("prior", std::make_shared<TokenPrior>(shape, device));
    }
  }

  // ---- Model

  std::vector<std::string> terms() const override {
    std::vector<std::string> names{"loss", "recon", "commitment"};
    if (m_trainsCodes) names.emplace_back("codebook");
    names.emplace_back("perplexity");
    if (m_prior) names.emplace_back("prior_bits");
    return names;
  }

  int64_t latentSize() const override { return m_rows * m_columns * m_size; }

  /// The quantised vectors of the map, row by row.
  Posterior encode(const torch::Tensor& x) override {
    return {m_codebook->vectors(tokens(x)).flatten(1), torch::Tensor()};
  }

  /// Each vector of z counts as the code nearest to it.
  torch::Tensor decode(const torch::Tensor& z) override {
    return decodeTokens(m_codebook->tokens(z.reshape({-1, m_size})).view({-1, m_rows, m_columns}));
  }

  /// mean (x^ - x)^2 / variance + mean (sg[z_e] - e)^2 + beta mean (z_e - sg[e])^2: eq. 3 of the paper in
  /// sonnet's scale, means over all elements. The codebook's term is there only if the codebook is trained by
  /// gradients. To it comes the prior's cross-entropy in nats a token, whose gradient ends at the tokens.
  std::vector<torch::Tensor> objective(const torch::Tensor& x, ObjectiveContext& context) override {
    if (is_training()) m_pixels->add(x, context.splitSize);
    const torch::Tensor z = vectors(x);
    if (is_training() && context.step == 0) m_codebook->start(z.detach(), context.noise);
    const torch::Tensor tokens = m_codebook->tokens(z);
    m_codebook->observe(z, tokens, is_training());
    const torch::Tensor e = m_codebook->vectors(tokens);

    const torch::Tensor raw =
        m_decoder->forward(straightThrough(z, e.detach()).view({x.size(0), latentSize()}));
    const torch::Tensor recon = (raw - x.flatten(1)).square().sum(1).mean();
    const torch::Tensor commitment = (z - e.detach()).square().mean();
    torch::Tensor loss =
        recon / (static_cast<double>(m_shape.pixels()) * m_pixels->value()) + m_commitment * commitment;
    std::vector<torch::Tensor> values{loss, recon.detach(), commitment.detach()};
    if (m_trainsCodes) {
      const torch::Tensor codebook = (z.detach() - e).square().mean();
      loss = loss + codebook;
      values.push_back(codebook.detach());
    }
    const torch::Tensor use = torch::zeros_like(m_codebook->weight().detach().select(1, 0))
                                  .index_add_(0, tokens, torch::ones_like(tokens, z.options()));
    values.push_back(perplexity(use));
    if (m_prior) {
      const torch::Tensor nats = m_prior->crossEntropy(tokens.view({x.size(0), m_rows, m_columns}));
      loss = loss + nats;
      values.push_back(nats.detach() / std::numbers::ln2);
    }
    values[0] = loss;
    return values;
  }

  void afterUpdate(ObjectiveContext& context, const torch::Tensor& good) override {
    m_codebook->update(context.step + 1, context.noise, good);
  }

  /// Over all tokens of the pass: perplexity, the share of codes in use, and the entropy of a token drawn
  /// anywhere, in bits, which is what a prior must beat.
  Measures takePassMeasures() override {
    const torch::Tensor use = m_codebook->takeUse(is_training());
    if (use.sum().item<double>() == 0) return {};
    const double ofPass = perplexity(use).item<double>();
    return {{"epoch_perplexity", ofPass},
            {"usage", use.gt(0).to(torch::kFloat64).mean().item<double>()},
            {"marginal_bits", std::log2(ofPass)}};
  }

  TokenModel* tokenModel() override { return this; }

  // ---- TokenModel

  int64_t rows() const override { return m_rows; }
  int64_t columns() const override { return m_columns; }
  int64_t codes() const override { return m_codebook->weight().size(0); }
  torch::Tensor codebook() const override { return m_codebook->weight().detach(); }

  torch::Tensor tokens(const torch::Tensor& x) override {
    return m_codebook->tokens(vectors(x)).view({x.size(0), m_rows, m_columns});
  }

  torch::Tensor decodeTokens(const torch::Tensor& map) override {
    const torch::Tensor raw = m_decoder->forward(m_codebook->vectors(map).view({map.size(0), latentSize()}));
    return raw.clamp(0, 1).view({map.size(0), m_shape.channels, m_shape.height, m_shape.width});
  }

  bool hasTokenPrior() const override { return m_prior != nullptr; }

  torch::Tensor priorLogits(const torch::Tensor& map, int64_t cell) override {
    if (!m_prior) throw std::logic_error("priorLogits: the model has no prior");
    return m_prior->logitsAt(map, cell);
  }

 private:
  /// z_e of all tokens of all images: [B * R * C, D]
  torch::Tensor vectors(const torch::Tensor& x) const {
    const torch::Tensor features = m_encoder->forward(x);
    return (m_z ? m_z->forward(features) : features).reshape({-1, m_size});
  }

  ImageShape m_shape;
  int64_t m_rows;
  int64_t m_columns;
  int64_t m_size; ///< D
  double m_commitment;
  bool m_trainsCodes;
  std::shared_ptr<Body> m_encoder;
  std::shared_ptr<Dense> m_z; ///< of the dense network
  std::shared_ptr<Body> m_decoder;
  std::shared_ptr<Codebook> m_codebook;
  std::shared_ptr<PixelVariance> m_pixels;
  std::shared_ptr<TokenPrior> m_prior;
};

/// "1, 2, 4, 7, 14 or 28" for images of 28x28
std::string strides(const ImageShape& shape) {
  std::vector<std::string> fitting;
  for (int64_t stride = 1; stride <= std::min(shape.height, shape.width); ++stride) {
    if (shape.height % stride == 0 && shape.width % stride == 0) fitting.push_back(std::to_string(stride));
  }
  std::string text = fitting.front();
  for (size_t i = 1; i < fitting.size(); ++i) text += (i + 1 < fitting.size() ? ", " : " or ") + fitting[i];
  return text;
}

Status check(const ModelSpec& spec) {
  if (isDense(spec)) {
    const Architecture mlp = mlpArchitecture();
    return mlp.check ? mlp.check(spec) : done();
  }
  const int64_t stride = spec.parameters.integer("stride");
  if (spec.shape.height % stride == 0 && spec.shape.width % stride == 0) return done();
  const std::string side = std::to_string(stride);
  return usageError("stride: tokens of " + side + "x" + side + " pixels do not divide images of " +
                    std::to_string(spec.shape.height) + "x" + std::to_string(spec.shape.width) + "; use " +
                    strides(spec.shape) + ".");
}

} // namespace

ModelFamily vq_vae() {
  FamilyInfo info;
  info.id = "vq-vae";
  info.name = "Vector-quantised autoencoder";
  info.shortName = "VQ-VAE";
  info.summary =
      "Writes each image as a small map of tokens out of a codebook that it learns; a prior over the tokens "
      "draws new images.";
  info.objective = "squared error / variance + commitment (+ codebook) (+ prior)";
  info.schema = vqSchema();
  info.discrete = true;
  info.squaredError = true;
  return {std::move(info),
          [](const ModelSpec& spec, const torch::Device& device) {
            return std::make_shared<VectorQuantisedAutoencoder>(spec, device);
          },
          check};
}

} // namespace latent::families
