#include "ui/views/window/figure_view.h"

#include "ui/views/compare/compare_settings.h"
#include "ui/views/traverse/traverse_choice.h"
#include "ui/views/window/stage.h"

#include <optional>

namespace latent::ui {
namespace {

using Workspace = Stage::Workspace;

const Json* find(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() ? &*found : nullptr;
}
std::optional<int64_t> whole(const Json& json, const char* key) {
  const Json* found = find(json, key);
  return found && found->is_number_integer() ? std::optional(found->get<int64_t>()) : std::nullopt;
}
Json entry(const Json& json, const char* key) {
  const Json* found = find(json, key);
  return found ? *found : Json::object();
}

/// 0, 1, 2 ... n - 1 are the first n images; anything else the input alone.
Json inputsOf(const Json& view) {
  const Json items = entry(view, "items");
  for (size_t i = 0; i < items.size(); ++i)
    if (!items.is_array() || items[i] != i) return {{"kind", "input"}};
  return {{"kind", "first"}, {"count", items.size()}};
}

Json pathEnd(const Json& item) {
  return {{"kind", "item"}, {"item", item}};
}

/// Latents of a figure are counted from 1.
int64_t firstLatent(const Json& view) {
  const Json latents = entry(view, "latents");
  if (!latents.is_array() || latents.empty() || !latents[0].is_number_integer()) return 0;
  return latents[0].get<int64_t>() - 1;
}

/// The state of Compare with the settings of this figure; its reader passes over what is out of range.
Json compareState(const FigureView& figure, Json state) {
  if (!state.is_object()) state = toJson(CompareSettings());
  const Json& view = figure.view;
  state["snapshots"] = figure.snapshots;
  state["mode"] = figure.kind == "traverse" ? "sweep" : figure.kind;
  if (figure.kind == "reconstruct") {
    state["reconstruct"]["inputs"] = inputsOf(view);
  } else if (figure.kind == "noise") {
    Json& noise = state["noise"];
    noise["subjects"] = inputsOf(view);
    for (const char* key : {"sigmas", "scale", "mean", "draws", "seed"}) noise[key] = entry(view, key);
  } else if (figure.kind == "sample") {
    Json& sample = state["sample"];
    for (const char* key : {"count", "seed", "temperature"}) sample[key] = entry(view, key);
    sample["bernoulli"] = entry(view, "pixels") == "draws";
  } else if (figure.kind == "interpolate") {
    Json& path = state["interpolate"];
    const Json items = entry(view, "items");
    if (items.is_array() && items.size() == 2) {
      path["from"] = pathEnd(items[0]);
      path["to"] = pathEnd(items[1]);
    }
    for (const char* key : {"path", "frames", "loop"}) path[key] = entry(view, key);
  } else {
    Json& sweep = state["sweep"];
    const Json range = entry(view, "range");
    sweep["start"] = whole(view, "item") ? "input" : "prior-mean";
    sweep["latent"] = firstLatent(view);
    sweep["frames"] = entry(view, "frames");
    if (const Json* kind = find(range, "kind")) sweep["range"] = *kind;
    for (const char* key : {"low", "high"})
      if (const Json* end = find(range, key)) sweep[key] = *end;
  }
  return state;
}

Json planeState(const Json& view) {
  const Json* several = find(view, "planes");
  const bool list = several && several->is_array() && !several->empty();
  const Json& first = list ? several->front() : view;
  Json layers = Json::object();
  for (const char* key : {"tiles", "rings"})
    if (const Json* on = find(first, key)) layers[key] = *on;
  layers["points"] = whole(first, "points").value_or(0) > 0;
  return {{"layers", layers}, {"planes", list ? several->size() : 1}};
}

Json traverseState(const Json& view) {
  Json state = {{"from", whole(view, "item") ? "input" : "mean"},
                {"grid", entry(view, "grid")},
                {"latent", firstLatent(view)}};
  if (const Json* range = find(view, "range")) state["range"] = *range;
  return state;
}

} // namespace

SessionParts figureParts(const FigureView& figure, const SessionParts& now) {
  SessionParts parts = now;
  Workspace workspace = Workspace::compare;
  const bool alone = figure.runs.size() == 1 && !figure.snapshots;
  if (figure.kind == "curves") {
    workspace = Workspace::train;
  } else if (figure.kind == "plane") {
    workspace = Workspace::explore;
    parts.views["explore"]["page"] = "plane";
    parts.views["explore"]["plane"].update(planeState(figure.view));
  } else if (figure.kind == "traverse" && alone) {
    workspace = Workspace::explore;
    parts.views["explore"]["page"] = "traverse";
    parts.views["explore"]["traverse"] = traverseState(figure.view);
  } else if (figure.kind == "decode") {
    workspace = Workspace::explore;
  } else {
    parts.views["compare"] = compareState(figure, entry(now.views, "compare"));
  }
  parts.window["workspace"] = static_cast<int>(workspace);
  return parts;
}

} // namespace latent::ui
