#include "ui/views/explore/plane_panel.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_fit.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/explore/step_match.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/input_feed.h"
#include "ui/views/shared/messages.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/help_popover.h"
#include "ui/widgets/theme.h"

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
constexpr double axisTolerance = 1e-4;

bool nearlyEqual(const LatentPoint& a, const LatentPoint& b) {
  return std::ranges::equal(a, b, [](float x, float y) { return std::abs(x - y) < axisTolerance; });
}

bool nearlyEqual(const PlaneAxes& a, const PlaneAxes& b) {
  return nearlyEqual(a.origin, b.origin) && nearlyEqual(a.axis1, b.axis1) && nearlyEqual(a.axis2, b.axis2);
}

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
      m_match(new StepMatch(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(m_plane);
  m_plane->setObjectName("latentPlane");
  m_plane->setFocusPolicy(Qt::StrongFocus);
  setHelp(m_plane, {tr("Latent plane"),
                    tr("Every place is a latent point z of the active run; the tiles show what the decoder "
                       "makes of it. Drag to "
                       "move the point, hold Space to drag the view, turn the wheel to zoom, double-click a "
                       "test point to take "
                       "it as the input. The arrow keys move by 0.05 of the data's spread."),
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

  connect(&m_tilePause, &QTimer::timeout, this, [this] {
    if (m_tilesStale) askTiles();
  });
  connect(bench.focus, &FocusStore::changed, this, &PlanePanel::focusChanged);
  connect(bench.codes, &CodesFeed::changed, this, [this] {
    m_pointsStale = !isVisible();
    if (m_pointsStale) return; // showEvent catches up
    if (m_map.isMain()) takeAxes();
    showPoints();
  });
  connect(bench.navigator, &Navigator::selectionChanged, this, &PlanePanel::showSelection);
  connect(bench.runs, &QAbstractItemModel::dataChanged, this, &PlanePanel::matchSteps);
  connect(m_match, &StepMatch::changed, this, [this] {
    m_plane->setPointsFaded(m_match->pointsFaded());
    showNotes();
  });
  connect(m_absence, &EmptyState::clicked, bench.navigator, &Navigator::askTraining);
  connect(bench.input, &InputFeed::imageChanged, this, &PlanePanel::showInput);
  connect(bench.input, &InputFeed::answered, this, [this](const RunId& run) {
    if (run == m_run) showInput();
  });
  connect(bench.sources, &SourceKeeper::changed, this, [this](const RunId& run) {
    if (run != m_run) return;
    matchSteps();
    m_tilesStale = true;
    if (!m_tilesWaiting && !m_tilePause.isActive()) askTiles();
  });
  connect(bench.explorer, &ExplorerBridge::tilesReady, this, &PlanePanel::receiveTiles);
}

void PlanePanel::connectPlane() {
  connect(m_plane, &LatentPlane::gestureStarted, m_bench.focus, &FocusStore::beginGesture);
  connect(m_plane, &LatentPlane::gestureFinished, m_bench.focus, &FocusStore::endGesture);
  connect(m_plane, &LatentPlane::cursorMoved, this, [this](const PlanePoint& at) {
    if (ready()) m_bench.focus->setCursor(m_map.placed(m_bench.focus->focus().cursor, at));
  });
  connect(m_plane, &LatentPlane::gestureStarted, this, [this] { m_inHand = true; });
  connect(m_plane, &LatentPlane::gestureFinished, this, [this] { m_inHand = false; });
  connect(m_plane, &LatentPlane::frameMoved, this, [this] {
    m_held.insert(m_run);
    m_fitWanted = false;
  });
  connect(m_plane, &LatentPlane::viewSettled, this, [this](const PlaneFrame& frame) {
    if (!m_run.empty() && m_homeKnown) m_frames[m_run] = frame;
    askTiles();
    offerFit();
  });
  connect(m_plane, &LatentPlane::pointPicked, this,
          [this](int point) { m_bench.navigator->setInput(point); });
  connect(m_plane, &LatentPlane::classClicked, m_plane, &LatentPlane::setIsolatedClass);
  connect(m_plane, &LatentPlane::lassoed, this, [this](const std::vector<int>& points) {
    m_bench.navigator->select({points.begin(), points.end()});
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

bool PlanePanel::ready() const {
  const RunItem* run = m_bench.runs->find(m_run);
  return run && !run->discrete && static_cast<int>(m_bench.focus->focus().cursor.size()) == run->latentSize();
}

PlaneAxes PlanePanel::axes() const {
  return ready() ? m_map.axesThrough(m_bench.focus->focus().cursor) : PlaneAxes{};
}

void PlanePanel::focusChanged(const Focus& before, const Focus& now) {
  if (now.active != m_run) {
    takeRun();
    return;
  }
  if (before.cursor != now.cursor) {
    showCursor();
    if (ready() && !nearlyEqual(axes(), m_tileAxes))
      askTiles(); // left the plane: a latent that is held has moved
  }
}

void PlanePanel::clearPlane() {
  m_plane->clearTiles();
  m_tileGrid = {};
  m_tileStep.reset();
  m_tilesWaiting = false;
  m_homeKnown = false;
  m_plane->setIsolatedClass(std::nullopt);
  m_plane->setNotice({});
}

void PlanePanel::takeRun() {
  m_run = m_bench.focus->focus().active;
  const RunItem* run = m_bench.runs->find(m_run);
  clearPlane();
  explainAbsence(run);
  m_tools->setEnabled(run && !run->discrete);
  if (!run || run->discrete) {
    m_pointStep.reset();
    m_tools->setLatentSize(0);
    m_plane->setPoints({});
    m_plane->setRings({});
    m_plane->setCursor(std::nullopt);
    m_plane->setEllipse(std::nullopt);
    m_plane->setSubjectPoint(std::nullopt);
    matchSteps();
    emit runChanged();
    return;
  }
  m_plane->setAccessibleName(tr("Latent plane of %1").arg(run->title()));
  m_tools->setLatentSize(run->latentSize());
  const auto seen = m_frames.find(m_run);
  m_fitWanted = seen == m_frames.end();
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
  const QString sentence =
      run ? tr("%1 has discrete codes; a plane of two continuous latents does not exist.")
                .arg(run->shortFamily)
          : tr("No run is open.");
  const QString way = !run ? tr("Set up a run") : m_offersTraining ? tr("Go to Train") : QString();
  m_absence->setContent(sentence, way);
  m_absence->setGeometry(rect());
  m_absence->raise();
}

QString PlanePanel::noRings() const {
  const RunItem* run = m_bench.runs->find(m_run);
  if (!run || run->hasPrior) return {};
  return tr("%1 has no prior.").arg(run->shortFamily);
}

QString PlanePanel::noEllipse() const {
  const RunItem* run = m_bench.runs->find(m_run);
  if (!run || run->hasPrior) return {};
  return tr("%1 encodes an image as a point, without a posterior.").arg(run->shortFamily);
}

void PlanePanel::takeAxes() {
  const RunItem* run = m_bench.runs->find(m_run);
  if (!run || run->discrete) return;
  PlaneMap map = PlaneMap::latents(m_tools->first(), m_tools->second());
  if (m_tools->first() < 0) {
    const auto codes = m_bench.codes->codes();
    if (!codes) return; // comes back with the codes
    const Result<PlaneAxes> main = codes->codes.mainAxes();
    if (main) {
      map = PlaneMap::mainDirections(*main);
    } else {
      m_bench.messages->error(QString::fromStdString(main.error().message));
      m_tools->selectAxes(0, 1);
      map = PlaneMap::latents(0, 1);
    }
  }
  m_map = std::move(map);
  m_plane->setAxisLabels(m_map.isMain() ? tr("main 1") : tr("z%1").arg(m_map.first() + 1),
                         m_map.isMain()          ? tr("main 2")
                         : run->latentSize() < 2 ? QString()
                                                 : tr("z%1").arg(m_map.second() + 1));
  // The prior N(0, I) projected on two orthonormal directions is N(projected 0, I), as on two latents.
  m_plane->setRings(run->hasPrior ? std::vector<double>{1, 2, 3} : std::vector<double>{},
                    m_map.project(LatentPoint(static_cast<size_t>(run->latentSize()), 0.0F)));
  emit runChanged();
  updateHome();
  showCursor();
  showInput();
  askTiles();
}

void PlanePanel::updateHome() {
  const RunItem* run = m_bench.runs->find(m_run);
  const auto codes = m_bench.codes->codes();
  if (!run || run->discrete) return;
  if (run->hasPrior && !m_map.isMain()) {
    m_home = {-3, 3, -3, 3};
    m_homeKnown = true;
  } else if (codes && codes->run == m_run) {
    const auto [x, y] = m_map.project(codes->codes.points());
    m_home = extentOf(x, y);
    m_homeKnown = true;
    // Codes without a prior grow while they are learnt: the frame follows them until the person moves it,
    // and never under a drag.
    if (!run->hasPrior && !m_inHand && !m_held.contains(m_run) && hasOutgrown(m_plane->frame(), m_home, x, y))
      m_fitWanted = true;
  } else {
    m_home = {-10, 10, -10, 10}; // no codes yet, or no data: a usual size of an autoencoder's codes
  }
  m_plane->setHome(m_home);
  // A run that was never looked at is fitted; later the zoom is the person's.
  if (m_fitWanted) {
    m_plane->fit(m_home);
    m_fitWanted = !m_homeKnown;
  }
  offerFit();
}

void PlanePanel::askTiles() {
  if (!isVisible() || !ready() || !m_layers.tiles || !m_bench.sources->shown(m_run)) return;
  const RunItem* run = m_bench.runs->find(m_run);
  m_tileAxes = axes();
  m_tilesWaiting = true;
  m_tilesStale = false;
  m_bench.explorer->requestTiles(m_view, m_run, m_tileAxes, gridFor(m_plane->frame(), run->spec.shape));
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

void PlanePanel::showCursor() {
  if (ready())
    m_plane->setCursor(m_map.project(m_bench.focus->focus().cursor));
  else
    m_plane->setCursor(std::nullopt);
}

void PlanePanel::stepAxis(int direction) {
  const RunItem* run = m_bench.runs->find(m_run);
  if (!run || run->latentSize() < 3 || m_map.isMain()) return;
  const int size = run->latentSize();
  int next = (m_tools->first() + direction + size) % size;
  if (next == m_tools->second()) next = (next + direction + size) % size;
  m_tools->selectAxes(next, m_tools->second());
  takeAxes();
  showPoints();
}

// A view that the person has moved stays; when a growing latent space leaves it, one button says so.
void PlanePanel::offerFit() {
  const auto codes = m_bench.codes->codes();
  bool outside = false;
  if (m_homeKnown && !m_fitWanted && codes && codes->run == m_run) {
    const PlaneRect seen = m_plane->frame().visible();
    const double width = std::max(0.0, std::min(seen.right, m_home.right) - std::max(seen.left, m_home.left));
    const double height =
        std::max(0.0, std::min(seen.upper, m_home.upper) - std::max(seen.lower, m_home.lower));
    const bool zoomedIn = seen.left >= m_home.left && seen.right <= m_home.right &&
                          seen.lower >= m_home.lower && seen.upper <= m_home.upper;
    const bool grown = !m_bench.runs->find(m_run)->hasPrior && m_bench.runs->find(m_run)->training;
    outside = width * height < 0.5 * m_home.width() * m_home.height() && (!zoomedIn || grown);
  }
  m_fitHint->setVisible(outside);
  if (!outside) return;
  m_fitHint->adjustSize();
  m_fitHint->move((width() - m_fitHint->width()) / 2, 12);
  m_fitHint->raise();
}

void PlanePanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_absence->setGeometry(rect());
  offerFit();
}

void PlanePanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  if (std::exchange(m_pointsStale, false)) {
    if (m_map.isMain()) takeAxes();
    showPoints();
  }
  askTiles();
}

} // namespace latent::ui
