// Inputs of figures: images of the data set, or of one's own.
#include "core/base/image_json.h"
#include "core/run/figure_parts.h"
#include "core/run/latent_view.h"
#include "core/run/run_viewer.h"

namespace latent {

Json subjectToJson(const Subject& subject) {
  if (subject.index >= 0) return {{"split", subject.split}, {"item", subject.index}};
  return {{"image", imageToJson(subject.image)}, {"source", subject.source}};
}

Result<Image> imageOf(const Subject& subject, const Dataset* data, const ImageShape& shape) {
  if (subject.index < 0 && !subject.image.empty()) {
    if (subject.image.shape == shape) return subject.image;
    return usageError("The image of one's own has another shape than those that the run reads.");
  }
  if (!data) return usageError("The images of this run's data set are not there; download them first.");
  const Split& split = *splitOf(*data, subject.split);
  if (split.shape() != shape)
    return usageError("The run reads images of another shape than those of the data set.");
  if (const Status status = checkItems({subject.index}, split); !status) return status.error();
  return imageAt(split, subject.index);
}

std::string subjectName(const Subject& subject) {
  if (subject.index >= 0) return std::to_string(subject.index);
  if (subject.source.empty()) return "own";
  return std::filesystem::path(subject.source).filename().string();
}

Json placeToJson(const LatentPlace& place) {
  if (place.subject) return {{"input", subjectToJson(*place.subject)}};
  if (place.z.empty()) return nullptr;
  Json json = {{"z", place.z}, {"name", place.name}};
  if (!place.picture.empty()) json["picture"] = imageToJson(place.picture);
  return json;
}

std::string placeName(const LatentPlace& place) {
  return place.subject ? subjectName(*place.subject) : place.name;
}

Result<std::optional<LatentPoint>> pointOfPlace(const LatentPlace& place, size_t i, const Viewer& viewer,
                                                const Dataset* data, JobControl& control) {
  if (place.subject) {
    const auto image = imageOf(*place.subject, data, viewer.spec().shape);
    if (!image) return image.error();
    auto code = encodeImages(viewer, image->pixels, control);
    if (!code) return code.error();
    return std::optional(std::move(code->mu));
  }
  if (place.z.empty()) return std::optional<LatentPoint>();
  if (i >= place.z.size() || place.z[i].size() != static_cast<size_t>(viewer.latentSize()))
    return usageError("The point " + place.name + " has not the number of latents of each run.");
  return std::optional(place.z[i]);
}

} // namespace latent
