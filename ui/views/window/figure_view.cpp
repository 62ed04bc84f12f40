#include "ui/views/window/figure_view.h"

#include "ui/views/compare/compare_settings.h"
#include "ui/views/traverse/traverse_choice.h"
#include "ui/views/window/stage.h"

#include <algorithm>
#include <optional>
#include <string>

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

/// An end as it is written: the number of a test image, an input, or the point of a pin.
Json pathEnd(const Json& end) {
  if (end.is_number_integer()) return {{"kind", "item"}, {"item", end}};
  if (const Json* name = find(end, "name")) return {{"kind", "pin"}, {"pin", *name}};
  const Json input = entry(end, "input");
  if (const auto item = whole(input, "item")) return {{"kind", "item"}, {"item", *item}};
  return {{"kind", "input"}};
}

/// "input", "point" or nothing: where a traversal starts.
std::string startOf(const Json& view) {
  const Json start = entry(view, "start");
  if (find(start, "z")) return "point";
  return find(start, "input") || whole(view, "item") ? "input" : "";
}

/// Latents of a figure are counted from 1.
int64_t latentAt(const Json& view, size_t place) {
  const Json latents = entry(view, "latents");
  const auto otherwise = static_cast<int64_t>(place);
  if (!latents.is_array() || latents.size() <= place || !latents[place].is_number_integer()) return otherwise;
  return latents[place].get<int64_t>() - 1;
}

/// The state of Compare with the settings of this figure; its reader passes over what is out of range.
Json compareState(const FigureView& figure, Json state) {
  if (!state.is_object()) state = toJson(CompareSettings());
  const Json& view = figure.view;
  state["snapshots"] = figure.snapshots;
  state["mode"] = figure.kind == "traverse" ? "sweep" : figure.kind;
  if (figure.kind == "reconstruct") {
    state["reconstruct"]["inputs"] = inputsOf(view);
    state["reconstruct"]["error_map"] = entry(view, "errorMaps");
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
    if (find(view, "from")) {
      path["from"] = pathEnd(entry(view, "from"));
      path["to"] = pathEnd(entry(view, "to"));
    } else if (items.is_array() && items.size() == 2) {
      path["from"] = pathEnd(items[0]);
      path["to"] = pathEnd(items[1]);
    }
    for (const char* key : {"path", "frames", "loop"}) path[key] = entry(view, key);
  } else {
    Json& sweep = state["sweep"];
    const Json range = entry(view, "range");
    const std::string start = startOf(view);
    sweep["start"] = start.empty() ? "prior-mean" : start;
    sweep["latent"] = latentAt(view, 0);
    sweep["frames"] = entry(view, "frames");
    if (const Json* kind = find(range, "kind")) sweep["range"] = *kind;
    for (const char* key : {"low", "high"})
      if (const Json* end = find(range, key)) sweep[key] = *end;
  }
  return state;
}

/// The latents of two axes; (-1, -1) for other directions, which are the main ones.
Json axesOf(const Json& view) {
  Json axes = Json::array();
  for (const char* key : {"axis1", "axis2"}) {
    const Json axis = entry(view, key);
    int64_t latent = -1;
    for (size_t i = 0; axis.is_array() && i < axis.size(); ++i) {
      if (axis[i] == 0) continue;
      if (latent >= 0 || axis[i] != 1) return {-1, -1};
      latent = static_cast<int64_t>(i);
    }
    axes.push_back(latent);
  }
  return axes;
}

Json planeState(const FigureView& figure) {
  const Json* several = find(figure.view, "planes");
  const bool list = several && several->is_array() && !several->empty();
  const Json views = list ? *several : Json::array({figure.view});
  const Json& first = views.front();
  const RunId active = figure.focus.active.empty() ? figure.runs.front() : figure.focus.active;
  Json state = {{"planes", views.size()},
                {"runs", figure.runs},
                {"areas", Json::object()},
                {"isolated", Json::object()},
                {"selected", {{"run", active}, {"images", entry(entry(first, "look"), "selected")}}}};
  if (const Json* look = find(first, "look")) {
    state["layers"] = *look;
    state["points"] = *look; // colours and filter
  } else {
    for (const char* key : {"tiles", "rings"})
      if (const Json* on = find(first, key)) state["layers"][key] = *on;
  }
  if (whole(first, "points").value_or(0) == 0) state["layers"]["points"] = false;
  for (size_t i = 0; i < std::min(views.size(), figure.runs.size()); ++i) {
    state["areas"][figure.runs[i]] = {{"rect", entry(views[i], "rect")}, {"axes", axesOf(views[i])}};
    if (const auto label = whole(entry(views[i], "look"), "isolated"))
      state["isolated"][figure.runs[i]] = *label;
  }
  return state;
}

/// Of a figure of the command line: its first series.
Json curvesState(const Json& view) {
  Json state = view;
  const Json series = entry(view, "series");
  if (!series.is_array() || series.empty()) return state;
  const Json& part = series.front();
  state["bound"] = part == "elbo";
  state["part"] = part == "elbo" || part == "loss" ? Json("total") : part;
  const Json splits = entry(view, "splits");
  const auto has = [&](const char* split) {
    return std::find(splits.begin(), splits.end(), split) != splits.end();
  };
  state["train"] = has("train") || has("batch");
  state["test"] = has("test");
  return state;
}

Json traverseState(const Json& view) {
  const std::string start = startOf(view);
  Json state = {{"from", start.empty() ? "mean" : start},
                {"grid", entry(view, "grid")},
                {"latent", latentAt(view, 0)},
                {"second", latentAt(view, 1)}};
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
    parts.views["curves"] = curvesState(figure.view);
  } else if (figure.kind == "plane") {
    workspace = Workspace::explore;
    parts.views["explore"]["page"] = "plane";
    parts.views["explore"]["plane"].update(planeState(figure));
  } else if (figure.kind == "traverse" && alone) {
    workspace = Workspace::explore;
    parts.views["explore"]["page"] = "traverse";
    parts.views["explore"]["traverse"] = traverseState(figure.view);
  } else if (figure.kind == "codes" || figure.kind == "decode") {
    workspace = Workspace::explore;
    parts.views["explore"]["page"] = figure.kind == "codes" ? "codes" : "plane";
  } else {
    parts.views["compare"] = compareState(figure, entry(now.views, "compare"));
  }
  parts.window["workspace"] = static_cast<int>(workspace);
  return parts;
}

} // namespace latent::ui
