#include "core/base/latent_links.h"

namespace latent {

namespace {

Status checkSizes(const char* rule, const LinkEnd& from, const LinkEnd& to) {
  if (from.latent == to.latent) return done();
  return usageError(from.name + " has " + std::to_string(from.latent) + " latents and " + to.name + " has " +
                    std::to_string(to.latent) + ": " + rule + " needs equal sizes; link by the same input.");
}

Status checkCoordinates(const LinkEnd& from, const LinkEnd& to) {
  for (const LinkEnd* end : {&from, &to})
    if (end->discrete)
      return usageError(end->name + " has codes in place of coordinates; link by the same input.");
  return done();
}

Status checkPriors(const LinkEnd& from, const LinkEnd& to) {
  for (const LinkEnd* end : {&from, &to})
    if (!end->hasPrior)
      return usageError(end->name + " has no prior, so that its points have no prior quantile; link by the "
                                    "same data quantile or the same input.");
  return done();
}

Status checkCodes(const LinkEnd& from, const LinkEnd& to) {
  for (const LinkEnd* end : {&from, &to})
    if (!end->codes || end->codes->empty() || end->codes->latent() != end->latent)
      return usageError("The codes of " + end->name +
                        " are not known yet; the link works once its data is encoded.");
  return done();
}

double widthOf(std::span<const float> sorted) {
  return double{sorted.back()} - sorted.front();
}

float sameFraction(float z, std::span<const float> from, std::span<const float> to) {
  const double scale = widthOf(from) > 0 ? widthOf(to) / widthOf(from) : 1;
  if (z < from.front()) return static_cast<float>(to.front() + (double{z} - from.front()) * scale);
  if (z > from.back()) return static_cast<float>(to.back() + (double{z} - from.back()) * scale);
  return static_cast<float>(quantile(to, fractionAt(from, z)));
}

} // namespace

Status checkLink(Link link, const LinkEnd& from, const LinkEnd& to) {
  if (link == Link::sameInput) {
    if (to.inputCode) return done();
    return usageError("The code of the input in " + to.name + " is not known yet.");
  }
  if (Status status = checkCoordinates(from, to); !status) return status;
  switch (link) {
  case Link::sameZ:
    return checkSizes("the same z", from, to);
  case Link::samePriorQuantile:
    if (Status status = checkPriors(from, to); !status) return status;
    return checkSizes("the same prior quantile", from, to);
  case Link::sameDataQuantile:
    if (Status status = checkSizes("the same data quantile", from, to); !status) return status;
    return checkCodes(from, to);
  case Link::sameInput:
    break;
  }
  return done();
}

Result<LatentPoint> linkedPoint(Link link, std::span<const float> z, const LinkEnd& from, const LinkEnd& to) {
  if (const Status status = checkLink(link, from, to); !status) return status.error();
  if (link == Link::sameInput) return *to.inputCode;
  if (z.size() != static_cast<size_t>(from.latent))
    return usageError("The point has " + std::to_string(z.size()) + " coordinates and " + from.name +
                      " has " + std::to_string(from.latent) + " latents.");
  LatentPoint point(z.begin(), z.end());
  if (link != Link::sameDataQuantile || from.codes == to.codes || *from.codes == *to.codes) return point;
  for (int j = 0; j < from.latent; ++j) {
    float& value = point[static_cast<size_t>(j)];
    value = sameFraction(value, from.codes->of(j), to.codes->of(j));
  }
  return point;
}

} // namespace latent
