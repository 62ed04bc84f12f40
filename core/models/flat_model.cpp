#include "core/models/flat_model.h"

#include <stdexcept>

namespace latent {

WeightLayout layoutOf(const Model& model) {
  WeightLayout layout;
  int64_t offset = 0;
  const auto append = [&](const std::string& name, const torch::Tensor& tensor) {
    layout.push_back({name, tensor.sizes().vec(), offset});
    offset += tensor.numel();
  };
  for (const auto& item : model.named_parameters()) append(item.key(), item.value());
  for (const auto& item : model.named_buffers()) {
    if (item.value().is_floating_point()) append(item.key(), item.value());
  }
  return layout;
}

FlatModel::FlatModel(const ModelSpec& spec, const torch::Device& device, Gradients gradients)
    : m_model(buildModel(spec, device)), m_layout(std::make_shared<const WeightLayout>(layoutOf(*m_model))) {
  torch::NoGradGuard noGrad;
  int64_t total = 0;
  for (const WeightEntry& entry : *m_layout) total += entry.count();
  int64_t trained = 0;
  for (const torch::Tensor& parameter : m_model->parameters()) trained += parameter.numel();

  const auto options = torch::TensorOptions().dtype(torch::kFloat32).device(device);
  m_values = torch::empty({total}, options);
  m_parameters = m_values.narrow(0, 0, trained);
  if (gradients == Gradients::flat) m_gradients = torch::zeros({trained}, options);

  auto entry = m_layout->begin();
  for (torch::Tensor& parameter : m_model->parameters()) {
    parameter.set_data(m_values.narrow(0, entry->offset, entry->count()).view(entry->shape));
    if (gradients == Gradients::flat) {
      parameter.mutable_grad() = m_gradients.narrow(0, entry->offset, entry->count()).view(entry->shape);
    } else {
      parameter.requires_grad_(false);
    }
    ++entry;
  }
  for (torch::Tensor& buffer : m_model->buffers()) {
    if (!buffer.is_floating_point()) continue;
    buffer.set_data(m_values.narrow(0, entry->offset, entry->count()).view(entry->shape));
    ++entry;
  }
}

void FlatModel::write(std::span<const float> values) {
  if (static_cast<int64_t>(values.size()) != size())
    throw std::logic_error("FlatModel::write: wrong number of values");
  torch::NoGradGuard noGrad;
  // from_blob wants a pointer to mutable data; it is only read.
  m_values.copy_(torch::from_blob(const_cast<float*>(values.data()), {size()}, torch::kFloat32));
}

void FlatModel::read(std::span<float> values) const {
  if (static_cast<int64_t>(values.size()) != size())
    throw std::logic_error("FlatModel::read: wrong number of values");
  torch::from_blob(values.data(), {size()}, torch::kFloat32).copy_(m_values);
}

} // namespace latent
