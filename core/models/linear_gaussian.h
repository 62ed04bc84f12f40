// What PCA and probabilistic PCA share: principal directions of the training images, found in closed form.
#pragma once

#include "core/models/model.h"

namespace latent {

/// Eigenvectors and eigenvalues of the covariance (1/N) of all images that were added, in float64.
class Covariance {
 public:
  void add(const torch::Tensor& x); ///< [B, D]
  int64_t images() const { return m_images; }

  struct Spectrum {
    torch::Tensor mean;    ///< [D]
    torch::Tensor values;  ///< [D], largest first, none negative
    torch::Tensor vectors; ///< [D, D], columns in the same order; the largest element of each is positive
  };
  Spectrum spectrum() const;

 private:
  int64_t m_images = 0;
  torch::Tensor m_sum;      ///< [D]
  torch::Tensor m_products; ///< [D, D], sum of x x'
};

/// x = W z + b: decoder.weight [D, K] and decoder.bias [D], both written by solve().
class LinearGaussian : public Model, public ClosedForm {
 public:
  LinearGaussian(const ModelSpec& spec, const torch::Device& device);

  int64_t latentSize() const override { return m_latent; }
  torch::Tensor decode(const torch::Tensor& z) override; ///< limited to [0, 1]

  ClosedForm* closedForm() override { return this; }
  void begin() override { m_covariance = {}; }
  void add(const torch::Tensor& x) override { m_covariance.add(x.flatten(1)); }
  void solve() override;

 protected:
  /// Writes the weights; gradients are off.
  virtual void write(const Covariance::Spectrum& spectrum) = 0;
  torch::Tensor centred(const torch::Tensor& x) const; ///< [B, ...] -> x - b, [B, D]

  int64_t m_latent;
  ImageShape m_shape;
  torch::Tensor m_weight;
  torch::Tensor m_bias;

 private:
  Covariance m_covariance;
};

/// latent, pixels
ParameterSchema linearSchema();

/// Images of more than 4096 values have a covariance that takes minutes to solve; K must be below D.
Status checkLinear(const ModelSpec& spec);

} // namespace latent
