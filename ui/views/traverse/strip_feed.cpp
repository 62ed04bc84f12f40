#include "ui/views/traverse/strip_feed.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/views/shared/source_keeper.h"
#include "ui/widgets/image_view.h"

#include <algorithm>
#include <utility>

namespace latent::ui {
namespace {

constexpr int pauseMs =
    120; // between two passes for new weights alone: a run that trains needs the processor
constexpr size_t mostKept = 256;

std::vector<QImage> imagesOf(const ImagesFrame& frame, int64_t from, int64_t count) {
  std::vector<QImage> images;
  const int64_t each = frame.shape.pixels();
  for (int64_t i = from; i < from + count; ++i)
    images.push_back(
        toQImage({frame.shape, {frame.pixels.begin() + i * each, frame.pixels.begin() + (i + 1) * each}}));
  return images;
}

} // namespace

StripFeed::StripFeed(const Workbench& bench, QObject* parent)
    : QObject(parent), m_bench(bench), m_view(bench.explorer->newView()) {
  m_pause.setSingleShot(true);
  m_pause.setInterval(pauseMs);
  connect(&m_pause, &QTimer::timeout, this, &StripFeed::ask);
  connect(bench.explorer, &ExplorerBridge::imagesReady, this, &StripFeed::receive);
}

int64_t StripFeed::shownStep() const {
  const auto weights = m_bench.sources->shown(m_bench.focus->focus().active);
  return weights ? weights->step : -1;
}

const std::vector<QImage>& StripFeed::images(int latent) const {
  static const std::vector<QImage> none;
  const auto kept = m_kept.find(latent);
  return kept == m_kept.end() ? none : kept->second.images;
}

bool StripFeed::fresh(int latent) const {
  const auto kept = m_kept.find(latent);
  const auto wanted = std::ranges::find(m_wanted, latent, &WantedStrip::latent);
  return kept != m_kept.end() && wanted != m_wanted.end() && kept->second.z == wanted->z &&
         kept->second.step == shownStep();
}

void StripFeed::clear() {
  m_bench.explorer->cancel(m_view);
  m_pause.stop();
  m_wanted.clear();
  m_asked.clear();
  m_kept.clear();
  m_problem.clear();
}

void StripFeed::show(std::vector<WantedStrip> wanted) {
  m_wanted = std::move(wanted);
  ask();
}

void StripFeed::ask() {
  if (!m_asked.empty() || shownStep() < 0) return; // receive() comes back here
  bool moved = false;
  std::vector<WantedStrip> missing;
  for (const WantedStrip& strip : m_wanted) {
    if (fresh(strip.latent)) continue;
    const auto kept = m_kept.find(strip.latent);
    moved = moved || kept == m_kept.end() || kept->second.z != strip.z;
    missing.push_back(strip);
  }
  if (missing.empty() || (!moved && m_pause.isActive())) return;
  m_pause.stop();
  std::vector<float> z;
  for (const WantedStrip& strip : missing) z.insert(z.end(), strip.z.begin(), strip.z.end());
  const size_t latents = m_bench.focus->focus().cursor.size();
  if (latents == 0) return;
  m_asked = std::move(missing);
  const auto count = static_cast<int64_t>(z.size() / latents);
  m_bench.explorer->requestImages(m_view, m_bench.focus->focus().active, std::move(z), count);
  emit asked(static_cast<int>(m_asked.size()));
}

void StripFeed::receive(const ImagesFrame& frame) {
  if (frame.head.view != m_view || frame.head.source != m_bench.focus->focus().active) return;
  const std::vector<WantedStrip> asked = std::exchange(m_asked, {});
  m_problem = QString::fromStdString(frame.error);
  const int64_t latents = frame.count > 0 ? static_cast<int64_t>(frame.z.size()) / frame.count : 0;
  if (frame.error.empty() && latents > 0) {
    int64_t at = 0;
    for (const WantedStrip& strip : asked) {
      const int64_t count = static_cast<int64_t>(strip.z.size()) / latents;
      if (at + count > frame.count) break;
      m_kept[strip.latent] = {strip.z, frame.step, imagesOf(frame, at, count)};
      at += count;
    }
    // Far more than a screen: what is not seen now goes.
    if (m_kept.size() > mostKept)
      std::erase_if(m_kept, [this](const auto& kept) {
        return std::ranges::find(m_wanted, kept.first, &WantedStrip::latent) == m_wanted.end();
      });
    m_pause.start();
  }
  emit arrived();
  if (frame.error.empty()) ask(); // what has changed since
}

} // namespace latent::ui
