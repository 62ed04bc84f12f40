#include "core/models/interchange/match_weights.h"

#include "core/models/families.h"

#include <map>

namespace latent {
namespace {

constexpr size_t maximumNamed = 10;

std::string shapeText(const std::vector<int64_t>& shape) {
  std::string text = "[";
  for (size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

/// Collects what does not fit and says it in one sentence.
class Differences {
 public:
  void begin(std::string what) { m_what = std::move(what); }
  void add(const std::string& tensor) {
    if (m_count++ >= maximumNamed) return;
    m_text += (m_what.empty() ? ", " : (m_text.empty() ? "" : "; ") + m_what + " ") + tensor;
    m_what.clear();
  }
  Status status() const {
    if (m_count == 0) return done();
    const size_t more = m_count > maximumNamed ? m_count - maximumNamed : 0;
    return inputError("The weights do not fit the model: " + m_text +
                      (more > 0 ? "; and " + std::to_string(more) + " more" : "") +
                      ". Use the family and the parameters that they were trained with.");
  }

 private:
  std::string m_what, m_text;
  size_t m_count = 0;
};

} // namespace

Status checkTensors(const WeightLayout& wanted, const std::vector<OfferedTensor>& offered) {
  std::map<std::string, const OfferedTensor*> byName;
  Differences differences;
  differences.begin("twice there is");
  for (const OfferedTensor& tensor : offered)
    if (!byName.emplace(tensor.name, &tensor).second) differences.add(tensor.name);

  differences.begin("missing is");
  for (const WeightEntry& entry : wanted)
    if (!byName.contains(entry.name)) differences.add(entry.name + " " + shapeText(entry.shape));

  differences.begin("of another shape is");
  for (const WeightEntry& entry : wanted) {
    const auto found = byName.find(entry.name);
    if (found != byName.end() && found->second->shape != entry.shape)
      differences.add(entry.name + " " + shapeText(found->second->shape) + " where " +
                      shapeText(entry.shape) + " is needed");
  }

  differences.begin("no floats are in");
  for (const WeightEntry& entry : wanted) {
    const auto found = byName.find(entry.name);
    if (found != byName.end() && !found->second->floating)
      differences.add(entry.name + " (" + found->second->type + ")");
  }

  for (const WeightEntry& entry : wanted) byName.erase(entry.name);
  differences.begin("left over is");
  for (const OfferedTensor& tensor : offered) // in the order of the file
    if (byName.contains(tensor.name)) differences.add(tensor.name + " " + shapeText(tensor.shape));
  return differences.status();
}

Result<std::shared_ptr<const Weights>> matchWeights(const ModelSpec& spec, const Weights& weights) {
  if (!weights.layout) return inputError("The weights do not fit the model: they name no tensors.");
  const std::shared_ptr<const WeightLayout> layout = weightLayout(spec);
  std::vector<OfferedTensor> offered;
  std::map<std::string, int64_t> offsets;
  for (const WeightEntry& entry : *weights.layout) {
    offered.push_back({entry.name, entry.shape});
    offsets[entry.name] = entry.offset;
  }
  if (const Status status = checkTensors(*layout, offered); !status) return status.error();

  auto matched = std::make_shared<Weights>();
  matched->step = weights.step;
  matched->epoch = weights.epoch;
  matched->layout = layout;
  for (const WeightEntry& wanted : *layout) {
    const int64_t offset = offsets.at(wanted.name), count = wanted.count();
    if (offset < 0 || offset > static_cast<int64_t>(weights.values.size()) - count)
      return inputError("The weights are damaged: " + wanted.name + " lies outside of the values.");
    const auto first = weights.values.begin() + offset;
    matched->values.insert(matched->values.end(), first, first + count);
  }
  return std::shared_ptr<const Weights>(std::move(matched));
}

} // namespace latent
