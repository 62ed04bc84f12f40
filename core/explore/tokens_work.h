// Maps of tokens: of an image, edited by hand, or drawn from the prior cell by cell.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

/// Each cell has a random number of its own, so that a map drawn from a later cell on repeats, for the same
/// seed and the same cells before it, the rest of one drawn from an earlier cell on.
class TokensWork : public Work<TokensRequest, TokensFrame> {
 public:
  using Work::Work;
  std::optional<TokensFrame> advance(const Viewer& viewer);
  TokensFrame failed(const std::string& error) const { return makeFrame(error); }

 private:
  void begin(const Viewer& viewer);

  bool m_begun = false;
  Image m_seen; ///< the input as the model sees it
  std::vector<int64_t> m_map;
  int64_t m_next = 0; ///< cells before this one stand
};

} // namespace latent
