// Vector quantisation (van den Oord, Vinyals & Kavukcuoglu 2017): a vector is replaced by the nearest of K
// codes. The functions work in any float type.
#pragma once

#include "core/models/layers.h"

#include <torch/torch.h>

#include <cstdint>

namespace latent {

/// Index of the code nearest to each vector: argmin_k |z|^2 - 2 z e_k + |e_k|^2, of equally near codes the
/// first. A distance that is no number counts as infinite, so a damaged code is never chosen while there is
/// a sound one, and a vector that is no number gets code 0. Holds at most four million distances at a time.
/// z: [N, D], codebook: [K, D] -> int64 [N]
torch::Tensor nearestCodes(const torch::Tensor& z, const torch::Tensor& codebook);

/// The value of `quantised` with the gradient handed on to z as it is (section 3.2 of the paper); `quantised`
/// gets none. Both [N, D].
torch::Tensor straightThrough(const torch::Tensor& z, const torch::Tensor& quantised);

/// exp(-sum_k p_k log p_k) of the shares p of counts [K]: 1 if one code is used, K if all are equally; 0-dim.
torch::Tensor perplexity(const torch::Tensor& counts);

/// How often each code is used and the sum of what it stands for: of a batch, or as running averages.
struct CodeStatistics {
  torch::Tensor counts; ///< [K]
  torch::Tensor sums;   ///< [K, D]
};
CodeStatistics codeStatistics(const torch::Tensor& z, const torch::Tensor& tokens, int64_t codes);

/// decay * old + (1 - decay) * batch, eq. 6 and 7 of the paper's appendix A.1.
CodeStatistics averaged(const CodeStatistics& old, const CodeStatistics& batch, double decay);

/// Eq. 8 with counts smoothed as in sonnet: e_k = m_k / n~_k, n~_k = (n_k + eps) / (n + K eps) n, n = sum
/// n_k.
torch::Tensor codesOf(const CodeStatistics& averages);

/// The K codes and what is known of their use.
class Codebook : public Layer {
 public:
  struct Options {
    int64_t codes = 0;          ///< K
    int64_t size = 0;           ///< D
    bool followsAverage = true; ///< codes are running averages of their vectors; else a trained parameter
    double decay = 0.99;        ///< of the running averages
    bool revives = true;        ///< codes that are hardly used are placed anew
  };
  Codebook(const Options& options, const torch::Device& device);

  const torch::Tensor& weight() const { return m_weight; }  ///< [K, D]
  torch::Tensor tokens(const torch::Tensor& z) const;       ///< [N, D] -> int64 [N]
  torch::Tensor vectors(const torch::Tensor& tokens) const; ///< int64 [...] -> [..., D]

  /// Moves all codes to random vectors of the batch z [N, D], unless an earlier batch has placed them.
  void start(const torch::Tensor& z, at::Generator& generator);

  /// Counts the use of codes by a batch; with `learns` it is also what update() follows.
  void observe(const torch::Tensor& z, const torch::Tensor& tokens, bool learns);

  /// After update `step` (1 is the first): averages, and every 100 updates the revival. A code whose running
  /// count is under a tenth of its equal share of the batch moves to a vector of the batch, drawn by squared
  /// distance to its code as k-means++ draws its seeds, so that codes go where they are missing. Changes
  /// nothing where `good` is defined and false.
  void update(int64_t step, at::Generator& generator, const torch::Tensor& good);

  /// Use of each code since the last call, [K] on the CPU in float64, of learning batches or of the others.
  torch::Tensor takeUse(bool learning);

  /// U(-1/K, 1/K); a count of 1 each and sums that agree with it.
  void initialise(at::Generator& generator) override;

 private:
  void revive(at::Generator& generator, const torch::Tensor& good);

  Options m_options;
  torch::Tensor m_weight;
  torch::Tensor m_counts;  ///< [K], running
  torch::Tensor m_sums;    ///< [K, D], running; only of codes that follow averages
  torch::Tensor m_started; ///< [1]: 1 once a batch has placed the codes
  torch::Tensor m_used;    ///< [K], by learning batches of this pass
  torch::Tensor m_usedElsewhere;
  torch::Tensor m_batch;  ///< [N, D], what update() follows
  torch::Tensor m_tokens; ///< [N]
};

} // namespace latent
