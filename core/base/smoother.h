// Exponential smoothing of noisy curves.
#pragma once

#include <cmath>

namespace latent {

/// Starts unbiased: s_t = w s_(t-1) + (1 - w) y_t, shown as s_t / (1 - w^t) (Kingma and Ba 2015, section 3,
/// on their moments). NaN is passed through and changes nothing.
class Smoother {
 public:
  explicit Smoother(double weight) : m_weight(weight) {}
  double operator()(double value) {
    if (!std::isfinite(value)) return value;
    m_sum = m_weight * m_sum + (1 - m_weight) * value;
    m_power *= m_weight;
    return m_sum / (1 - m_power);
  }

 private:
  double m_weight;
  double m_sum = 0;
  double m_power = 1;
};

} // namespace latent
