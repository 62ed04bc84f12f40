#include "ui/views/compare/columns_context.h"

#include "ui/models/focus_store.h"
#include "ui/models/pin_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/input_feed.h"

#include <algorithm>

namespace latent::ui {

ColumnsContext columnsContext(const Workbench& bench, const CompareSettings& settings,
                              const std::vector<CompareInput>& inputs) {
  const Focus& focus = bench.focus->focus();
  ColumnsContext context;
  const RunItem* run = bench.runs->find(focus.active);
  if (!run) return context;
  context.dataset = run->config.dataset;
  context.datasetName = run->datasetName;
  context.shape = run->spec.shape;
  context.active = focus.active;
  context.cursor = focus.cursor;
  context.link = focus.link;
  if (focus.subject.index >= 0 && focus.subject.split == "test")
    context.input = testImage(bench, context.dataset, focus.subject.index);
  else
    context.input = {
        -1, {}, bench.input->label(), CompareInputs::tr("own"), CompareInputs::tr("an image of your own")};
  context.input.image = bench.input->image();
  context.inputs = inputs;
  const auto end = [&](const PathEnd& chosen, CompareInput& image, std::optional<Pin>& pin) {
    if (chosen.kind == PathEnd::Kind::item) image = testImage(bench, context.dataset, chosen.item);
    if (chosen.kind != PathEnd::Kind::pin) return;
    const auto found = std::ranges::find(bench.pins->pins(), chosen.pin, &Pin::name);
    if (found != bench.pins->pins().end()) pin = *found;
  };
  end(settings.interpolate.from, context.fromItem, context.fromPin);
  end(settings.interpolate.to, context.toItem, context.toPin);
  return context;
}

} // namespace latent::ui
