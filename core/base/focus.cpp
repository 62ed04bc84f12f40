#include "core/base/focus.h"

namespace latent {

namespace {

Json imageToJson(const Image& image) {
  return {{"shape", {image.shape.channels, image.shape.height, image.shape.width}}, {"pixels", image.pixels}};
}

Image imageFromJson(const Json& json) {
  Image image;
  const auto shape = json.at("shape").get<std::vector<int>>();
  if (shape.size() != 3 || shape[0] < 1 || shape[1] < 1 || shape[2] < 1)
    throw std::invalid_argument("the image's shape is not three positive numbers");
  image.shape = {shape[0], shape[1], shape[2]};
  image.pixels = json.at("pixels").get<std::vector<float>>();
  if (static_cast<int64_t>(image.pixels.size()) != image.shape.pixels())
    throw std::invalid_argument("the image has another number of pixels than its shape");
  return image;
}

} // namespace

std::string linkName(Link link) {
  switch (link) {
  case Link::sameZ:
    return "z";
  case Link::samePriorQuantile:
    return "prior-quantile";
  case Link::sameDataQuantile:
    return "data-quantile";
  case Link::sameInput:
    break;
  }
  return "input";
}

Result<Link> linkFromName(const std::string& name) {
  for (const Link link : {Link::sameInput, Link::sameZ, Link::samePriorQuantile, Link::sameDataQuantile})
    if (linkName(link) == name) return link;
  return inputError("\"" + name +
                    "\" is no way to link points: known are input, z, prior-quantile and data-quantile.");
}

Json focusToJson(const Focus& focus) {
  Json json;
  json["shown"] = focus.shown;
  json["active"] = focus.active;
  json["step"] = focus.step ? Json(*focus.step) : Json(nullptr);
  Json& subject = json["subject"];
  subject["split"] = focus.subject.split;
  subject["index"] = focus.subject.index;
  if (focus.subject.index < 0) subject["image"] = imageToJson(focus.subject.image);
  json["cursor"] = focus.cursor;
  json["link"] = linkName(focus.link);
  return json;
}

Result<Focus> focusFromJson(const Json& json) {
  try {
    Focus focus;
    focus.shown = json.at("shown").get<std::vector<RunId>>();
    focus.active = json.at("active").get<RunId>();
    if (!json.at("step").is_null()) focus.step = json.at("step").get<int64_t>();
    const Json& subject = json.at("subject");
    focus.subject.split = subject.at("split").get<std::string>();
    focus.subject.index = subject.at("index").get<int64_t>();
    if (focus.subject.index < 0) focus.subject.image = imageFromJson(subject.at("image"));
    focus.cursor = json.at("cursor").get<LatentPoint>();
    if (json.contains("link")) { // views saved by 0.1 have none
      const Result<Link> link = linkFromName(json.at("link").get<std::string>());
      if (!link) return link.error();
      focus.link = *link;
    }
    return focus;
  } catch (const std::exception& error) {
    return inputError(std::string("The saved view cannot be read: ") + error.what() + ".");
  }
}

} // namespace latent
