#include "ui/bridge/presets.h"

#include "core/run/preset.h"
#include "ui/bridge/job_result.h"

#include <utility>

namespace latent::ui {
namespace {

struct Shelf {
  std::vector<PresetCard> cards;
  QStringList problems;
};

Shelf readShelf() {
  Shelf shelf;
  const auto folder = presetsFolder();
  for (const std::string& id : listPresets(folder)) {
    const Result<Preset> preset = readPreset(folder, id);
    if (!preset) {
      shelf.problems << QString::fromStdString(preset.error().message);
      continue;
    }
    shelf.cards.push_back({id, QString::fromStdString(preset->name),
                           preset->family.empty() ? RunConfig().family : preset->family, preset->dataset,
                           preset->epochs, preset->parameters});
  }
  return shelf;
}

} // namespace

void readPresets(JobBridge& jobs, QObject* owner,
                 std::function<void(const std::vector<PresetCard>&, const QStringList&)> answer) {
  startJob<Shelf>(
      jobs, JobBridge::Lane::quick, "Reading the presets", owner,
      [](JobControl&) -> Result<Shelf> { return readShelf(); },
      [answer = std::move(answer)](const Result<Shelf>& shelf) {
        if (shelf)
          answer(shelf->cards, shelf->problems);
        else
          answer({}, {QString::fromStdString(shelf.error().message)});
      });
}

} // namespace latent::ui
