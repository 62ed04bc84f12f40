#include "ui/views/explore/plane_panel.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/linked_point.h"
#include "ui/views/explore/plane_field_feed.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/explore/step_match.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace latent::ui {
namespace {

constexpr int tilePauseMs =
    120; // between two passes of tiles while a run trains: drawing them costs the drag 8 ms
constexpr int startMs = 1500;

/// Tiles about as large on the screen as the images are, so that none is drawn blurred or wasted.
TileGrid gridFor(const PlaneFrame& frame, const ImageShape& shape) {
  const double tile = std::clamp<double>(std::max(shape.width, shape.height), 24, 56);
  return {frame.visible(), std::clamp(static_cast<int>(std::lround(frame.height() / tile)), 2, 48),
          std::clamp(static_cast<int>(std::lround(frame.width() / tile)), 2, 48)};
}

} // namespace

PlanePanel::PlanePanel(const Workbench& bench, QWidget* parent)
    : QWidget(parent),
      m_bench(bench),
      m_view(bench.explorer->newView()),
      m_plane(new LatentPlane(this)),
      m_tools(new PlaneTools(this)),
      m_fitHint(new QPushButton(tr("Most points lie outside. Fit (0)"), this)),
      m_absence(new EmptyState(this)),
      m_match(new StepMatch(this)),
      m_link(new LinkedPoint(bench, this)),
      m_fields(new PlaneFieldFeed(bench, m_plane, this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_plane);
  m_plane->setObjectName("latentPlane");
  m_plane->setFocusPolicy(Qt::StrongFocus);
  m_plane->setPointWords([this](int point) { return wordsOf(point); });
  setHelp(m_plane, {tr("Latent plane"),
                    tr("Every place is a latent point z of a run; the tiles show what the decoder makes of "
                       "it. Drag to move the point, hold Space to drag the view, turn the wheel to zoom, "
                       "double-click a test point to take it as the input. The arrow keys move by 0.05 of "
                       "the data's spread. On the plane of another run a broken ring marks the point that "
                       "belongs to yours by the chosen link; a click there makes that run active."),
                    tr("x̂ = decoder(z),  z = (z1, z2)")});
  m_tools->hide();
  m_fitHint->hide();
  m_fitHint->setFocusPolicy(Qt::NoFocus);
  m_absence->setObjectName("noPlane");
  m_absence->setAutoFillBackground(true);
  m_absence->hide();
  // Runs are opened from the disk meanwhile.
  QTimer::singleShot(startMs, this, [this] { explainAbsence(m_bench.runs->find(m_run)); });
  m_tilePause.setSingleShot(true);
  m_tilePause.setInterval(tilePauseMs);
  connectPlane();
  connectBench();
}

PlanePanel::~PlanePanel() = default;

void PlanePanel::connectBench() {
  connect(&m_tilePause, &QTimer::timeout, this, [this] {
    if (m_tilesStale) askTiles();
  });
  connect(m_bench.focus, &FocusStore::changed, this, &PlanePanel::focusChanged);
  connect(m_bench.codes, &CodesFeed::codesChanged, this, [this](const RunId& run) {
    if (run == m_run) codesChanged();
    if (!isActive()) link();
  });
  connect(m_bench.library, &LibraryBridge::datasetLoaded, this, [this] {
    m_columnsOf.clear();
    showPoints();
    emit runChanged();
  });
  connect(m_bench.navigator, &Navigator::selectionChanged, this, &PlanePanel::showSelection);
  connect(m_bench.runs, &QAbstractItemModel::dataChanged, this, &PlanePanel::matchSteps);
  connect(m_match, &StepMatch::changed, this, [this] {
    m_plane->setPointsFaded(m_match->pointsFaded());
    showNotes();
  });
  connect(m_absence, &EmptyState::clicked, this, [this] {
    const RunItem* run = m_bench.runs->find(m_run);
    if (run && run->discrete)
      m_bench.navigator->askCodes(RunId(m_run)); // which may give this plane another run
    else
      m_bench.navigator->askTraining();
  });
  connect(m_bench.input, &InputFeed::imageChanged, this, [this] {
    showInput();
    link();
  });
  connect(m_bench.input, &InputFeed::answered, this, [this](const RunId& run) {
    if (run != m_run) return;
    showInput();
    link();
  });
  connect(m_bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    if (run == m_run) weightsChanged();
  });
  connect(m_bench.explorer, &ExplorerBridge::tilesReady, this, &PlanePanel::receiveTiles);
  connect(m_link, &LinkedPoint::changed, this, &PlanePanel::link);
  connect(m_fields, &PlaneFieldFeed::problemChanged, this, &PlanePanel::showNotes);
}

void PlanePanel::connectPlane() {
  connect(m_plane, &LatentPlane::gestureStarted, m_bench.focus, &FocusStore::beginGesture);
  connect(m_plane, &LatentPlane::gestureFinished, m_bench.focus, &FocusStore::endGesture);
  connect(m_plane, &LatentPlane::cursorMoved, this, &PlanePanel::moveTo);
  connect(m_plane, &LatentPlane::gestureStarted, this, [this] { m_inHand = true; });
  connect(m_plane, &LatentPlane::gestureFinished, this, [this] { m_inHand = false; });
  connect(m_plane, &LatentPlane::frameMoved, this, [this] {
    m_held.insert(m_run);
    m_fitWanted = false;
  });
  connect(m_plane, &LatentPlane::viewSettled, this, [this](const PlaneFrame& frame) {
    if (!m_run.empty() && m_homeKnown) m_frames[m_run] = frame;
    askTiles();
    showFields();
    offerFit();
  });
  connect(m_plane, &LatentPlane::pointPicked, this, [this](int picked) {
    if (activate()) m_bench.navigator->setInput(picked);
  });
  connect(m_plane, &LatentPlane::classClicked, this, &PlanePanel::isolate);
  connect(m_plane, &LatentPlane::lassoed, this, [this](const std::vector<int>& points) {
    if (activate()) m_bench.navigator->select({points.begin(), points.end()});
  });
  connect(m_tools, &PlaneTools::axesChosen, this, [this] {
    takeAxes();
    showPoints();
    m_plane->fit(m_home);
  });
  connect(m_tools, &PlaneTools::fitRequested, m_plane, &LatentPlane::zoomToHome);
  connect(m_fitHint, &QPushButton::clicked, m_plane, &LatentPlane::zoomToHome);
  connect(m_tools, &PlaneTools::tilesToggled, this, [this](bool on) {
    m_layers.tiles = on;
    setLayers(m_layers);
  });
  connect(m_tools, &PlaneTools::pointsToggled, this, [this](bool on) {
    m_layers.points = on;
    setLayers(m_layers);
  });
}

// ---- its run ----

const RunItem* PlanePanel::item() const {
  const RunItem* run = m_bench.runs->find(m_run);
  return run && !run->discrete ? run : nullptr;
}

bool PlanePanel::isActive() const {
  return m_run == m_bench.focus->focus().active;
}

PlaneAxes PlanePanel::axes() const {
  return item() ? m_map.axesThrough(held()) : PlaneAxes{};
}

void PlanePanel::setRun(const RunId& run) {
  const bool first = std::exchange(m_follows, false);
  if (run != m_run || first) takeRun(run);
}

void PlanePanel::focusChanged(const Focus& before, const Focus& now) {
  if (m_follows && now.active != m_run) {
    takeRun(now.active);
    return;
  }
  if (!isActive() && !isVisible()) return; // showEvent catches up
  if (before.active != now.active || before.cursor != now.cursor || before.link != now.link) link();
}

void PlanePanel::clearPlane() {
  m_plane->clearTiles();
  m_tileGrid = {};
  m_tileStep.reset();
  m_tilesWaiting = false;
  m_homeKnown = false;
  showIsolated();
  m_plane->setNotice({});
  m_fields->clearDensity();
  m_fields->clearMagnification();
}

void PlanePanel::takeRun(const RunId& run) {
  m_run = run;
  watchCodes(isVisible());
  const RunItem* known = m_bench.runs->find(m_run);
  clearPlane();
  explainAbsence(known);
  m_tools->setEnabled(item() != nullptr);
  m_plane->setLinked(!isActive());
  m_alignmentNote.clear();
  if (!item()) {
    m_pointStep.reset();
    m_tools->setLatentSize(0);
    m_plane->setPoints({});
    m_plane->setRings({});
    m_plane->setPriorMean(std::nullopt);
    m_plane->setCursor(std::nullopt);
    m_plane->setEllipse(std::nullopt);
    m_plane->setEllipses({});
    m_plane->setSubjectPoint(std::nullopt);
    matchSteps();
    emit runChanged();
    return;
  }
  m_plane->setNotice(known->problem);
  m_plane->setAccessibleName(tr("Latent plane of %1").arg(known->title()));
  m_tools->setLatentSize(known->latentSize());
  takeWishedAxes();
  const auto seen = m_frames.find(m_run);
  m_fitWanted = seen == m_frames.end();
  m_map = {}; // the old one is of another latent space
  findLinked();
  takeAxes();
  showPoints();
  showInput();
  if (seen != m_frames.end()) m_plane->setFrame(seen->second);
  askTiles();
}

// One sentence and the way out in place of a plane.
void PlanePanel::explainAbsence(const RunItem* run) {
  m_absence->setVisible(!run || run->discrete);
  if (m_absence->isHidden()) return;
  const bool empty = !m_follows && m_run.empty();
  const QString sentence =
      run ? tr("%1 has discrete codes; a plane of two continuous latents does not exist.")
                .arg(run->shortFamily)
      : empty ? tr("Open the eye of another run to see its plane here.")
              : tr("No run is open.");
  const QString way = empty ? QString() : run ? tr("Open Codes") : tr("Set up a run");
  m_absence->setContent(sentence, way);
  m_absence->setGeometry(rect());
  m_absence->raise();
}

// ---- tiles ----

void PlanePanel::weightsChanged() {
  matchSteps();
  m_tilesStale = true;
  if (!m_tilesWaiting && !m_tilePause.isActive()) askTiles();
}

// A plane that is laid over another moment's needs the codes of its own to know how.
bool PlanePanel::codesAreOfAnotherStep() const {
  const auto known = codes();
  const auto weights = m_bench.sources->shown(m_run);
  const bool moving = item()->training && !m_bench.focus->focus().step;
  return m_aligned && !moving && known && weights && known->codes.step() != weights->step;
}

void PlanePanel::askTiles() {
  if (!isVisible() || !item() || !m_bench.sources->shown(m_run)) return;
  if (isActive() && point().empty()) return; // the cursor of another run, for a moment
  if (codesAreOfAnotherStep()) return;       // comes back with them
  m_tileAxes = axes();
  m_tilesStale = false;
  if (m_layers.magnification) m_fields->showMagnification(m_run, m_tileAxes);
  if (!m_layers.tiles) return;
  m_tilesWaiting = true;
  m_bench.explorer->requestTiles(m_view, m_run, m_tileAxes, gridFor(m_plane->frame(), item()->spec.shape));
}

void PlanePanel::receiveTiles(const TilesFrame& frame) {
  if (frame.head.view != m_view || frame.head.source != m_run) return;
  if (!frame.error.empty()) {
    m_tilesWaiting = false;
    m_plane->setNotice(QString::fromStdString(frame.error));
    return;
  }
  m_plane->setNotice({});
  // New weights in the same view: the coarse grids would only flicker over the fine one.
  const bool coarser = frame.grid.rect == m_tileGrid.rect && frame.grid.columns < m_tileGrid.columns;
  if (frame.last || !coarser) {
    m_plane->setTiles({frame.grid, frame.shape, frame.pixels});
    m_tileGrid = frame.grid;
    m_tileStep = frame.step;
    matchSteps();
  }
  if (!frame.last) return;
  m_tilesWaiting = false;
  m_tilePause.start();
}

// ---- seen and unseen ----

void PlanePanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_absence->setGeometry(rect());
  offerFit();
}

void PlanePanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  watchCodes(true);
  if (std::exchange(m_pointsStale, false)) codesChanged();
  link();
  askTiles();
  showFields();
}

void PlanePanel::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  watchCodes(false);
}

// The codes of the active run are followed anyway, also for other views.
void PlanePanel::watchCodes(bool on) {
  const RunId wanted = on && !m_follows && item() ? m_run : RunId();
  if (wanted == m_watched) return;
  const RunId was = std::exchange(m_watched, wanted);
  if (!wanted.empty()) m_bench.codes->watch(wanted);
  if (!was.empty()) m_bench.codes->unwatch(was);
}

} // namespace latent::ui
