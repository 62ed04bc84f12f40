// Which plane PlanePanel shows: its two axes, laid over another moment's or not, and the part that is seen.
#include "ui/models/runs_model.h"
#include "ui/views/explore/plane_fit.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/explore/plane_tools.h"
#include "ui/views/shared/codes_feed.h"
#include "ui/views/shared/messages.h"
#include "ui/widgets/theme.h"

#include <QPushButton>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace latent::ui {
namespace {

std::vector<PlanePoint> together(const std::pair<std::vector<float>, std::vector<float>>& coordinates) {
  const auto& [x, y] = coordinates;
  std::vector<PlanePoint> points;
  points.reserve(x.size());
  for (size_t i = 0; i < x.size(); ++i) points.push_back({x[i], y[i]});
  return points;
}

} // namespace

// Two latents, or main directions of these codes; latents where there are no codes yet.
PlaneMap PlanePanel::unturnedMap(const RunCodes* codes) {
  if (m_tools->first() >= 0) return PlaneMap::latents(m_tools->first(), m_tools->second());
  const Result<PlaneAxes> main = codes->codes.mainAxes();
  if (main) return PlaneMap::mainDirections(*main);
  m_bench.messages->error(QString::fromStdString(main.error().message));
  m_tools->selectAxes(0, 1);
  return PlaneMap::latents(0, 1);
}

// How the plane of these codes lies best over that of the moment at which the alignment was switched on.
std::optional<PlaneAlignment> PlanePanel::alignmentOf(const PlaneMap& map) {
  m_alignmentNote.clear();
  const auto now = codes();
  if (!m_aligned || !now || !noAlignment().isEmpty()) return std::nullopt;
  auto& reference = m_references[m_run];
  if (!reference) reference = now;
  if (reference->codes.points().count != now->codes.points().count) reference = now; // other test images
  const PlaneMap fixed = unturnedMap(reference.get());
  const PlaneAlignment turn = alignPlanes(together(map.project(now->codes.points())),
                                          together(fixed.project(reference->codes.points())));
  const double degrees = std::atan2(turn.yx, turn.xx) * 180 / std::numbers::pi;
  const QString how = turn.reflects() ? tr("mirrored") : tr("turned by %1°").arg(std::lround(degrees));
  m_alignmentNote = tr("aligned to step %L1: %2").arg(reference->codes.step()).arg(how);
  return turn;
}

void PlanePanel::setAligned(bool aligned) {
  if (aligned == m_aligned) return;
  m_aligned = aligned;
  m_references.clear();
  m_tools->setAligned(aligned);
  takeAxes();
  showPoints();
}

QString PlanePanel::noAlignment() const {
  const RunItem* run = item();
  if (!run || run->latentSize() > 1) return {};
  return tr("%1 has a single latent: there is nothing to turn.").arg(run->title());
}

void PlanePanel::takeAxes() {
  const RunItem* run = item();
  if (!run) return;
  const auto known = codes();
  if (m_tools->first() < 0 && !known) return; // comes back with the codes
  PlaneMap map = unturnedMap(known.get());
  const std::optional<PlaneAlignment> turn = alignmentOf(map);
  m_map = turn ? map.turned(*turn) : std::move(map);
  nameAxes();
  // The prior N(0, I) projected on two orthonormal directions is N(projected 0, I), as on two latents.
  const PlanePoint priorMean = m_map.project(LatentPoint(static_cast<size_t>(run->latentSize()), 0.0F));
  m_plane->setRings(run->hasPrior ? std::vector<double>{1, 2, 3} : std::vector<double>{}, priorMean);
  m_plane->setPriorMean(run->hasPrior ? std::optional(priorMean) : std::nullopt);
  emit runChanged();
  updateHome();
  showCursor();
  showInput();
  showNotes();
  askTiles();
}

void PlanePanel::takeWishedAxes() {
  const auto wish = m_axesWished.extract(m_run);
  if (wish.empty() || !item()) return;
  const auto& [first, second] = wish.mapped();
  const int size = item()->latentSize();
  if (size > 2 && first < size && second < size) m_tools->selectAxes(first, second);
}

void PlanePanel::showArea(const RunId& run, const PlaneRect& rect, std::pair<int, int> axes) {
  const PlaneFrame frame =
      PlaneFrame::fitted(rect, std::max(1, m_plane->width()), std::max(1, m_plane->height()), 0);
  m_frames[run] = frame;
  m_held.insert(run);
  m_axesWished[run] = axes;
  if (run != m_run || !item()) return;
  m_fitWanted = false;
  takeWishedAxes();
  takeAxes();
  showPoints();
  m_plane->setFrame(frame);
}

void PlanePanel::nameAxes() {
  const RunItem* run = item();
  if (!run) return;
  const auto named = [&](const QString& name) {
    const QString turned = m_map.alignment() ? name + QChar(0x2032) : name; // z1′
    return m_layers.quantiles && run->hasPrior ? tr("Φ(%1)").arg(turned) : turned;
  };
  const bool one = !m_map.isMain() && run->latentSize() < 2;
  m_plane->setAxisLabels(named(m_map.isMain() ? tr("main 1") : tr("z%1").arg(m_map.first() + 1)),
                         one ? QString()
                             : named(m_map.isMain() ? tr("main 2") : tr("z%1").arg(m_map.second() + 1)));
}

void PlanePanel::updateHome() {
  const RunItem* run = item();
  const auto known = codes();
  if (!run) return;
  if (run->hasPrior && !m_map.isMain()) {
    m_home = {-3, 3, -3, 3};
    m_homeKnown = true;
  } else if (known) {
    const auto [x, y] = m_map.project(known->codes.points());
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

void PlanePanel::stepAxis(int direction) {
  const RunItem* run = item();
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
  const RunItem* run = item();
  bool outside = false;
  if (m_homeKnown && !m_fitWanted && run && codes()) {
    const PlaneRect seen = m_plane->frame().visible();
    const double width = std::max(0.0, std::min(seen.right, m_home.right) - std::max(seen.left, m_home.left));
    const double height =
        std::max(0.0, std::min(seen.upper, m_home.upper) - std::max(seen.lower, m_home.lower));
    const bool zoomedIn = seen.left >= m_home.left && seen.right <= m_home.right &&
                          seen.lower >= m_home.lower && seen.upper <= m_home.upper;
    const bool grown = !run->hasPrior && run->training;
    outside = width * height < 0.5 * m_home.width() * m_home.height() && (!zoomedIn || grown);
  }
  m_fitHint->setVisible(outside);
  if (!outside) return;
  m_fitHint->adjustSize();
  m_fitHint->move((width() - m_fitHint->width()) / 2, 12);
  m_fitHint->raise();
}

} // namespace latent::ui
