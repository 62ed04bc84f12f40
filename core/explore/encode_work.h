// The encoding of a split.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

class EncodeWork : public Work<EncodeRequest, EncodeFrame> {
 public:
  using Work::Work;
  std::optional<EncodeFrame> advance(const Viewer& viewer);
  EncodeFrame failed(const std::string& error) const { return makeFrame(error); }

 private:
  Encoded m_points;
};

/// Appends what was encoded of the same model.
void append(const Encoded& more, Encoded& all);

} // namespace latent
