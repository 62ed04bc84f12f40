// No torch.
#pragma once

#include <stdexcept>

namespace latent {

/// What a checkpoint lacks or holds too much of; one sentence.
class CheckpointError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

} // namespace latent
