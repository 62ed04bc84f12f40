#include "ui/views/codes/map_draw.h"

#include "ui/bridge/explorer_bridge.h"
#include "ui/models/focus_store.h"

#include <QCoreApplication>
#include <QKeyEvent>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int tickMs = 33;
constexpr double longestMs = 2500; // of the whole animation
constexpr double cellMs = 60;      // of a cell in a small map

} // namespace

MapDraw::MapDraw(const Workbench& bench, QObject* parent)
    : QObject(parent),
      m_bench(bench),
      m_drawView(bench.explorer->newView()),
      m_imageView(bench.explorer->newView()) {
  m_tick.setInterval(tickMs);
  connect(&m_tick, &QTimer::timeout, this, &MapDraw::step);
  connect(bench.explorer, &ExplorerBridge::tokensReady, this, &MapDraw::receive);
}

void MapDraw::start(const std::vector<int64_t>& map, int from, uint64_t seed, double temperature) {
  if (m_running) cancel();
  m_running = true;
  m_map = map;
  m_target.clear();
  m_image = {};
  m_from = m_drawn = std::clamp(from, 0, static_cast<int>(map.size()));
  TokensRequest request;
  request.tokens = map;
  request.drawFrom = m_from;
  request.seed = seed;
  request.temperature = temperature;
  m_bench.explorer->requestTokens(m_drawView, m_bench.focus->focus().active, std::move(request));
  QCoreApplication::instance()->installEventFilter(this);
  emit changed();
}

void MapDraw::receive(const TokensFrame& frame) {
  if (!m_running || frame.head.source != m_bench.focus->focus().active) return;
  if (frame.head.view == m_imageView && frame.error.empty()) {
    m_image = frame.image;
    emit changed();
  }
  if (frame.head.view != m_drawView || !m_target.empty()) return;
  if (!frame.error.empty()) {
    cancel();
    emit failed(QString::fromStdString(frame.error));
    return;
  }
  m_target = frame.tokens;
  m_clock.start();
  m_tick.start();
}

void MapDraw::step() {
  const int all = static_cast<int>(m_target.size());
  const double each = std::min(cellMs, longestMs / std::max(1, all - m_from));
  const int wanted = m_from + static_cast<int>(static_cast<double>(m_clock.elapsed()) / each);
  const int until = std::clamp(wanted, m_drawn, all);
  if (until == m_drawn && m_drawn < all) return;
  std::copy(m_target.begin() + m_drawn, m_target.begin() + until, m_map.begin() + m_drawn);
  m_drawn = until;
  if (m_drawn == all) {
    stop();
    return;
  }
  TokensRequest request;
  request.tokens = m_map;
  m_bench.explorer->requestTokens(m_imageView, m_bench.focus->focus().active, std::move(request));
  emit changed();
}

void MapDraw::end() {
  m_running = false;
  m_tick.stop();
  m_bench.explorer->cancel(m_drawView);
  m_bench.explorer->cancel(m_imageView);
  QCoreApplication::instance()->removeEventFilter(this);
}

void MapDraw::stop() {
  if (!m_running) return;
  end();
  emit finished(m_map);
  emit changed();
}

void MapDraw::cancel() {
  if (!m_running) return;
  end();
  emit changed();
}

// What is drawn so far becomes a step of the history first, so that undo takes back just that.
bool MapDraw::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) || key->key() == Qt::Key_Escape)
      stop();
  }
  return QObject::eventFilter(watched, event);
}

} // namespace latent::ui
