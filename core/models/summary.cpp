#include "core/models/summary.h"

#include "core/models/model.h"
#include "core/models/sequence.h"

namespace latent {

namespace {

/// Parameters and float buffers, what a weight layout counts.
int64_t countIn(const torch::nn::Module& module) {
  int64_t count = 0;
  for (const torch::Tensor& tensor : module.parameters()) count += tensor.numel();
  for (const torch::Tensor& tensor : module.buffers())
    count += tensor.is_floating_point() ? tensor.numel() : 0;
  return count;
}

std::string joinedName(const std::string& parent, const std::string& name) {
  return parent.empty() ? name : parent + "." + name;
}

/// What a layer is that stands on its own; "" for a module of several layers or of tensors.
std::string kindOf(const torch::nn::Module& module) {
  if (const auto* conv = dynamic_cast<const Conv2d*>(&module)) return conv->kind();
  if (const auto* conv = dynamic_cast<const ConvTranspose2d*>(&module)) return conv->kind();
  if (dynamic_cast<const ResidualBlock*>(&module)) return "Residual block";
  if (dynamic_cast<const GroupNorm*>(&module)) return "Group norm";
  return "";
}

void addRows(const torch::nn::Module& module, const std::string& name, std::vector<SummaryRow>& rows) {
  if (dynamic_cast<const Dense*>(&module)) {
    const int64_t outputs = module.named_parameters()["bias"].numel();
    rows.push_back({name, "Linear", {outputs}, countIn(module)});
    return;
  }
  if (const std::string kind = kindOf(module); !kind.empty()) {
    rows.push_back({name, kind, {}, countIn(module)});
    return;
  }
  if (const auto* sequence = dynamic_cast<const Sequence*>(&module)) {
    for (const auto& child : sequence->named_children()) {
      const Sequence::Step& step = sequence->steps().at(std::stoul(child.key()));
      rows.push_back({joinedName(name, child.key()), step.kind, step.shape, countIn(*child.value())});
    }
    return;
  }
  const auto addTensor = [&](const std::string& key, const torch::Tensor& tensor) {
    rows.push_back({joinedName(name, key), "Weights", tensor.sizes().vec(), tensor.numel()});
  };
  for (const auto& item : module.named_parameters(/*recurse=*/false)) addTensor(item.key(), item.value());
  for (const auto& item : module.named_buffers(/*recurse=*/false)) {
    if (item.value().is_floating_point()) addTensor(item.key(), item.value());
  }
  for (const auto& child : module.named_children())
    addRows(*child.value(), joinedName(name, child.key()), rows);
}

} // namespace

ModelSummary modelSummary(const ModelSpec& spec) {
  ModelSummary summary;
  const std::shared_ptr<Model> model = buildModel(spec, torch::Device(torch::kMeta));
  addRows(*model, "", summary.rows);
  for (const SummaryRow& row : summary.rows) summary.weights += row.weights;
  return summary;
}

std::string sizesText(const std::vector<int64_t>& sizes) {
  std::string text;
  for (const int64_t size : sizes) {
    if (!text.empty()) text += 'x';
    text += std::to_string(size);
  }
  return text;
}

} // namespace latent
