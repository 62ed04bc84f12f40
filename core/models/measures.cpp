#include "core/models/measures.h"

#include "core/base/random.h"
#include "core/models/torch_compat.h"

#include <algorithm>

namespace latent {

std::optional<Measures> measureModel(Model& model, PixelMode pixels, ImageSource& images, uint64_t seed,
                                     const torch::Device& device, int64_t step,
                                     const std::function<bool(double)>& goOn) {
  constexpr int64_t batch = 500;
  torch::NoGradGuard noGrad;
  at::Generator binarisation = compat::makeGenerator(device, deriveSeed(seed, "evaluation binarisation"));
  const int64_t size = images.size();
  ObjectiveContext context{compat::makeGenerator(device, deriveSeed(seed, "evaluation")), step, size};
  std::vector<torch::Tensor> sums; // read back once at the end
  model.eval();
  model.takePassMeasures(); // of a pass that was cancelled
  for (int64_t first = 0; first < size; first += batch) {
    if (!goOn(static_cast<double>(first) / static_cast<double>(size))) break;
    const int64_t count = std::min(batch, size - first);
    const torch::Tensor x = pixelsFromBytes(images.range(first, count), pixels, binarisation);
    sums.push_back(torch::stack(model.objective(x, context)).to(torch::kFloat64).mul_(count));
  }
  Measures measures = model.takePassMeasures();
  model.train();
  if (static_cast<int64_t>(sums.size()) * batch < size || sums.empty()) return std::nullopt;

  const torch::Tensor means = (torch::stack(sums).sum(0) / size).cpu();
  const double* first = means.data_ptr<double>();
  measures.merge(namedMeasures(model.terms(), std::vector<double>(first, first + means.numel())));
  return measures;
}

} // namespace latent
