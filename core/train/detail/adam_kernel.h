// Adam (Kingma & Ba 2014, algorithm 1) as one pass over flat arrays. No torch: the file is compiled with
// flags of its own.
#pragma once

#include <cstdint>

namespace latent {

/// What one update needs besides the arrays; step is 1 at the first update.
struct AdamUpdate {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double stepSize = 0;       ///< rate / (1 - beta1^step)
  double rootCorrection = 0; ///< sqrt(1 - beta2^step)

  AdamUpdate(double learningRate, int64_t step);
};

/// m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;  p <- p - stepSize m / (sqrt(v) / rootCorrection +
/// epsilon); g <- 0, so that the next backward pass adds to nothing. All arrays hold `count` elements and do
/// not overlap.
void adamStep(float* p, float* g, float* m, float* v, int64_t count, const AdamUpdate& update);
void adamStep(double* p, double* g, double* m, double* v, int64_t count, const AdamUpdate& update);

/// No element is NaN or infinite.
bool allFinite(const float* values, int64_t count);

} // namespace latent
