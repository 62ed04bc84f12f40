#include "ui/views/window/view_states.h"

#include "ui/plots/curves_view.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/report/report_view.h"
#include "ui/views/train/curves_panel.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/stage.h"
#include "ui/views/window/time_panel.h"

#include <algorithm>
#include <array>

namespace latent::ui {
namespace {

constexpr std::array tabs{"setup", "point", "pins", "history"};

} // namespace

SessionParts windowParts(const Stage& stage, const Inspector& inspector) {
  SessionParts parts;
  parts.window["workspace"] = static_cast<int>(stage.workspace());
  parts.window["inspector"] = tabs.at(static_cast<size_t>(inspector.tab()));
  parts.window["splitters"] = stage.trainView()->splitterState().toBase64().toStdString();
  parts.views["explore"] = stage.exploreView()->viewState();
  parts.views["curves"] = toJson(stage.trainView()->curvesPanel()->choice());
  parts.views["compare"] = stage.compareView()->viewState();
  parts.views["report"] = stage.reportView()->viewState();
  parts.views["time"] = stage.timePanel()->viewState();
  return parts;
}

void setWindowParts(Stage& stage, Inspector& inspector, const SessionParts& parts) {
  const auto find = [](const Json& json, const char* key) {
    const auto found = json.is_object() ? json.find(key) : json.end();
    return found == json.end() ? Json() : *found;
  };
  if (const Json splitters = find(parts.window, "splitters"); splitters.is_string())
    stage.trainView()->restoreSplitters(
        QByteArray::fromBase64(QByteArray::fromStdString(splitters.get<std::string>())));
  if (const Json tab = find(parts.window, "inspector"); tab.is_string()) {
    const auto place = std::ranges::find(tabs, tab.get<std::string>());
    if (place != tabs.end()) inspector.setTab(static_cast<Inspector::Tab>(place - tabs.begin()));
  }
  stage.exploreView()->setViewState(find(parts.views, "explore"));
  if (const Json curves = find(parts.views, "curves"); curves.is_object()) {
    CurvesPanel* panel = stage.trainView()->curvesPanel();
    panel->setChoice(curvesLookFromJson(curves));
    panel->view()->setArea(curvesAreaFromJson(find(curves, "area")));
  }
  stage.compareView()->setViewState(find(parts.views, "compare"));
  stage.reportView()->setViewState(find(parts.views, "report"));
  stage.timePanel()->setViewState(find(parts.views, "time"));
  if (const Json workspace = find(parts.window, "workspace"); workspace.is_number_integer())
    stage.setWorkspace(static_cast<Stage::Workspace>(workspace.get<int>()));
}

} // namespace latent::ui
