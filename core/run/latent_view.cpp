#include "core/run/latent_view.h"

#include "core/explore/support.h"
#include "core/models/families.h"
#include "core/run/figure_parts.h"
#include "core/run/run_viewer.h"

namespace latent {

Result<Viewer> openLatents(const FigureSource& source, const std::string& whatFor) {
  const ModelSpec& spec = source.run.record().spec;
  if (findFamily(spec.family)->discrete)
    return usageError("The run " + source.run.path().string() +
                      " has codes in place of continuous latents, so there is nothing to " + whatFor + ".");
  return openViewer(source.run, source.step);
}

Result<std::vector<LatentPoint>> codesOf(const Viewer& viewer, const std::vector<Image>& images,
                                         JobControl& control) {
  std::vector<float> pixels;
  for (const Image& image : images) {
    if (image.shape != viewer.spec().shape)
      return usageError("The run reads images of another shape than those of the data set.");
    pixels.insert(pixels.end(), image.pixels.begin(), image.pixels.end());
  }
  const auto encoded = encodeImages(viewer, pixels, control);
  if (!encoded) return encoded.error();
  std::vector<LatentPoint> codes;
  for (auto first = encoded->mu.begin(); first != encoded->mu.end(); first += encoded->latent)
    codes.emplace_back(first, first + encoded->latent);
  return codes;
}

Result<std::vector<LatentPoint>> codesOfItems(const Viewer& viewer, const Split& split,
                                              const std::vector<int64_t>& items, JobControl& control) {
  if (const Status status = checkItems(items, split); !status) return status.error();
  std::vector<Image> images;
  images.reserve(items.size());
  for (const int64_t item : items) images.push_back(imageAt(split, item));
  return codesOf(viewer, images, control);
}

LatentPoint meanPoint(const ModelSpec& spec, const Encoded& points) {
  if (hasPrior(spec)) return LatentPoint(static_cast<size_t>(points.latent), 0.0F);
  return summarise(points).mean;
}

bool hasPrior(const ModelSpec& spec) {
  return findFamily(spec.family)->hasPrior;
}

const std::shared_ptr<const Split>& splitOf(const Dataset& data, const std::string& name) {
  return name == "train" ? data.train : data.test;
}

} // namespace latent
