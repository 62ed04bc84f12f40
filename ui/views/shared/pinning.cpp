#include "ui/views/shared/pinning.h"

#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/pin_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/point_feed.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace latent::ui {
namespace {

QString say(const char* text) {
  return QCoreApplication::translate("Pins", text);
}

QString runOf(const Pin& pin) {
  return pin.runName.empty() ? QFileInfo(QString::fromStdString(pin.run)).fileName()
                             : QString::fromStdString(pin.runName);
}

} // namespace

std::optional<Pin> pinOfPoint(const Workbench& bench) {
  const Focus& focus = bench.focus->focus();
  const RunItem* run = bench.runs->find(focus.active);
  if (!run || run->discrete || focus.cursor.empty()) return std::nullopt;
  Pin pin{.run = focus.active, .runName = run->name.toStdString(), .step = focus.step, .z = focus.cursor};
  const PointFrame& frame = bench.point->frame();
  if (frame.z == focus.cursor && frame.error.empty()) pin.thumbnail = frame.image;
  return pin;
}

void pinPoint(const Workbench& bench) {
  std::optional<Pin> pin = pinOfPoint(bench);
  if (!pin) {
    const RunItem* run = bench.runs->find(bench.focus->focus().active);
    bench.messages->tell(run ? say("%1 has discrete codes: there is no point to pin.").arg(run->title())
                             : say("There is no run, so there is no point to pin."));
    return;
  }
  bench.pins->add(*std::move(pin));
  const int row = bench.pins->rowCount() - 1;
  bench.messages->offer(
      say("The point is kept as \u201c%1\u201d.").arg(bench.pins->index(row).data().toString()), say("Undo"),
      [pins = bench.pins, name = bench.pins->pins().back().name] {
        const auto found = std::ranges::find(pins->pins(), name, &Pin::name);
        pins->remove(static_cast<int>(found - pins->pins().begin()));
      });
}

void goToPin(const Workbench& bench, const Pin& pin) {
  const RunItem* run = bench.runs->find(pin.run);
  if (!run) {
    bench.messages->offer(
        say("\u201c%1\u201d is a point of %2, which is not open.")
            .arg(QString::fromStdString(pin.name), runOf(pin)),
        say("Open it"),
        [library = bench.library, folder = QString::fromStdString(pin.run)] { library->openRun(folder); });
    return;
  }
  if (run->latentSize() != static_cast<int>(pin.z.size())) {
    bench.messages->error(say("\u201c%1\u201d has %2 coordinates, but %3 has %4 latents.")
                              .arg(QString::fromStdString(pin.name))
                              .arg(pin.z.size())
                              .arg(run->title())
                              .arg(run->latentSize()));
    return;
  }
  Focus focus = bench.focus->focus();
  focus.active = pin.run;
  if (std::ranges::find(focus.shown, pin.run) == focus.shown.end()) focus.shown.push_back(pin.run);
  const bool kept = !pin.step || std::ranges::binary_search(run->snapshots, *pin.step);
  focus.step = kept ? pin.step : std::nullopt;
  focus.cursor = pin.z;
  bench.focus->set(focus);
  if (!kept)
    bench.messages->tell(say("%1 has no snapshot of step %L2 any more; the point is shown live.")
                             .arg(run->title())
                             .arg(*pin.step));
}

} // namespace latent::ui
