#include "core/train/detail/adam_kernel.h"

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

template<class T>
[[gnu::always_inline]] inline void step(T* __restrict p, T* __restrict g, T* __restrict m, T* __restrict v,
                                        int64_t count, const AdamUpdate& update) {
  const T beta1 = static_cast<T>(update.beta1);
  const T beta2 = static_cast<T>(update.beta2);
  const T rest1 = static_cast<T>(1 - update.beta1);
  const T rest2 = static_cast<T>(1 - update.beta2);
  const T epsilon = static_cast<T>(update.epsilon);
  const T stepSize = static_cast<T>(update.stepSize);
  const T scale = static_cast<T>(1 / update.rootCorrection);
  for (int64_t i = 0; i < count; ++i) {
    const T gradient = g[i];
    const T first = beta1 * m[i] + rest1 * gradient;
    const T second = beta2 * v[i] + rest2 * gradient * gradient;
    m[i] = first;
    v[i] = second;
    p[i] -= stepSize * first / (std::sqrt(second) * scale + epsilon);
    g[i] = 0;
  }
}

} // namespace

AdamUpdate::AdamUpdate(double learningRate, int64_t step)
    : stepSize(learningRate / (1 - std::pow(beta1, static_cast<double>(step)))),
      rootCorrection(std::sqrt(1 - std::pow(beta2, static_cast<double>(step)))) {}

LATENT_CLONES void adamStep(float* p, float* g, float* m, float* v, int64_t count, const AdamUpdate& update) {
  step(p, g, m, v, count, update);
}

LATENT_CLONES void adamStep(double* p, double* g, double* m, double* v, int64_t count,
                            const AdamUpdate& update) {
  step(p, g, m, v, count, update);
}

LATENT_CLONES bool allFinite(const float* values, int64_t count) {
  // x * 0 is 0 for finite x, else NaN. Sixteen sums side by side keep the order fixed and fill the registers.
  constexpr int64_t lanes = 16;
  float sums[lanes] = {};
  int64_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    for (int64_t lane = 0; lane < lanes; ++lane) sums[lane] += values[i + lane] * 0;
  }
  for (; i < count; ++i) sums[0] += values[i] * 0;
  float total = 0;
  for (const float sum : sums) total += sum;
  return total == 0;
}

} // namespace latent
