#include "ui/views/traverse/traverse_choice.h"

#include <string>

namespace latent::ui {
namespace {

template<class T>
T valueOf(const Json& json, const char* key, T otherwise) {
  if (!json.is_object() || !json.contains(key)) return otherwise;
  try {
    return json.at(key).get<T>();
  } catch (const Json::exception&) {
    return otherwise;
  }
}

} // namespace

TraversalRange rangeFor(const TraverseChoice& choice, bool hasPrior, bool hasCodes) {
  const TraversalRange wanted = choice.range.value_or(defaultRange(hasPrior));
  const bool possible =
      wanted.kind == RangeKind::value || (wanted.kind == RangeKind::priorSigma ? hasPrior : hasCodes);
  if (possible) return wanted;
  return defaultRange(hasPrior   ? RangeKind::priorSigma
                      : hasCodes ? RangeKind::dataQuantile
                                 : RangeKind::value);
}

Json toJson(const TraverseChoice& choice) {
  Json json;
  json["sort"] = choice.sort == TraverseChoice::Sort::byUse ? "use" : "index";
  json["from"] = choice.from == TraverseChoice::From::point   ? "point"
                 : choice.from == TraverseChoice::From::input ? "input"
                                                              : "mean";
  if (choice.range) {
    json["range"]["kind"] = rangeKindName(choice.range->kind);
    json["range"]["low"] = choice.range->low;
    json["range"]["high"] = choice.range->high;
  }
  json["unfolded"] = choice.unfolded;
  json["grid"] = choice.grid;
  json["latent"] = choice.latent;
  json["second"] = choice.second;
  return json;
}

TraverseChoice traverseChoiceFromJson(const Json& json) {
  TraverseChoice choice;
  if (valueOf<std::string>(json, "sort", "") == "index") choice.sort = TraverseChoice::Sort::byIndex;
  const auto from = valueOf<std::string>(json, "from", "");
  if (from == "input") choice.from = TraverseChoice::From::input;
  if (from == "mean") choice.from = TraverseChoice::From::mean;
  const auto range = valueOf<Json>(json, "range", Json());
  if (const auto kind = rangeKindFromName(valueOf<std::string>(range, "kind", "")); kind) {
    TraversalRange known = defaultRange(*kind);
    known.low = valueOf(range, "low", known.low);
    known.high = valueOf(range, "high", known.high);
    if (checkRange(known)) choice.range = known;
  }
  choice.unfolded = valueOf(json, "unfolded", choice.unfolded);
  choice.grid = valueOf(json, "grid", choice.grid);
  choice.latent = valueOf(json, "latent", choice.latent);
  choice.second = valueOf(json, "second", choice.second);
  return choice;
}

} // namespace latent::ui
