#include "core/train/detail/update_kernels.h"

#include <cmath>

// One build for several generations of processors; the loader picks. Sanitizers are not ready when it does.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) &&                 \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define LATENT_CLONES __attribute__((target_clones("arch=skylake-avx512", "arch=haswell", "default")))
#else
#define LATENT_CLONES
#endif

namespace latent {

namespace {

/// Sums side by side keep their order fixed and fill the registers.
constexpr int64_t kLanes = 16;

template<Decay kind, class T>
[[gnu::always_inline]] inline void adam(T* __restrict p, T* __restrict g, T* __restrict m, T* __restrict v,
                                        int64_t count, const AdamUpdate& update) {
  const T beta1 = static_cast<T>(update.beta1);
  const T beta2 = static_cast<T>(update.beta2);
  const T rest1 = static_cast<T>(1 - update.beta1);
  const T rest2 = static_cast<T>(1 - update.beta2);
  const T epsilon = static_cast<T>(update.epsilon);
  const T stepSize = static_cast<T>(update.stepSize);
  const T scale = static_cast<T>(1 / update.rootCorrection);
  const T decay = static_cast<T>(update.decay);
  const T shrink = static_cast<T>(update.shrink);
  for (int64_t i = 0; i < count; ++i) {
    T gradient = g[i];
    if constexpr (kind == Decay::added) gradient += decay * p[i];
    const T first = beta1 * m[i] + rest1 * gradient;
    const T second = beta2 * v[i] + rest2 * gradient * gradient;
    m[i] = first;
    v[i] = second;
    if constexpr (kind == Decay::shrinking) p[i] *= shrink;
    p[i] -= stepSize * first / (std::sqrt(second) * scale + epsilon);
    g[i] = 0;
  }
}

template<class T>
[[gnu::always_inline]] inline void adam(T* p, T* g, T* m, T* v, int64_t count, const AdamUpdate& update) {
  switch (update.kind) {
  case Decay::none:
    return adam<Decay::none>(p, g, m, v, count, update);
  case Decay::added:
    return adam<Decay::added>(p, g, m, v, count, update);
  case Decay::shrinking:
    return adam<Decay::shrinking>(p, g, m, v, count, update);
  }
}

template<class T>
[[gnu::always_inline]] inline void adagrad(T* __restrict p, T* __restrict g, T* __restrict s, int64_t count,
                                           const AdagradUpdate& update) {
  const T rate = static_cast<T>(update.learningRate);
  const T decay = static_cast<T>(update.decay);
  const T epsilon = static_cast<T>(update.epsilon);
  for (int64_t i = 0; i < count; ++i) {
    const T gradient = g[i] + decay * p[i];
    const T sum = s[i] + gradient * gradient;
    s[i] = sum;
    p[i] -= rate * gradient / (std::sqrt(sum) + epsilon);
    g[i] = 0;
  }
}

template<class T>
[[gnu::always_inline]] inline void sgd(T* __restrict p, T* __restrict g, T* __restrict b, int64_t count,
                                       const SgdUpdate& update) {
  const T rate = static_cast<T>(update.learningRate);
  const T decay = static_cast<T>(update.decay);
  const T momentum = static_cast<T>(update.momentum);
  if (!b) {
    for (int64_t i = 0; i < count; ++i) {
      p[i] -= rate * (g[i] + decay * p[i]);
      g[i] = 0;
    }
    return;
  }
  for (int64_t i = 0; i < count; ++i) {
    const T moved = momentum * b[i] + (g[i] + decay * p[i]);
    b[i] = moved;
    p[i] -= rate * moved;
    g[i] = 0;
  }
}

template<class T>
[[gnu::always_inline]] inline void averaged(T* __restrict average, const T* __restrict p, int64_t count,
                                            double decay) {
  const T rest = static_cast<T>(1 - decay);
  for (int64_t i = 0; i < count; ++i) average[i] += rest * (p[i] - average[i]);
}

template<class T>
[[gnu::always_inline]] inline double clipped(T* g, int64_t count, double limit) {
  double sums[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int64_t lane = 0; lane < kLanes; ++lane) {
      const auto gradient = static_cast<double>(g[i + lane]);
      sums[lane] += gradient * gradient;
    }
  }
  for (; i < count; ++i) sums[0] += static_cast<double>(g[i]) * static_cast<double>(g[i]);
  double total = 0;
  for (const double sum : sums) total += sum;
  const double norm = std::sqrt(total);
  if (norm + 1e-6 > limit) {
    const T scale = static_cast<T>(limit / (norm + 1e-6));
    for (int64_t k = 0; k < count; ++k) g[k] *= scale;
  }
  return norm;
}

} // namespace

AdamUpdate::AdamUpdate(double learningRate, int64_t step, Decay decayKind, double decayRate)
    : stepSize(learningRate / (1 - std::pow(beta1, static_cast<double>(step)))),
      rootCorrection(std::sqrt(1 - std::pow(beta2, static_cast<double>(step)))),
      kind(decayRate == 0 ? Decay::none : decayKind),
      decay(decayRate),
      shrink(1 - learningRate * decayRate) {}

LATENT_CLONES void adamStep(float* p, float* g, float* m, float* v, int64_t count, const AdamUpdate& update) {
  adam(p, g, m, v, count, update);
}
LATENT_CLONES void adamStep(double* p, double* g, double* m, double* v, int64_t count,
                            const AdamUpdate& update) {
  adam(p, g, m, v, count, update);
}

LATENT_CLONES void adagradStep(float* p, float* g, float* s, int64_t count, const AdagradUpdate& update) {
  adagrad(p, g, s, count, update);
}
LATENT_CLONES void adagradStep(double* p, double* g, double* s, int64_t count, const AdagradUpdate& update) {
  adagrad(p, g, s, count, update);
}

LATENT_CLONES void sgdStep(float* p, float* g, float* b, int64_t count, const SgdUpdate& update) {
  sgd(p, g, b, count, update);
}
LATENT_CLONES void sgdStep(double* p, double* g, double* b, int64_t count, const SgdUpdate& update) {
  sgd(p, g, b, count, update);
}

LATENT_CLONES void averageStep(float* average, const float* p, int64_t count, double decay) {
  averaged(average, p, count, decay);
}
LATENT_CLONES void averageStep(double* average, const double* p, int64_t count, double decay) {
  averaged(average, p, count, decay);
}

LATENT_CLONES double clipNorm(float* g, int64_t count, double limit) {
  return clipped(g, count, limit);
}
LATENT_CLONES double clipNorm(double* g, int64_t count, double limit) {
  return clipped(g, count, limit);
}

LATENT_CLONES bool allFinite(const float* values, int64_t count) {
  // x * 0 is 0 for finite x, else NaN.
  float sums[kLanes] = {};
  int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int64_t lane = 0; lane < kLanes; ++lane) sums[lane] += values[i + lane] * 0;
  }
  for (; i < count; ++i) sums[0] += values[i] * 0;
  float total = 0;
  for (const float sum : sums) total += sum;
  return total == 0;
}

} // namespace latent
