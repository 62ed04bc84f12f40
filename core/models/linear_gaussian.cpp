#include "core/models/linear_gaussian.h"

#include "core/models/layers.h"
#include "core/models/schema.h"

namespace latent {

namespace {

constexpr int64_t kLargestImage = 4096;

/// W and b under PyTorch's names; before they are solved for, W is zero and b is mid-grey.
class Line : public Layer {
 public:
  Line(int64_t pixels, int64_t latents, const torch::Device& device) {
    const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
    weight = register_parameter("weight", torch::empty({pixels, latents}, options));
    bias = register_parameter("bias", torch::empty({pixels}, options));
  }
  void initialise(at::Generator&) override {
    torch::NoGradGuard noGrad;
    weight.zero_();
    bias.fill_(0.5);
  }

  torch::Tensor weight;
  torch::Tensor bias;
};

} // namespace

void Covariance::add(const torch::Tensor& x) {
  torch::NoGradGuard noGrad;
  const torch::Tensor images = x.to(torch::kFloat64);
  if (m_images == 0) {
    m_sum = torch::zeros({images.size(1)}, images.options());
    m_products = torch::zeros({images.size(1), images.size(1)}, images.options());
  }
  m_sum.add_(images.sum(0));
  m_products.addmm_(images.t(), images);
  m_images += images.size(0);
}

Covariance::Spectrum Covariance::spectrum() const {
  torch::NoGradGuard noGrad;
  const auto n = static_cast<double>(m_images);
  const torch::Tensor mean = m_sum / n;
  const torch::Tensor covariance = m_products / n - torch::outer(mean, mean);
  const auto [rising, columns] = at::linalg_eigh(covariance, "L");
  torch::Tensor vectors = columns.flip(1);
  // An eigenvector's sign is free; equal data shall give equal pictures.
  const torch::Tensor largest = vectors.gather(0, vectors.abs().argmax(0, /*keepdim=*/true));
  return {mean, rising.flip(0).clamp_min(0), vectors * torch::where(largest < 0, -1.0, 1.0)};
}

LinearGaussian::LinearGaussian(const ModelSpec& spec, const torch::Device& device)
    : m_latent(spec.parameters.integer("latent")), m_shape(spec.shape) {
  const auto line = register_module("decoder", std::make_shared<Line>(m_shape.pixels(), m_latent, device));
  m_weight = line->weight;
  m_bias = line->bias;
}

torch::Tensor LinearGaussian::decode(const torch::Tensor& z) {
  return torch::addmm(m_bias, z, m_weight.t())
      .clamp(0, 1)
      .view({z.size(0), m_shape.channels, m_shape.height, m_shape.width});
}

void LinearGaussian::solve() {
  torch::NoGradGuard noGrad;
  write(m_covariance.spectrum());
  m_covariance = {};
}

torch::Tensor LinearGaussian::centred(const torch::Tensor& x) const {
  return x.flatten(1) - m_bias;
}

ParameterSchema linearSchema() {
  return joined(
      {latentSchema("Principal directions that are kept: those along which the images differ most."),
       pixelSchema()});
}

Status checkLinear(const ModelSpec& spec) {
  const int64_t pixels = spec.shape.pixels();
  const int64_t latents = spec.parameters.integer("latent");
  if (pixels > kLargestImage) {
    return usageError("PCA takes images of at most " + std::to_string(kLargestImage) +
                      " values (channels x height x width), these have " + std::to_string(pixels) +
                      "; use smaller images.");
  }
  if (latents >= pixels) {
    return usageError("latent: " + std::to_string(latents) + " directions are too many for images of " +
                      std::to_string(pixels) + " values; use fewer than that.");
  }
  return done();
}

} // namespace latent
