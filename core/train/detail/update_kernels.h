// Optimiser updates, each one pass over flat arrays. Formulas are those of torch.optim's documentation. No
// torch: the file is compiled with flags of its own.
#pragma once

#include <cstdint>

namespace latent {

/// How weights are drawn towards 0. `added`: decay p joins the gradient (L2). `shrinking`: p <- (1 - rate
/// decay) p before the update, apart from the gradient (Loshchilov & Hutter 2019).
enum class Decay { none, added, shrinking };

// All arrays hold `count` elements and do not overlap. Every update leaves g <- 0, so that the next backward
// pass adds to nothing.

/// Adam (Kingma & Ba 2014, algorithm 1); with Decay::shrinking it is AdamW.
struct AdamUpdate {
  double beta1 = 0.9;
  double beta2 = 0.999;
  double epsilon = 1e-8;
  double stepSize = 0;       ///< rate / (1 - beta1^step)
  double rootCorrection = 0; ///< sqrt(1 - beta2^step)
  Decay kind = Decay::none;
  double decay = 0;
  double shrink = 1; ///< 1 - rate * decay, of Decay::shrinking

  /// step is 1 at the first update; Decay::none where decay is 0.
  AdamUpdate(double learningRate, int64_t step, Decay kind = Decay::none, double decay = 0);
};

/// m <- b1 m + (1 - b1) g;  v <- b2 v + (1 - b2) g^2;  p <- p - stepSize m / (sqrt(v) / rootCorrection +
/// epsilon)
void adamStep(float* p, float* g, float* m, float* v, int64_t count, const AdamUpdate& update);
void adamStep(double* p, double* g, double* m, double* v, int64_t count, const AdamUpdate& update);

/// Adagrad (Duchi et al. 2011), decay added.
struct AdagradUpdate {
  double learningRate = 0;
  double decay = 0;
  double epsilon = 1e-10;
};

/// s <- s + g^2;  p <- p - rate g / (sqrt(s) + epsilon)
void adagradStep(float* p, float* g, float* s, int64_t count, const AdagradUpdate& update);
void adagradStep(double* p, double* g, double* s, int64_t count, const AdagradUpdate& update);

/// Stochastic gradient descent, decay added.
struct SgdUpdate {
  double learningRate = 0;
  double momentum = 0;
  double decay = 0;
};

/// b <- momentum b + g;  p <- p - rate b.  b may be null where momentum is 0.
void sgdStep(float* p, float* g, float* b, int64_t count, const SgdUpdate& update);
void sgdStep(double* p, double* g, double* b, int64_t count, const SgdUpdate& update);

/// average <- average + (1 - decay) (p - average)
void averageStep(float* average, const float* p, int64_t count, double decay);
void averageStep(double* average, const double* p, int64_t count, double decay);

/// torch.nn.utils.clip_grad_norm_: where the norm of g exceeds `limit`, g <- g limit / (norm + 1e-6). Returns
/// the norm before.
double clipNorm(float* g, int64_t count, double limit);
double clipNorm(double* g, int64_t count, double limit);

/// No element is NaN or infinite.
bool allFinite(const float* values, int64_t count);

} // namespace latent
