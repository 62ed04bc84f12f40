// A model whose tensors are views of one flat tensor: a snapshot is one copy, an optimiser step one pass.
#pragma once

#include "core/base/weights.h"
#include "core/models/model.h"

#include <memory>
#include <span>

namespace latent {

/// After construction neither .to() nor zero_grad() of the module may be called: both detach the views.
/// Not thread-safe.
class FlatModel {
 public:
  /// Builds on the device, weights undefined. Without gradients (for viewing and evaluation) no parameter
  /// requires one.
  enum class Gradients { none, flat };
  FlatModel(const ModelSpec& spec, const torch::Device& device, Gradients gradients);

  Model& model() const { return *m_model; }
  const std::shared_ptr<const WeightLayout>& layout() const { return m_layout; }
  torch::Device device() const { return m_values.device(); }

  const torch::Tensor& values() const { return m_values; } ///< [P + F]: parameters, then float buffers
  const torch::Tensor& parameters() const { return m_parameters; } ///< [P], the front of values()
  const torch::Tensor& gradients() const { return m_gradients; }   ///< [P]; undefined with Gradients::none

  int64_t size() const { return m_values.numel(); }
  /// `values` holds size() floats on the CPU; anything else is a broken contract.
  void write(std::span<const float> values);
  void read(std::span<float> values) const;

 private:
  std::shared_ptr<Model> m_model;
  std::shared_ptr<const WeightLayout> m_layout;
  torch::Tensor m_values;
  torch::Tensor m_parameters;
  torch::Tensor m_gradients;
};

/// Names, shapes and offsets of a module's parameters in the order of registration, then of its float
/// buffers.
WeightLayout layoutOf(const Model& model);

} // namespace latent
