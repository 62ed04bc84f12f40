#include "core/models/quantiser.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace latent {

namespace {

constexpr int64_t kMostDistances = int64_t{1} << 22; // 16 MB of float32
constexpr double kEpsilon = 1e-5;                    // of the smoothed counts
constexpr int64_t kRevivalInterval = 100;            // updates
constexpr double kDeadShare = 0.1;                   // of an equal share of the batch

class StraightThrough : public torch::autograd::Function<StraightThrough> {
 public:
  static torch::Tensor forward(torch::autograd::AutogradContext*, const torch::Tensor& /*z*/,
                               const torch::Tensor& quantised) {
    return quantised.clone();
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext*,
                                                 torch::autograd::variable_list gradients) {
    return {gradients[0], torch::Tensor()};
  }
};

void assign(const torch::Tensor& target, const torch::Tensor& value, const torch::Tensor& good) {
  target.copy_(good.defined() ? torch::where(good, value, target) : value);
}

} // namespace

torch::Tensor nearestCodes(const torch::Tensor& z, const torch::Tensor& codebook) {
  torch::NoGradGuard noGrad;
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const torch::Tensor norms = codebook.square().sum(1);
  const torch::Tensor transposed = codebook.t();
  const int64_t chunk = std::max<int64_t>(1, kMostDistances / codebook.size(0));
  std::vector<torch::Tensor> parts;
  for (const torch::Tensor& part : z.split(chunk)) {
    // |z|^2 is the same for all codes.
    parts.push_back(
        torch::addmm(norms, part, transposed, 1, -2).nan_to_num_(infinity, infinity, -infinity).argmin(1));
  }
  return torch::cat(parts);
}

torch::Tensor straightThrough(const torch::Tensor& z, const torch::Tensor& quantised) {
  return StraightThrough::apply(z, quantised);
}

torch::Tensor perplexity(const torch::Tensor& counts) {
  const torch::Tensor shares = counts / counts.sum();
  return torch::exp(-torch::xlogy(shares, shares).sum());
}

CodeStatistics codeStatistics(const torch::Tensor& z, const torch::Tensor& tokens, int64_t codes) {
  const torch::Tensor ones = torch::ones({z.size(0)}, z.options());
  return {torch::zeros({codes}, z.options()).index_add_(0, tokens, ones),
          torch::zeros({codes, z.size(1)}, z.options()).index_add_(0, tokens, z)};
}

CodeStatistics averaged(const CodeStatistics& old, const CodeStatistics& batch, double decay) {
  return {old.counts * decay + batch.counts * (1 - decay), old.sums * decay + batch.sums * (1 - decay)};
}

torch::Tensor codesOf(const CodeStatistics& averages) {
  const torch::Tensor& n = averages.counts;
  const torch::Tensor total = n.sum();
  const torch::Tensor smoothed = (n + kEpsilon) / (total + static_cast<double>(n.numel()) * kEpsilon) * total;
  return averages.sums / smoothed.unsqueeze(1);
}

Codebook::Codebook(const Options& options, const torch::Device& device) : m_options(options) {
  const auto floats = torch::TensorOptions().dtype(torch::kFloat32).device(device);
  const torch::Tensor weight = torch::empty({options.codes, options.size}, floats);
  m_weight =
      options.followsAverage ? register_buffer("weight", weight) : register_parameter("weight", weight);
  m_counts = register_buffer("counts", torch::empty({options.codes}, floats));
  if (options.followsAverage) m_sums = register_buffer("sums", torch::empty_like(weight));
  m_started = register_buffer("started", torch::empty({1}, floats));
  m_used = register_buffer("used", torch::empty({options.codes}, floats));
  m_usedElsewhere = torch::zeros({options.codes}, floats.dtype(torch::kFloat64));
}

torch::Tensor Codebook::tokens(const torch::Tensor& z) const {
  return nearestCodes(z, m_weight);
}

torch::Tensor Codebook::vectors(const torch::Tensor& tokens) const {
  return torch::embedding(m_weight, tokens);
}

void Codebook::start(const torch::Tensor& z, at::Generator& generator) {
  torch::NoGradGuard noGrad;
  const auto indices = torch::TensorOptions().dtype(torch::kInt64).device(z.device());
  const torch::Tensor order = torch::randperm(z.size(0), generator, indices);
  const torch::Tensor chosen = order.index_select(0, torch::arange(m_options.codes, indices) % z.size(0));
  m_weight.copy_(torch::where(m_started > 0, m_weight, z.index_select(0, chosen)));
  if (m_sums.defined()) m_sums.copy_(torch::where(m_started > 0, m_sums, m_weight));
  m_started.fill_(1);
}

void Codebook::observe(const torch::Tensor& z, const torch::Tensor& tokens, bool learns) {
  torch::NoGradGuard noGrad;
  torch::Tensor use = learns ? m_used : m_usedElsewhere;
  use.index_add_(0, tokens, torch::ones({tokens.size(0)}, use.options()));
  if (!learns) return;
  m_batch = z.detach();
  m_tokens = tokens;
}

void Codebook::update(int64_t step, at::Generator& generator, const torch::Tensor& good) {
  torch::NoGradGuard noGrad;
  if (!m_batch.defined()) return;
  const CodeStatistics batch = codeStatistics(m_batch, m_tokens, m_options.codes);
  if (m_options.followsAverage) {
    const CodeStatistics next = averaged({m_counts, m_sums}, batch, m_options.decay);
    assign(m_weight, codesOf(next), good);
    assign(m_counts, next.counts, good);
    assign(m_sums, next.sums, good);
  } else {
    assign(m_counts, m_counts * m_options.decay + batch.counts * (1 - m_options.decay), good);
  }
  if (m_options.revives && step % kRevivalInterval == 0) revive(generator, good);
  m_batch = torch::Tensor();
  m_tokens = torch::Tensor();
}

void Codebook::revive(at::Generator& generator, const torch::Tensor& good) {
  const double share = static_cast<double>(m_batch.size(0)) / static_cast<double>(m_options.codes);
  torch::Tensor dead = m_counts < kDeadShare * share;
  if (good.defined()) dead = dead.logical_and(good);

  const torch::Tensor distances = (m_batch - vectors(m_tokens)).square().sum(1);
  constexpr double least = 1e-12; // all vectors may lie on their codes
  const torch::Tensor weights = distances.nan_to_num(0, 0, 0).clamp_min(least);
  const torch::Tensor chosen = torch::multinomial(weights, m_options.codes, /*replacement=*/true, generator);
  m_weight.copy_(torch::where(dead.unsqueeze(1), m_batch.index_select(0, chosen), m_weight));
  m_counts.masked_fill_(dead, 1);
  if (m_sums.defined()) m_sums.copy_(torch::where(dead.unsqueeze(1), m_weight, m_sums));
}

torch::Tensor Codebook::takeUse(bool learning) {
  torch::NoGradGuard noGrad;
  torch::Tensor use = learning ? m_used : m_usedElsewhere;
  torch::Tensor taken = use.to(torch::kFloat64).cpu().clone();
  use.zero_();
  return taken;
}

void Codebook::initialise(at::Generator& generator) {
  torch::NoGradGuard noGrad;
  drawUniform(m_weight, 1 / static_cast<double>(m_options.codes), generator);
  m_counts.fill_(1);
  if (m_sums.defined()) m_sums.copy_(m_weight);
  m_started.zero_();
  m_used.zero_();
}

} // namespace latent
