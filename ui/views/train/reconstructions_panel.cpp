#include "ui/views/train/reconstructions_panel.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/metrics_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/shared/dataset_offer.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/image_grid.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int mostColumns = 32;

} // namespace

ReconstructionsPanel::ReconstructionsPanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_stack(new QStackedWidget(this)),
      m_grid(new ImageGrid(this)),
      m_offer(new DatasetOffer(bench, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_stack);
  m_stack->addWidget(m_grid);
  m_stack->addWidget(m_offer);
  m_grid->setObjectName("reconstructions");
  setHelp(m_grid, {tr("Reconstructions"),
                   tr("Test images and what each shown run of the same data set makes of them, by the mean "
                      "of its code. A click takes an image as the input."),
                   tr("x̂ = decoder(mu(x))")});

  m_refresh.setSingleShot(true);
  m_refresh.setInterval(0);
  connect(&m_refresh, &QTimer::timeout, this, &ReconstructionsPanel::refresh);
  connect(m_grid, &ImageGrid::columnClicked, this, [this](int place) {
    if (place >= 0 && static_cast<size_t>(place) < m_items.size())
      m_bench.navigator->setInput(m_items[static_cast<size_t>(place)]);
  });
  connect(m_grid, &ImageGrid::scrolled, this, [this] {
    for (const RunId& run : std::set<RunId>(m_stale)) ask(run);
  });
  connect(m_grid, &ImageGrid::columnsShownChanged, this, &ReconstructionsPanel::turnPage,
          Qt::QueuedConnection);
  connect(bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    if (before.active != now.active || before.subject != now.subject) turnPage();
    if (before.shown != now.shown) askAll();
    if (before.active != now.active || before.shown != now.shown || before.subject != now.subject)
      m_refresh.start();
  });
  connect(bench.library, &LibraryBridge::datasetLoaded, this, &ReconstructionsPanel::turnPage);
  connect(bench.library, &LibraryBridge::datasetsChanged, &m_refresh, qOverload<>(&QTimer::start));
  connect(bench.sources, &SourceKeeper::changed, this, &ReconstructionsPanel::ask);
  connect(bench.explorer, &ExplorerBridge::reconstructionsReady, this, [this](const ReconstructFrame& frame) {
    const auto view = m_views.find(frame.head.source);
    if (view == m_views.end() || view->second != frame.head.view) return;
    m_answers[frame.head.source] = frame;
    m_refresh.start();
  });
}

// The page of the test set that holds the input, so that "next input" walks along it.
void ReconstructionsPanel::turnPage() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* run = m_bench.runs->find(focus.active);
  const int64_t size = run ? m_bench.library->itemCount(run->config.dataset, "test") : 0;
  const int64_t columns =
      std::clamp<int64_t>(m_grid->columnsShown() > 0 ? m_grid->columnsShown() : 12, 1, mostColumns);
  std::vector<int64_t> items;
  if (size > 0) {
    const int64_t first = std::max<int64_t>(focus.subject.index, 0) / columns * columns;
    for (int64_t i = first; i < std::min(size, first + mostColumns); ++i) items.push_back(i);
  }
  std::vector<Image> images;
  images.reserve(items.size());
  for (const int64_t item : items)
    images.push_back(m_bench.library->image(run->config.dataset, "test", item));
  m_refresh.start();
  if (items == m_items && images == m_images) return;
  m_items = std::move(items);
  m_images = std::move(images);
  m_answers.clear();
  askAll();
}

// Only runs that read what the active one reads: digits in a model of boots say nothing.
std::vector<RunId> ReconstructionsPanel::rows() const {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* active = m_bench.runs->find(focus.active);
  if (!active) return {};
  std::vector<RunId> runs;
  for (const RunItem& item : m_bench.runs->items()) {
    const bool shown = std::ranges::find(focus.shown, item.id) != focus.shown.end() && !item.queued;
    if (shown && item.config.dataset == active->config.dataset && item.spec.shape == active->spec.shape)
      runs.push_back(item.id);
  }
  return runs;
}

void ReconstructionsPanel::ask(const RunId& run) {
  if (!isVisible() || m_images.empty() || !m_bench.sources->shown(run)) return;
  const RunItem* item = m_bench.runs->find(run);
  const std::vector<RunId> shown = rows();
  const auto place = std::ranges::find(shown, run);
  if (!item || item->spec.shape != m_images.front().shape || place == shown.end()) return;
  // Rows that are scrolled away are decoded when they come into view; unknown ones may be in view next.
  const bool known = m_answers.contains(run);
  if (known && !m_grid->isRowShown(1 + static_cast<int>(place - shown.begin()))) {
    m_stale.insert(run);
    return;
  }
  m_stale.erase(run);
  const auto [view, isNew] = m_views.try_emplace(run, 0);
  if (isNew) view->second = m_bench.explorer->newView();
  m_bench.explorer->requestReconstructions(view->second, run, m_images);
}

void ReconstructionsPanel::askAll() {
  for (const RunId& run : rows()) ask(run);
}

// On the whole test set, at the weights that made the row's images.
std::optional<double> ReconstructionsPanel::measureOf(const RunItem& run) const {
  const std::string series = run.hasPrior ? "elbo" : "recon";
  const auto weights = m_bench.sources->shown(run.id);
  const std::optional<int64_t>& pinned = m_bench.focus->focus().step;
  if (pinned && weights && weights->step != run.step)
    return m_bench.metrics->valueAt(run.id, "test", series, weights->step);
  const Curve& test = m_bench.metrics->curve(run.id, "test", series);
  return test.value.empty() ? std::nullopt : std::optional<double>(test.value.back());
}

void ReconstructionsPanel::refresh() {
  const Focus& focus = m_bench.focus->focus();
  const RunItem* active = m_bench.runs->find(focus.active);
  if (m_images.empty()) {
    m_offer->setDataset(active ? active->config.dataset : std::string());
    m_stack->setCurrentWidget(m_offer);
    return;
  }
  m_stack->setCurrentWidget(m_grid);
  std::vector<ImageRow> grid{{tr("Input x"), {}, {}, m_images, {}}};
  const std::vector<RunId> shownRuns = rows();
  for (const RunId& id : shownRuns) {
    const RunItem* run = m_bench.runs->find(id);
    ImageRow row;
    row.label = run->title();
    row.mark = run->colour();
    const auto answer = m_answers.find(id);
    const std::optional<double> measure = measureOf(*run);
    if (measure && shownRuns.size() <= 2) // two lines of text need a row of 56 px
      row.note = (run->hasPrior ? tr("ELBO %1") : tr("recon %1")).arg(numberText(*measure));
    if (!run->problem.isEmpty()) {
      row.error = tr("The weights of this run cannot be read.");
    } else if (run->spec.shape != m_images.front().shape) {
      row.error =
          tr("This run reads images of %1 × %2.").arg(run->spec.shape.height).arg(run->spec.shape.width);
    } else if (answer != m_answers.end()) {
      row.error = QString::fromStdString(answer->second.error);
      row.images = answer->second.outputs;
    }
    grid.push_back(std::move(row));
  }
  m_grid->setRows(grid);
  const auto current = std::ranges::find(m_items, focus.subject.index);
  m_grid->setCurrentColumn(current == m_items.end() ? -1 : static_cast<int>(current - m_items.begin()));
}

void ReconstructionsPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  turnPage();
  askAll();
}

Result<FigureRequest> ReconstructionsPanel::figure() const {
  if (m_items.empty()) return usageError("There are no test images to reconstruct; load the data set first.");
  const Focus& focus = m_bench.focus->focus();
  FigureRequest request;
  request.kind = FigureRequest::Kind::reconstruct;
  request.runs = {focus.active};
  request.step = focus.step;
  for (const RunId& run : rows())
    if (run != focus.active) request.runs.push_back(run);
  const size_t seen = std::min(static_cast<size_t>(std::max(1, m_grid->columnsShown())), m_items.size());
  request.items.assign(m_items.begin(), m_items.begin() + static_cast<std::ptrdiff_t>(seen));
  return request;
}

} // namespace latent::ui
