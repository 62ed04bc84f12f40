#include "ui/views/compare/compare_inputs.h"

#include "core/base/random.h"
#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/compare/cell_pictures.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/source_keeper.h"

#include <QLocale>

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace latent::ui {
namespace {

constexpr int64_t scannedAtOnce = 64; // a few ms of the viewing thread, so that a drag goes first

} // namespace

CompareInput testImage(const Workbench& bench, const std::string& dataset, int64_t item) {
  CompareInput input;
  input.item = item;
  input.image = bench.library->image(dataset, "test", item);
  input.label = bench.library->label(dataset, "test", item);
  const auto names = bench.library->classNames(dataset);
  const bool named = input.label >= 0 && static_cast<size_t>(input.label) < names.size();
  const QString number = QLocale().toString(static_cast<qlonglong>(item));
  const QString name = named ? QString::fromStdString(names[static_cast<size_t>(input.label)]) : QString();
  input.head = named ? name : QStringLiteral("#%1").arg(number);
  input.words = named ? CompareInputs::tr("test image %1, class %2").arg(number, name)
                      : CompareInputs::tr("test image %1").arg(number);
  return input;
}

CompareInputs::CompareInputs(const Workbench& bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_view(bench.explorer->newView()) {
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    const bool input = m_choice.kind == InputChoice::Kind::input && before.subject != now.subject;
    if (before.active != now.active || before.step != now.step || input) refresh();
  });
  connect(bench.library, &LibraryBridge::datasetLoaded, this, &CompareInputs::refresh);
  connect(bench.input, &InputFeed::imageChanged, this, [this] {
    if (m_choice.kind == InputChoice::Kind::input) refresh();
  });
  connect(bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    if (run == m_bench.focus->focus().active) refresh();
  });
  connect(bench.explorer, &ExplorerBridge::reconstructionsReady, this, &CompareInputs::receive);
}

void CompareInputs::choose(const InputChoice& choice) {
  if (choice == m_choice && !m_inputs.empty()) return;
  m_choice = choice;
  refresh();
}

void CompareInputs::setWatched(bool watched) {
  m_watched = watched;
  if (watched) refresh();
}

void CompareInputs::again() {
  m_scan = {};
  refresh();
}

void CompareInputs::say(const QString& note) {
  if (note == m_note) return;
  m_note = note;
  emit noteChanged();
}

void CompareInputs::refresh() {
  if (!m_watched) return;
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  if (!run) return;
  const bool scanning = m_choice.kind == InputChoice::Kind::best || m_choice.kind == InputChoice::Kind::worst;
  if (!scanning) say({});
  std::vector<CompareInput> inputs;
  if (m_choice.kind == InputChoice::Kind::input) {
    CompareInput own;
    const Subject& subject = m_bench.focus->focus().subject;
    if (subject.index >= 0 && subject.split == "test")
      own = testImage(m_bench, run->config.dataset, subject.index);
    else
      own = {-1, {}, m_bench.input->label(), tr("own"), tr("an image of your own")};
    own.image = m_bench.input->image();
    if (!own.image.empty()) inputs.push_back(std::move(own));
  } else {
    for (const int64_t item : items()) inputs.push_back(testImage(m_bench, run->config.dataset, item));
  }
  const auto same = [](const CompareInput& a, const CompareInput& b) {
    return a.item == b.item && a.label == b.label && a.image == b.image;
  };
  if (std::ranges::equal(inputs, m_inputs, same)) return;
  m_inputs = std::move(inputs);
  emit changed();
}

std::vector<int64_t> CompareInputs::items() {
  const RunItem* run = m_bench.runs->find(m_bench.focus->focus().active);
  const int64_t size = m_bench.library->itemCount(run->config.dataset, "test");
  const int64_t count = std::min<int64_t>(m_choice.count, size);
  switch (m_choice.kind) {
  case InputChoice::Kind::random: {
    Random random(deriveSeed(m_choice.seed, "compare inputs"));
    std::vector<int64_t> drawn;
    while (static_cast<int64_t>(drawn.size()) < count) {
      const int64_t item = random.below(size);
      if (std::ranges::find(drawn, item) == drawn.end()) drawn.push_back(item);
    }
    return drawn;
  }
  case InputChoice::Kind::byClass:
    return itemsByClass(run->config.dataset, size);
  case InputChoice::Kind::best:
  case InputChoice::Kind::worst:
    return extremes(size);
  case InputChoice::Kind::first:
  case InputChoice::Kind::input:
    break;
  }
  std::vector<int64_t> first(static_cast<size_t>(count));
  std::iota(first.begin(), first.end(), 0);
  return first;
}

// The same number of each class, in the order of the classes and then of the test set.
std::vector<int64_t> CompareInputs::itemsByClass(const std::string& dataset, int64_t size) {
  std::map<int64_t, std::vector<int64_t>> byClass;
  for (int64_t item = 0; item < size; ++item) {
    const int64_t label = m_bench.library->label(dataset, "test", item);
    if (label >= 0) byClass[label].push_back(item);
  }
  std::vector<int64_t> items;
  if (byClass.empty()) {
    if (size > 0) say(tr("This data has no classes; these are its first images."));
    for (int64_t item = 0; item < std::min<int64_t>(m_choice.count, size); ++item) items.push_back(item);
    return items;
  }
  const size_t classes = byClass.size(), wanted = static_cast<size_t>(m_choice.count);
  const size_t each = (wanted + classes - 1) / classes;
  for (const auto& [label, members] : byClass) {
    const size_t left = wanted - items.size();
    items.insert(items.end(), members.begin(),
                 members.begin() + static_cast<long>(std::min({each, left, members.size()})));
  }
  return items;
}

std::vector<int64_t> CompareInputs::extremes(int64_t size) {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const std::optional<int64_t> step = m_bench.sources->stepFor(focus.active);
  if (m_scan.run != focus.active || m_scan.step != step || m_scan.dataset != run->config.dataset)
    m_scan = {focus.active, run->config.dataset, step, {}, size, size == 0};
  if (!m_scan.done) {
    scanNext();
    std::vector<int64_t> shown; // until then what is there
    for (const CompareInput& input : m_inputs) shown.push_back(input.item);
    return shown;
  }
  std::vector<int64_t> items(m_scan.errors.size());
  std::iota(items.begin(), items.end(), 0);
  const bool best = m_choice.kind == InputChoice::Kind::best;
  std::ranges::stable_sort(items, [&](int64_t a, int64_t b) {
    const double first = m_scan.errors[static_cast<size_t>(a)],
                 second = m_scan.errors[static_cast<size_t>(b)];
    return best ? first < second : first > second;
  });
  items.resize(std::min(items.size(), static_cast<size_t>(m_choice.count)));
  return items;
}

void CompareInputs::scanNext() {
  const auto first = static_cast<int64_t>(m_scan.errors.size());
  if (m_waiting || !m_watched || m_scan.done || !m_bench.sources->shown(m_scan.run)) return;
  std::vector<Image> images;
  for (int64_t item = first; item < std::min(m_scan.size, first + scannedAtOnce); ++item)
    images.push_back(m_bench.library->image(m_scan.dataset, "test", item));
  if (images.empty() || images.front().empty()) return;
  m_waiting = true;
  m_bench.explorer->requestReconstructions(m_view, m_scan.run, std::move(images));
  const QLocale locale;
  say(tr("Reconstructing the test set: %1 of %2")
          .arg(locale.toString(static_cast<qlonglong>(first)),
               locale.toString(static_cast<qlonglong>(m_scan.size))));
}

void CompareInputs::receive(const ReconstructFrame& frame) {
  if (frame.head.view != m_view) return;
  m_waiting = false;
  if (frame.head.source != m_scan.run || m_scan.done) return refresh();
  if (!frame.error.empty()) {
    m_scan.done = true;
    say(QString::fromStdString(frame.error));
    return;
  }
  for (size_t i = 0; i < frame.outputs.size(); ++i)
    m_scan.errors.push_back(squaredError(frame.inputs[i], frame.outputs[i]));
  if (static_cast<int64_t>(m_scan.errors.size()) < m_scan.size) return scanNext();
  m_scan.done = true;
  say({});
  refresh();
}

} // namespace latent::ui
