// Seeds and random numbers that are the same on every machine and in every thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace latent {

/// The stream of random numbers for one purpose of one run ("initialisation", "order", "noise",
/// "binarisation", "evaluation" ...). Streams of one seed are independent, so that looking at a run never
/// moves its training.
uint64_t deriveSeed(uint64_t seed, std::string_view purpose);

/// xoshiro256** (Blackman and Vigna 2018), seeded by SplitMix64. Unlike the distributions of <random>, its
/// numbers do not depend on the standard library.
class Random {
 public:
  explicit Random(uint64_t seed);

  uint64_t next();  ///< 64 uniform bits
  double uniform(); ///< [0, 1)
  double uniform(double low, double high);
  int64_t below(int64_t bound); ///< 0 .. bound-1, unbiased; bound > 0
  double normal();              ///< N(0, 1), Box-Muller, one number a call

 private:
  uint64_t m_state[4];
};

} // namespace latent
