// A codebook: its vectors, and how a split uses them.
#pragma once

#include "core/explore/work.h"

#include <optional>

namespace latent {

/// exp(-sum p log p) of the shares p of these counts: 1 if one code is used, K if all are equally; 0 for no
/// counts at all.
double perplexityOf(const std::vector<int64_t>& counts);

class CodebookWork : public Work<CodebookRequest, CodebookFrame> {
 public:
  using Work::Work;
  std::optional<CodebookFrame> advance(const Viewer& viewer);
  CodebookFrame failed(const std::string& error) const { return makeFrame(error); }

 private:
  CodebookFrame finished(const Viewer& viewer, const TokenShape& shape);

  int64_t m_encoded = 0; ///< images
  std::vector<int64_t> m_used;
};

} // namespace latent
