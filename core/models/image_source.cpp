#include "core/models/image_source.h"

#include <numeric>

namespace latent {

namespace {

std::vector<int64_t> batchSizes(const Split& split, int64_t count) {
  const ImageShape shape = split.shape();
  return {count, shape.channels, shape.height, shape.width};
}

} // namespace

ImageSource::ImageSource(std::shared_ptr<const Split> split, const torch::Device& device)
    : m_split(std::move(split)), m_device(device) {
  const std::span<const uint8_t> resident = m_split->resident();
  if (resident.empty()) return;
  // from_blob wants a pointer to mutable data; it is only read.
  m_resident = torch::from_blob(const_cast<uint8_t*>(resident.data()), batchSizes(*m_split, m_split->size()),
                                torch::kUInt8)
                   .to(device);
}

torch::Tensor ImageSource::gather(const torch::Tensor& indices) {
  if (m_resident.defined()) return m_resident.index_select(0, indices.to(m_device));
  const int64_t* first = indices.data_ptr<int64_t>();
  return read(std::vector<int64_t>(first, first + indices.numel()));
}

torch::Tensor ImageSource::range(int64_t first, int64_t count) {
  if (m_resident.defined()) return m_resident.narrow(0, first, count);
  std::vector<int64_t> indices(static_cast<size_t>(count));
  std::iota(indices.begin(), indices.end(), first);
  return read(indices);
}

torch::Tensor ImageSource::read(const std::vector<int64_t>& indices) {
  const auto count = static_cast<int64_t>(indices.size());
  m_buffer.resize(static_cast<size_t>(count * m_split->shape().pixels()));
  m_split->read(indices, m_buffer.data());
  return torch::from_blob(m_buffer.data(), batchSizes(*m_split, count), torch::kUInt8).to(m_device);
}

} // namespace latent
