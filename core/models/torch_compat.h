// Where LibTorch 1.13 and 2.x differ, and what both hide: one place to look when a new version comes.
#pragma once

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <c10/util/Exception.h>
#include <torch/torch.h>

#include <cstdint>
#include <string>

namespace latent::compat {

/// A generator of its own for this device, seeded. The global one is only copied, never drawn from.
inline at::Generator makeGenerator(const torch::Device& device, uint64_t seed) {
  // Made, not cloned: LibTorch 1.13 never frees the clone of a CPU generator (5 kB each, found by
  // LeakSanitizer).
  if (device.is_cpu()) return at::detail::createCPUGenerator(seed);
  // Allocating initialises the device's context, under whatever name this version gives to that.
  torch::empty({1}, torch::TensorOptions().device(device));
  at::Generator generator = at::globalContext().defaultGenerator(device).clone();
  generator.set_current_seed(seed);
  return generator;
}

/// The state as bytes on the CPU; setState continues the stream at the same place.
inline torch::Tensor generatorState(const at::Generator& generator) {
  return generator.get_state().clone();
}
inline void setGeneratorState(at::Generator& generator, const torch::Tensor& state) {
  generator.set_state(state);
}

/// One line without a stack trace.
inline std::string message(const c10::Error& error) {
  const std::string text = error.what_without_backtrace();
  return text.substr(0, text.find('\n'));
}

} // namespace latent::compat
