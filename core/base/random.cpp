#include "core/base/random.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <numbers>

namespace latent {

namespace {

uint64_t splitMix(uint64_t& state) {
  uint64_t x = (state += 0x9e3779b97f4a7c15u);
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

} // namespace

uint64_t deriveSeed(uint64_t seed, std::string_view purpose) {
  // FNV-1a over the purpose, then two rounds of SplitMix64, so that neighbouring seeds share nothing.
  uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  uint64_t state = seed ^ hash;
  splitMix(state);
  return splitMix(state);
}

Random::Random(uint64_t seed) {
  for (uint64_t& word : m_state) word = splitMix(seed);
}

uint64_t Random::next() {
  const uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
  const uint64_t t = m_state[1] << 17;
  m_state[2] ^= m_state[0];
  m_state[3] ^= m_state[1];
  m_state[1] ^= m_state[2];
  m_state[0] ^= m_state[3];
  m_state[2] ^= t;
  m_state[3] = std::rotl(m_state[3], 45);
  return result;
}

double Random::uniform() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

double Random::uniform(double low, double high) {
  return low + (high - low) * uniform();
}

int64_t Random::below(int64_t bound) {
  assert(bound > 0);
  const auto range = static_cast<uint64_t>(bound);
  const uint64_t limit = UINT64_MAX - UINT64_MAX % range; // numbers from here on would favour small results
  uint64_t x = next();
  while (x >= limit) x = next();
  return static_cast<int64_t>(x % range);
}

double Random::normal() {
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

} // namespace latent
