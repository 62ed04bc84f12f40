// How a latent point of one run is found in another (EXPERIENCE.md, One point, one active run).
#pragma once

#include "core/base/focus.h"
#include "core/base/latent_point.h"
#include "core/base/latent_statistics.h"
#include "core/base/result.h"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace latent {

/// What a link must know of each of its two runs.
struct LinkEnd {
  std::string name; ///< what refusals call the run: "VAE z20"
  int latent = 0;
  bool hasPrior = false;                    ///< N(0, I)
  bool discrete = false;                    ///< its latents are codes, without coordinates to move along
  std::shared_ptr<const SortedCodes> codes; ///< of the encoded data; null as long as they are not known
  std::optional<LatentPoint> inputCode;     ///< mu of the input; nothing as long as it is not known
};

/// Whether the rule can work between these runs. Usage error: one sentence that says why not.
Status checkLink(Link link, const LinkEnd& from, const LinkEnd& to);

/// The point of `to` that belongs to z of `from`:
/// - sameInput: to.inputCode, whatever z is;
/// - sameZ: z;
/// - samePriorQuantile: z, since equal quantiles of N(0, 1) are equal values;
/// - sameDataQuantile: latent by latent the value with z_j's fraction (fractionAt) among to's codes. Beyond
///   the outermost codes it goes on in a straight line, in units of each run's range of codes, so that the
///   map rises everywhere. Between runs of equal codes it is z bit for bit.
/// Usage error as by checkLink, and where z has another size than from.latent.
Result<LatentPoint> linkedPoint(Link link, std::span<const float> z, const LinkEnd& from, const LinkEnd& to);

} // namespace latent
