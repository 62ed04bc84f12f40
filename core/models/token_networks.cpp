#include "core/models/token_networks.h"

#include "core/models/conv_layers.h"

#include <string>
#include <vector>

namespace latent {

namespace {

/// 12 -> 2, 2, 3; 1 -> nothing
std::vector<int64_t> primeFactors(int64_t n) {
  std::vector<int64_t> factors;
  for (int64_t divisor = 2; n > 1; ++divisor) {
    for (; n % divisor == 0; n /= divisor) factors.push_back(divisor);
  }
  return factors;
}

/// With a kernel of f + 2 p a convolution of stride f and its transpose change sizes by exactly f.
int64_t paddingOf(int64_t factor) {
  return (factor + 1) / 2;
}
int64_t kernelOf(int64_t factor) {
  return factor + 2 * paddingOf(factor);
}

class MapBody : public Body {
 protected:
  explicit MapBody(const MapNetwork& network) : m_network(network) {}

  std::shared_ptr<Conv2d> conv(const std::string& name, int64_t in, int64_t out, int64_t kernel,
                               const torch::Device& device) {
    return register_module(name, std::make_shared<Conv2d>(in, out, kernel, 1, kernel / 2, device));
  }
  void makeBlocks(const torch::Device& device) {
    const ResidualBlock::Shape shape{.inner = 0, .groups = 0, .lastKernel = 1};
    for (int64_t i = 0; i < m_network.blocks; ++i) {
      m_blocks.push_back(register_module(
          "block" + std::to_string(i),
          std::make_shared<ResidualBlock>(m_network.channels, shape, m_network.activation, device)));
    }
  }
  torch::Tensor throughBlocks(torch::Tensor x) const {
    for (const auto& block : m_blocks) x = block->forward(x);
    return activated(x);
  }
  torch::Tensor activated(const torch::Tensor& x) const { return activate(m_network.activation, x); }

  MapNetwork m_network;

 private:
  std::vector<std::shared_ptr<ResidualBlock>> m_blocks;
};

class MapEncoder : public MapBody {
 public:
  MapEncoder(const MapNetwork& network, const torch::Device& device) : MapBody(network) {
    int64_t in = network.shape.channels;
    for (const int64_t factor : primeFactors(network.stride)) {
      m_down.push_back(register_module("down" + std::to_string(m_down.size()),
                                       std::make_shared<Conv2d>(in, network.channels, kernelOf(factor),
                                                                factor, paddingOf(factor), device)));
      in = network.channels;
    }
    m_first = conv("first", in, network.channels, 3, device);
    makeBlocks(device);
    m_z = conv("z", network.channels, network.size, 1, device);
  }

  torch::Tensor forward(const torch::Tensor& images) const override {
    torch::Tensor x = images;
    for (const auto& layer : m_down) x = activated(layer->forward(x));
    return m_z->forward(throughBlocks(m_first->forward(x))).permute({0, 2, 3, 1}).flatten(1);
  }

 private:
  std::vector<std::shared_ptr<Conv2d>> m_down;
  std::shared_ptr<Conv2d> m_first;
  std::shared_ptr<Conv2d> m_z;
};

class MapDecoder : public MapBody {
 public:
  MapDecoder(const MapNetwork& network, const torch::Device& device) : MapBody(network) {
    m_first = conv("first", network.size, network.channels, 3, device);
    makeBlocks(device);
    const std::vector<int64_t> factors = primeFactors(network.stride);
    for (size_t i = 0; i < factors.size(); ++i) {
      const int64_t factor = factors[factors.size() - 1 - i];
      const int64_t out = i + 1 < factors.size() ? network.channels : network.shape.channels;
      m_up.push_back(register_module(
          "up" + std::to_string(i), std::make_shared<ConvTranspose2d>(network.channels, out, kernelOf(factor),
                                                                      factor, paddingOf(factor), device)));
    }
    if (factors.empty()) m_last = conv("last", network.channels, network.shape.channels, 3, device);
  }

  torch::Tensor forward(const torch::Tensor& z) const override {
    const int64_t rows = m_network.shape.height / m_network.stride;
    const int64_t columns = m_network.shape.width / m_network.stride;
    torch::Tensor x = z.view({z.size(0), rows, columns, m_network.size}).permute({0, 3, 1, 2});
    x = throughBlocks(m_first->forward(x));
    for (size_t i = 0; i < m_up.size(); ++i) {
      x = m_up[i]->forward(x);
      if (i + 1 < m_up.size()) x = activated(x);
    }
    return (m_last ? m_last->forward(x) : x).flatten(1);
  }

 private:
  std::shared_ptr<Conv2d> m_first;
  std::vector<std::shared_ptr<ConvTranspose2d>> m_up;
  std::shared_ptr<Conv2d> m_last; ///< where nothing is enlarged
};

} // namespace

std::shared_ptr<Body> mapEncoder(const MapNetwork& network, const torch::Device& device) {
  return std::make_shared<MapEncoder>(network, device);
}

std::shared_ptr<Body> mapDecoder(const MapNetwork& network, const torch::Device& device) {
  return std::make_shared<MapDecoder>(network, device);
}

} // namespace latent
