#include "core/base/focus.h"

#include "core/base/image_json.h"

#include <algorithm>
#include <cmath>

namespace latent {

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
  if (focus.subject.index < 0) {
    subject["image"] = imageToJson(focus.subject.image);
    subject["source"] = focus.subject.source;
  }
  json["cursor"] = focus.cursor;
  if (!focus.tokens.empty()) json["tokens"] = focus.tokens;
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
    if (focus.subject.index < 0) {
      focus.subject.image = imageFromJson(subject.at("image"));
      if (subject.contains("source")) focus.subject.source = subject.at("source").get<std::string>();
    }
    focus.cursor = json.at("cursor").get<LatentPoint>();
    if (!std::ranges::all_of(focus.cursor, [](float z) { return std::isfinite(z); }))
      return inputError("The saved view cannot be read: a coordinate of its point is not finite.");
    if (json.contains("tokens")) focus.tokens = json.at("tokens").get<std::vector<int64_t>>();
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
