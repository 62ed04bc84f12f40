#include "app/gui/benches.h"
#include "app/gui/timed_application.h"
#include "core/base/json.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/train/train_view.h"
#include "ui/views/window/main_window.h"
#include "ui/views/window/stage.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/latent_plane.h"

#include <QMouseEvent>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <vector>

namespace latent {
namespace {

constexpr int moveMs = 8; // 125 moves a second
constexpr int moves = 1500;
constexpr int warmUpMs = 3'000; // of training, so that its buffers are there
constexpr int limitMs = 180'000;

struct Move {
  LatentPoint z;
  qint64 delivered = 0; ///< ns
};

class DragBench : public QObject {
 public:
  DragBench(TimedApplication& application, ui::MainWindow& window)
      : m_window(window),
        m_plane(window.stage()->trainView()->planePanel()->plane()),
        m_output(window.inspector()->point()->output()) {
    m_clock.start();
    application.setHooks([this](QObject* receiver, QEvent* event) { before(receiver, event); },
                         [this](QObject* receiver, QEvent* event) { after(receiver, event); });
    const ui::Workbench& bench = window.bench();
    connect(bench.library, &ui::LibraryBridge::datasetsChanged, this, &DragBench::train);
    connect(bench.training, &ui::TrainingBridge::runBegan, this,
            [this](const RunId&, const RunId& run) { m_run = run; });
    connect(bench.training, &ui::TrainingBridge::weightsArrived, this, &DragBench::follow);
    connect(bench.point, &ui::PointFeed::arrived, this, [this] { ++m_frames; });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(moveMs);
    connect(&m_timer, &QTimer::timeout, this, &DragBench::move);
  }

  std::vector<double> latencies; ///< ms, one for each move
  std::string dataset;
  int frames() const { return m_frames; }
  bool trainedThroughout() const { return m_trainedThroughout; }

 private:
  void train() {
    if (m_enqueued) return;
    m_enqueued = true;
    const auto& cards = m_window.bench().library->datasets();
    const auto mnist = std::ranges::find(cards, "mnist", &ui::DatasetCard::id);
    RunConfig config;
    config.family = "vae";
    config.dataset = mnist != cards.end() && mnist->available ? "mnist" : "digits";
    config.epochs = 1000; // more than the bench lasts
    config.parameters.set("latent", int64_t{2});
    config.parameters.set("hidden", std::vector<int64_t>{500});
    dataset = config.dataset;
    m_window.bench().training->enqueue({config});
  }

  // The run is looked at as soon as it has weights; dragging begins when it has trained for a while.
  void follow(const RunId& run) {
    if (run != m_run || m_following) return;
    m_following = true;
    m_window.bench().navigator->activate(run);
    QTimer::singleShot(warmUpMs, this, [this] {
      m_frames = 0;
      post(QEvent::MouseButtonPress, place(0), Qt::LeftButton);
      m_timer.start();
    });
  }

  QPointF place(int i) const {
    const double t = 2 * std::numbers::pi * i / 500.0;
    return {m_plane->width() * (0.5 + 0.35 * std::sin(2 * t)),
            m_plane->height() * (0.5 + 0.35 * std::sin(3 * t + 0.5))};
  }

  void post(QEvent::Type type, const QPointF& at, Qt::MouseButton button) {
    const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
    QCoreApplication::postEvent(
        m_plane, new QMouseEvent(type, at, m_plane->mapToGlobal(at), button, held, Qt::NoModifier));
  }

  void move() {
    if (m_sent < moves) {
      post(QEvent::MouseMove, place(++m_sent), Qt::NoButton);
      return;
    }
    m_timer.stop();
    post(QEvent::MouseButtonRelease, place(m_sent), Qt::LeftButton);
    m_trainedThroughout = m_window.bench().training->training();
    QTimer::singleShot(1'000, this, &QCoreApplication::quit);
  }

  void before(QObject* receiver, QEvent* event) {
    if (receiver == m_plane && event->type() == QEvent::MouseMove) m_delivered = m_clock.nsecsElapsed();
  }

  void after(QObject* receiver, QEvent* event) {
    if (receiver == m_plane && event->type() == QEvent::MouseMove)
      m_moves.push_back({m_window.bench().focus->focus().cursor, m_delivered});
    else if (receiver == m_output && event->type() == QEvent::Paint)
      painted();
  }

  // Moves whose frames were replaced by newer ones are answered by the newer picture.
  void painted() {
    const qint64 now = m_clock.nsecsElapsed();
    const LatentPoint& z = m_window.bench().point->frame().z;
    size_t answered = m_moves.size();
    while (answered > m_done && m_moves[answered - 1].z != z) --answered;
    for (; m_done < answered; ++m_done)
      latencies.push_back(static_cast<double>(now - m_moves[m_done].delivered) / 1e6);
  }

  ui::MainWindow& m_window;
  ui::LatentPlane* m_plane;
  ui::ImageView* m_output;
  QElapsedTimer m_clock;
  QTimer m_timer;
  RunId m_run;
  bool m_enqueued = false, m_following = false, m_trainedThroughout = false;
  int m_sent = 0, m_frames = 0;
  qint64 m_delivered = 0;
  std::vector<Move> m_moves;
  size_t m_done = 0; ///< moves before this one were answered
};

double quantile(const std::vector<double>& sorted, double q) {
  return sorted[std::min(sorted.size() - 1, static_cast<size_t>(q * static_cast<double>(sorted.size())))];
}

} // namespace

int benchDrag(TimedApplication& application, bool json) {
  ui::MainWindow window;
  DragBench bench(application, window);
  QTimer::singleShot(limitMs, &application, &QCoreApplication::quit);
  window.show();
  window.start({});
  QApplication::exec();
  application.setHooks({}, {});
  std::vector<double> sorted = bench.latencies;
  std::ranges::sort(sorted);
  if (sorted.size() < moves / 2) {
    std::fprintf(stderr, "Only %zu of %d moves were answered by a picture; the bench was not completed.\n",
                 sorted.size(), moves);
    return 4;
  }
  const double p50 = quantile(sorted, 0.5), p95 = quantile(sorted, 0.95), p99 = quantile(sorted, 0.99);
  if (json) {
    const Json line{{"bench", "drag"},
                    {"dataset", bench.dataset},
                    {"training", bench.trainedThroughout()},
                    {"moves", sorted.size()},
                    {"frames", bench.frames()},
                    {"p50_ms", p50},
                    {"p95_ms", p95},
                    {"p99_ms", p99},
                    {"max_ms", sorted.back()}};
    std::printf("%s\n", line.dump().c_str());
  } else {
    std::printf(
        "Pointer to picture over %zu moves while training on %s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms\n",
        sorted.size(), bench.dataset.c_str(), p50, p95, p99);
  }
  return 0;
}

} // namespace latent
