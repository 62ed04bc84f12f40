#include "ui/views/compare/compare_view.h"

#include "ui/models/focus_store.h"
#include "ui/models/pin_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/compare/columns_context.h"
#include "ui/views/compare/compare_bar.h"
#include "ui/views/compare/compare_grid.h"
#include "ui/views/compare/compare_twin.h"
#include "ui/views/compare/mode_buttons.h"
#include "ui/views/compare/noise_panel.h"
#include "ui/views/shared/dataset_offer.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/run_time.h"
#include "ui/views/shared/words.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"

#include <QApplication>
#include <QEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int smallestCurves = 236; // px, with axes that can be read, and their gap
constexpr int smallestGrid = 120;

/// A path, a sweep and the levels of noise are seen from end to end; of inputs and draws there is no end, and
/// larger pictures tell more.
int columnsInView(CompareMode mode) {
  return mode == CompareMode::reconstruct || mode == CompareMode::sample ? 6 : 9;
}

} // namespace

CompareView::CompareView(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_rows(new CompareRows(bench, this)),
      m_inputs(new CompareInputs(bench, this)),
      m_feed(new CellFeed(bench, *m_rows, this)),
      m_modes(new ModeButtons(this)),
      m_bar(new CompareBar(this)),
      m_stack(new QStackedWidget(this)),
      m_body(new QWidget(m_stack)),
      m_grid(new CompareGrid(m_body)),
      m_noise(new NoisePanel(bench, m_body)),
      m_empty(new EmptyState(m_stack)),
      m_offer(new DatasetOffer(bench, m_stack)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(m_bar);
  column->addWidget(m_stack, 1);
  auto* body = new QVBoxLayout(m_body);
  body->setContentsMargins(0, 0, 0, 0);
  body->setSpacing(8);
  body->addWidget(m_grid);
  body->addWidget(m_noise, 1);
  m_body->installEventFilter(this);
  m_stack->addWidget(m_body);
  m_stack->addWidget(m_empty);
  m_stack->addWidget(m_offer);
  m_grid->setObjectName("compareGrid");
  m_empty->setObjectName("compareEmpty");
  m_offer->setFocusPolicy(Qt::ClickFocus);
  setHelp(m_grid,
          {tr("Compare"),
           tr("Rows are runs, or one run over time; columns are what the mode says. Click a picture of the "
              "active run to move its point there, an input to take it as Input x; double-click opens "
              "Explore. Drag across a picture, or hold W, to wipe to its input.")});
  m_soon.setSingleShot(true);
  m_soon.setInterval(0);
  connectParts();
  m_bar->setSettings(m_settings);
}

CompareView::~CompareView() = default;

QWidget* CompareView::tools() const {
  return m_modes;
}

void CompareView::connectParts() {
  connect(&m_soon, &QTimer::timeout, this, &CompareView::compose);
  connect(m_modes, &ModeButtons::modeChosen, this, [this](CompareMode mode) {
    CompareSettings settings = m_settings;
    settings.mode = mode;
    setSettings(settings);
  });
  connect(m_bar, &CompareBar::edited, this, [this] { setSettings(m_bar->settings()); });
  connect(m_bar, &CompareBar::againRequested, m_inputs, &CompareInputs::again);
  connect(m_rows, &CompareRows::changed, this, &CompareView::composeSoon);
  connect(m_rows, &CompareRows::weightsChanged, this, [this](const SourceId& source) {
    m_feed->weightsChanged(source);
    if (m_settings.mode == CompareMode::noise)
      m_noise->show(m_rows->rows(), m_settings.noise, context().dataset, m_inputs->inputs());
  });
  connect(m_inputs, &CompareInputs::changed, this, &CompareView::composeSoon);
  connect(m_inputs, &CompareInputs::noteChanged, this, &CompareView::showNote);
  connect(m_feed, &CellFeed::arrived, this, &CompareView::fillCell);
  connect(m_feed, &CellFeed::failed, m_grid, &CompareGrid::setSentence);
  connect(m_noise, &NoisePanel::classesRead, this, [this] {
    for (int line = 0; line < m_grid->lineCount(); ++line)
      for (int column = 0; column < m_grid->columnCount(); ++column) fillCell(line, column);
  });
  connect(m_grid, &CompareGrid::seenChanged, this, [this] { m_feed->see(m_grid->seen()); });
  connect(m_grid, &CompareGrid::cellTaken, this, &CompareView::takeCell);
  connect(m_grid, &CompareGrid::cellOpened, this, &CompareView::openCell);
  connect(m_grid, &CompareGrid::columnTaken, this, &CompareView::takeColumn);
  connect(m_grid, &CompareGrid::lineTaken, this, &CompareView::takeLine);
  connect(m_grid, &CompareGrid::currentChanged, this, [this](int, int column) {
    const auto place = m_columns ? m_columns->noiseAt(column) : std::nullopt;
    m_noise->setMarker(place ? std::optional(m_settings.noise.sigmas[place->sigma]) : std::nullopt);
    m_hint.clear();
    showNote();
  });
  connect(m_empty, &EmptyState::clicked, this, &CompareView::askTwin);
  connect(m_empty, &EmptyState::secondClicked, this, [this] {
    CompareSettings settings = m_settings;
    settings.snapshots = !settings.snapshots;
    setSettings(settings);
  });
  connect(m_bench.focus, &FocusStore::changed, this, [this](const Focus& before, const Focus& now) {
    const bool input = before.subject != now.subject || before.link != now.link;
    if (before.active != now.active || (input && startsFromInput())) composeSoon();
    if (before.cursor == now.cursor && before.step == now.step && before.subject == now.subject) return;
    if (m_settings.mode == CompareMode::sweep && m_settings.sweep.start == SweepSettings::Start::point)
      composeSoon();
    markTaken();
  });
  connect(m_bench.input, &InputFeed::imageChanged, this, [this] {
    if (startsFromInput()) composeSoon();
  });
  connect(m_bench.library, &LibraryBridge::datasetLoaded, this, &CompareView::composeSoon);
  connect(m_bench.pins, &PinStore::changed, this, &CompareView::composeSoon);
}

// The others take the Input through m_inputs, or not at all.
bool CompareView::startsFromInput() const {
  return m_settings.mode == CompareMode::interpolate || m_settings.mode == CompareMode::sweep;
}

void CompareView::setSettings(const CompareSettings& settings) {
  m_settings = settings;
  m_hint.clear();
  m_modes->setMode(settings.mode);
  m_bar->setSettings(settings);
  m_grid->setZoom(settings.zoom);
  m_rows->choose(settings.snapshots, settings.epochs);
  if (settings.mode == CompareMode::reconstruct) m_inputs->choose(settings.reconstruct.inputs);
  if (settings.mode == CompareMode::noise) m_inputs->choose(settings.noise.subjects);
  compose();
}

QWidget* CompareView::keyTarget() const {
  if (m_stack->currentWidget() == m_body) return m_grid;
  if (m_stack->currentWidget() == m_empty) return m_empty->button();
  return m_offer;
}

// The keys go on to what takes the place of the widget that had them.
void CompareView::showPage(QWidget* page) {
  if (page == m_stack->currentWidget()) return;
  const QWidget* focus = QApplication::focusWidget();
  const bool keys = focus && (focus == m_stack || m_stack->isAncestorOf(focus));
  m_stack->setCurrentWidget(page);
  if (keys) keyTarget()->setFocus(Qt::OtherFocusReason);
}

QPixmap CompareView::picture() const {
  return m_stack->currentWidget()->grab();
}

Json CompareView::viewState() const {
  return toJson(m_settings);
}

void CompareView::setViewState(const Json& state) {
  setSettings(settingsFromJson(state));
}

void CompareView::stepLatent(int by) {
  const RunItem* run = m_bench.navigator->activeRun();
  if (m_settings.mode != CompareMode::sweep || !run || run->latentSize() == 0) return;
  CompareSettings settings = m_settings;
  const int size = run->latentSize();
  settings.sweep.latent = ((settings.sweep.latent + by) % size + size) % size;
  setSettings(settings);
}

void CompareView::zoomBy(int steps) {
  CompareSettings settings = m_settings;
  settings.zoom = steps == 0 ? 0 : std::clamp(settings.zoom + steps, -8, 8);
  setSettings(settings);
}

ColumnsContext CompareView::context() const {
  return columnsContext(m_bench, m_settings, m_inputs->inputs());
}

GridLine CompareView::gridLine(const CompareRow& row, const ColumnLine& line) const {
  GridLine shown;
  shown.mark = row.mark;
  shown.lead = line.lead;
  shown.active = row.current;
  shown.sentence = row.problem.isEmpty() ? line.sentence : row.problem;
  if (!line.label.isEmpty()) { // a line that belongs to the one before it
    shown.label = line.label;
    shown.note = line.note;
    return shown;
  }
  shown.letter = row.letter;
  shown.label = row.label;
  shown.note = row.note;
  shown.detail = line.note;
  return shown;
}

// Everything anew from settings, rows and Focus; what is asked for follows from what the grid then shows.
void CompareView::compose() {
  m_soon.stop();
  if (!isVisible()) return;
  showChoices();
  showNote();
  showPlace();
  const ColumnsContext now = context();
  m_columns = makeColumns(m_settings, now);
  struct Entry {
    size_t row;
    ColumnLine line;
  };
  std::vector<Entry> entries;
  const std::vector<CompareRow>& rows = m_rows->rows();
  for (size_t i = 0; i < rows.size(); ++i)
    for (ColumnLine& line : m_columns->lines(rows[i])) entries.push_back({i, std::move(line)});
  std::ranges::stable_sort(entries, {}, [](const Entry& entry) { return entry.line.subject; });

  m_lines.clear();
  std::vector<GridLine> lines;
  for (size_t i = 0; i < entries.size(); ++i) {
    const auto& [row, line] = entries[i];
    const bool otherSubject = i == 0 || line.subject != entries[i - 1].line.subject;
    GridLine shown = gridLine(rows[row], line);
    const bool several = m_settings.mode == CompareMode::reconstruct && m_settings.reconstruct.errorMap;
    shown.groupStart = otherSubject || (several && row != entries[i - 1].row);
    if (!otherSubject) shown.lead = QImage(); // one picture of the subject for all its rows
    lines.push_back(std::move(shown));
    m_lines.push_back({rows[row].source, line});
  }
  m_feed->show(m_columns, m_lines);
  const QSize image(now.shape.width, now.shape.height);
  m_grid->setFrame(rows.empty() ? QSize() : image, m_columns->heads(), std::move(lines),
                   m_columns->leadTitle(), columnsInView(m_settings.mode));
  for (int line = 0; line < m_grid->lineCount(); ++line)
    for (int column = 0; column < m_grid->columnCount(); ++column) fillCell(line, column);
  fitGrid();
  m_noise->setVisible(m_settings.mode == CompareMode::noise);
  if (m_settings.mode == CompareMode::noise)
    m_noise->show(rows, m_settings.noise, now.dataset, m_inputs->inputs());
  m_noise->setWatched(m_settings.mode == CompareMode::noise);
  markTaken();
  m_feed->see(m_grid->seen());
}

// The curves get what the pictures leave.
void CompareView::fitGrid() {
  if (m_settings.mode == CompareMode::noise) {
    m_grid->setFixedHeight(m_grid->heightFor(std::max(smallestGrid, m_body->height() - smallestCurves)));
  } else {
    m_grid->setMinimumHeight(0);
    m_grid->setMaximumHeight(QWIDGETSIZE_MAX);
  }
}

void CompareView::showPlace() {
  const RunItem* run = m_bench.navigator->activeRun();
  const bool snapshots = m_settings.snapshots;
  const size_t rows = m_rows->rows().size();
  if (!run || rows < (snapshots ? 1U : 2U)) {
    if (snapshots && run)
      m_empty->setContent(tr("%1 kept no snapshots to compare.").arg(run->title()), {}, tr("Compare runs"));
    else
      m_empty->setContent(tr("Show two runs to compare."), run ? twinWords(*run) : QString(),
                          run && run->snapshots.size() > 1
                              ? tr("Compare snapshots of %1").arg(run->letterText())
                              : QString());
    showPage(m_empty);
    return;
  }
  const bool needsData = m_settings.mode != CompareMode::sample;
  if (needsData && m_bench.library->itemCount(run->config.dataset, "test") == 0) {
    m_offer->setDataset(run->config.dataset);
    showPage(m_offer);
    return;
  }
  showPage(m_body);
}

void CompareView::showChoices() {
  const RunItem* run = m_bench.navigator->activeRun();
  QStringList pins, kept;
  for (const Pin& pin : m_bench.pins->pins()) pins << QString::fromStdString(pin.name);
  if (run) {
    for (const int64_t step : run->snapshots)
      if (const auto epoch = timeOf(*run, step, TimeUnit::epochs)) kept << numberText(*epoch);
  }
  m_bar->setChoices(run ? m_bench.library->itemCount(run->config.dataset, "test") : 0,
                    run ? run->latentSize() : 1, pins, kept.join(QStringLiteral(", ")),
                    run ? run->letterText() : QString());
}

void CompareView::showNote() {
  const bool scanning = m_settings.mode == CompareMode::reconstruct || m_settings.mode == CompareMode::noise;
  QString note = m_hint.isEmpty() && scanning ? m_inputs->note() : m_hint;
  if (note.isEmpty() && m_settings.mode == CompareMode::noise)
    note = m_settings.noise.scale == NoiseScale::spread
               ? tr("× spread: σ in units of each latent's own spread of codes, fair to any scale of z.")
               : tr("raw: the same σ for every latent; a run with wider codes is moved less.");
  if (note.isEmpty() && m_settings.mode == CompareMode::reconstruct)
    note = tr("Drag across a picture, or hold W, to wipe to its input.");
  m_bar->setNote(note);
}

void CompareView::askTwin() {
  const RunItem* run = m_bench.navigator->activeRun();
  if (run) emit twinRequested(twinOf(*run, m_bench.library->families()));
}

void CompareView::setWatched(bool watched) {
  m_rows->setWatched(watched);
  m_inputs->setWatched(watched);
  m_feed->setWatched(watched);
  m_noise->setWatched(watched && m_settings.mode == CompareMode::noise);
}

void CompareView::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  setWatched(true);
  setSettings(m_settings);
}

void CompareView::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  setWatched(false);
}

// Its room also changes when the settings need another row.
bool CompareView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_body && event->type() == QEvent::Resize) fitGrid();
  return QWidget::eventFilter(watched, event);
}

} // namespace latent::ui
