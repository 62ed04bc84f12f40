#include "core/models/token_prior.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace latent {

namespace {

/// tanh(a) sigmoid(b) of the two halves of the channels: eq. 2 of the paper.
torch::Tensor gated(const torch::Tensor& x) {
  const auto halves = x.chunk(2, 1);
  return torch::tanh(halves[0]) * torch::sigmoid(halves[1]);
}

} // namespace

/// A vector for each code, as torch.nn.Embedding.
class TokenPrior::Table : public Layer {
 public:
  Table(int64_t codes, int64_t width, const torch::Device& device) {
    m_weight = register_parameter(
        "weight", torch::empty({codes, width}, torch::TensorOptions().dtype(torch::kFloat32).device(device)));
  }

  /// int64 [B, R, C] -> [B, width, R, C]
  torch::Tensor forward(const torch::Tensor& tokens) const {
    return torch::embedding(m_weight, tokens).permute({0, 3, 1, 2});
  }

  void initialise(at::Generator& generator) override { drawUniform(m_weight, 1, generator); }

 private:
  torch::Tensor m_weight;
};

/// One layer of both stacks (figure 2 of the paper) with kernels that reach one row up and one column to
/// each side. The first one sees only what comes before a token, later ones also what the one below made at
/// the same place. A map of one row has no vertical stack.
class TokenPrior::GatedLayer : public torch::nn::Module {
 public:
  GatedLayer(int64_t width, bool first, bool oneRow, const torch::Device& device) : m_first(first) {
    const auto conv = [&](const char* name, int64_t in, int64_t out, Kernel kernel) {
      return register_module(name, std::make_shared<Conv2d>(in, out, kernel, 1, 0, device));
    };
    if (!oneRow) m_vertical = conv("vertical", width, 2 * width, {2, 3});
    m_horizontal = conv("horizontal", width, 2 * width, {1, 2});
    if (!oneRow) m_link = conv("link", 2 * width, 2 * width, 1);
    m_out = conv("out", width, width, 1);
  }

  /// Both [B, width, R, C], replaced by what the layer makes of them.
  void forward(torch::Tensor& above, torch::Tensor& left) const {
    const int64_t shift = m_first ? 1 : 0;
    torch::Tensor seen = m_horizontal->forward(torch::constant_pad_nd(left, {1 + shift, -shift, 0, 0}));
    if (m_vertical) {
      const torch::Tensor fromAbove =
          m_vertical->forward(torch::constant_pad_nd(above, {1, 1, 1 + shift, -shift}));
      seen = seen + m_link->forward(fromAbove);
      above = gated(fromAbove);
    }
    const torch::Tensor out = m_out->forward(gated(seen));
    left = m_first ? out : left + out; // the token itself must not slip past the first layer
  }

 private:
  bool m_first;
  std::shared_ptr<Conv2d> m_vertical;
  std::shared_ptr<Conv2d> m_horizontal;
  std::shared_ptr<Conv2d> m_link;
  std::shared_ptr<Conv2d> m_out;
};

TokenPrior::TokenPrior(const Shape& shape, const torch::Device& device) : m_shape(shape) {
  m_embedding = register_module("embedding", std::make_shared<Table>(shape.codes, shape.width, device));
  for (int64_t i = 0; i < shape.layers; ++i) {
    m_layers.push_back(
        register_module("layer" + std::to_string(i),
                        std::make_shared<GatedLayer>(shape.width, i == 0, shape.rows == 1, device)));
  }
  m_hidden = register_module("hidden", std::make_shared<Conv2d>(shape.width, shape.width, 1, 1, 0, device));
  m_logits = register_module("logits", std::make_shared<Conv2d>(shape.width, shape.codes, 1, 1, 0, device));
}

torch::Tensor TokenPrior::logits(const torch::Tensor& tokens) const {
  torch::Tensor above = m_embedding->forward(tokens);
  torch::Tensor left = above;
  for (const auto& layer : m_layers) layer->forward(above, left);
  return m_logits->forward(torch::relu(m_hidden->forward(torch::relu(left))));
}

torch::Tensor TokenPrior::logitsAt(const torch::Tensor& tokens, int64_t cell) const {
  const int64_t row = cell / m_shape.columns, column = cell % m_shape.columns;
  const int64_t reach = m_shape.layers + 1; // rows above that a token depends on
  const int64_t first = std::max<int64_t>(0, row - reach);
  return logits(tokens.narrow(1, first, row - first + 1)).select(2, row - first).select(2, column);
}

torch::Tensor TokenPrior::crossEntropy(const torch::Tensor& tokens) const {
  return torch::nll_loss_nd(torch::log_softmax(logits(tokens), 1), tokens);
}

} // namespace latent
