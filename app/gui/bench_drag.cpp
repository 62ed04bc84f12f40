#include "app/gui/benches.h"
#include "app/gui/drag_cases.h"
#include "app/gui/timed_application.h"
#include "core/base/json.h"
#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/views/window/main_window.h"
#include "ui/widgets/image_view.h"

#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace latent {
namespace {

constexpr int moveMs = 8; // 125 moves a second
constexpr int moves = 1500;
constexpr int warmUpMs = 3'000; // of training, so that its buffers are there
constexpr int settleMs = 1'500; // for a view that was just brought to the front
constexpr int readyMs = 20'000;
constexpr int limitMs = 240'000;

/// What of the Focus an image is of.
struct Place {
  LatentPoint z;
  std::vector<int64_t> tokens;
  bool operator==(const Place&) const = default;
};

struct Move {
  Place place;
  qint64 delivered = 0; ///< ns
};

struct Measured {
  std::string view, model;
  bool training = false;         ///< from the first to the last move
  int frames = 0;                ///< that the inspector was given
  std::vector<double> latencies; ///< ms, one for each move that was answered
};

class DragBench : public QObject {
 public:
  DragBench(TimedApplication& application, ui::MainWindow& window)
      : m_window(window), m_output(window.inspector()->point()->output()), m_cases(dragCases(window)) {
    m_clock.start();
    application.setHooks([this](QObject* receiver, QEvent* event) { before(receiver, event); },
                         [this](QObject* receiver, QEvent* event) { after(receiver, event); });
    const ui::Workbench& bench = window.bench();
    connect(bench.library, &ui::LibraryBridge::datasetsChanged, this, &DragBench::train);
    connect(bench.training, &ui::TrainingBridge::runBegan, this,
            [this](const RunId&, const RunId& run) { m_run = run; });
    connect(bench.training, &ui::TrainingBridge::weightsArrived, this, &DragBench::follow);
    connect(bench.point, &ui::PointFeed::arrived, this, [this] {
      ++m_now.frames;
      m_shown = {m_window.bench().point->frame().z, {}};
    });
    connect(bench.explorer, &ui::ExplorerBridge::tokensReady, this, [this](const TokensFrame& frame) {
      if (!discrete() || frame.tokens != m_window.bench().tokens->tokens()) return;
      ++m_now.frames;
      m_shown = {{}, frame.tokens};
    });
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(moveMs);
    connect(&m_timer, &QTimer::timeout, this, &DragBench::move);
  }

  std::vector<Measured> done;
  std::string dataset;

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
    QTimer::singleShot(warmUpMs, this, &DragBench::nextCase);
  }

  DragCase& current() { return *m_cases[done.size()]; }

  void nextCase() {
    if (done.size() == m_cases.size()) return QCoreApplication::quit();
    current().prepare();
    m_waiting.start();
    awaitReady();
  }

  void awaitReady() {
    if (current().ready()) return QTimer::singleShot(settleMs, this, &DragBench::begin);
    if (m_waiting.elapsed() < readyMs) return QTimer::singleShot(50, this, &DragBench::awaitReady);
    finish();
  }

  void begin() {
    m_moves.clear();
    m_answered = 0;
    m_sent = 0;
    m_now = {};
    m_now.training = m_window.bench().training->training();
    m_target = current().target();
    m_moveType = current().moveType();
    current().press();
    m_timer.start();
  }

  void move() {
    if (m_sent < moves) return current().move(++m_sent);
    m_timer.stop();
    current().release();
    m_now.training = m_now.training && m_window.bench().training->training();
    QTimer::singleShot(1'000, this, &DragBench::finish);
  }

  void finish() {
    m_target = nullptr;
    m_now.view = current().view();
    if (const ui::RunItem* run = m_window.bench().navigator->activeRun())
      m_now.model = run->shortFamily.toStdString();
    done.push_back(std::exchange(m_now, {}));
    nextCase();
  }

  void before(QObject* receiver, QEvent* event) {
    if (m_target && receiver == m_target && event->type() == m_moveType) m_delivered = m_clock.nsecsElapsed();
  }

  void after(QObject* receiver, QEvent* event) {
    if (!m_target) return;
    if (receiver == m_target && event->type() == m_moveType)
      m_moves.push_back({place(), m_delivered});
    else if (receiver == m_output && event->type() == QEvent::Paint)
      painted();
  }

  bool discrete() const {
    const ui::RunItem* run = m_window.bench().navigator->activeRun();
    return run && run->discrete;
  }

  Place place() const {
    const Focus& focus = m_window.bench().focus->focus();
    return discrete() ? Place{{}, focus.tokens} : Place{focus.cursor, {}};
  }

  // Moves whose frames were replaced by newer ones are answered by the newer picture.
  void painted() {
    const qint64 now = m_clock.nsecsElapsed();
    size_t answered = m_moves.size();
    while (answered > m_answered && m_moves[answered - 1].place != m_shown) --answered;
    for (; m_answered < answered; ++m_answered)
      m_now.latencies.push_back(static_cast<double>(now - m_moves[m_answered].delivered) / 1e6);
  }

  ui::MainWindow& m_window;
  ui::ImageView* m_output;
  std::vector<std::unique_ptr<DragCase>> m_cases;
  QElapsedTimer m_clock, m_waiting;
  QTimer m_timer;
  RunId m_run;
  bool m_enqueued = false, m_following = false;

  // Of the case in progress.
  Measured m_now;
  QObject* m_target = nullptr;
  QEvent::Type m_moveType = QEvent::None;
  int m_sent = 0;
  qint64 m_delivered = 0;
  std::vector<Move> m_moves;
  size_t m_answered = 0; ///< moves before this one
  Place m_shown;         ///< what the newest image is of
};

double quantile(const std::vector<double>& sorted, double q) {
  return sorted[std::min(sorted.size() - 1, static_cast<size_t>(q * static_cast<double>(sorted.size())))];
}

/// False for a view that could not be measured.
bool print(const Measured& measured, const std::string& dataset, bool json) {
  std::vector<double> sorted = measured.latencies;
  std::ranges::sort(sorted);
  if (sorted.size() < moves / 2) {
    std::fprintf(stderr, "%s: only %zu of %d moves were answered by a picture; it was not measured.\n",
                 measured.view.c_str(), sorted.size(), moves);
    return false;
  }
  const double p50 = quantile(sorted, 0.5), p95 = quantile(sorted, 0.95), p99 = quantile(sorted, 0.99);
  if (json) {
    const Json line{{"bench", "drag"},
                    {"view", measured.view},
                    {"model", measured.model},
                    {"dataset", dataset},
                    {"training", measured.training},
                    {"moves", sorted.size()},
                    {"frames", measured.frames},
                    {"p50_ms", p50},
                    {"p95_ms", p95},
                    {"p99_ms", p99},
                    {"max_ms", sorted.back()}};
    std::printf("%s\n", line.dump().c_str());
  } else {
    std::printf("%s (%s): pointer to picture over %zu moves while training on %s: p50 %.1f ms, p95 %.1f ms, "
                "p99 %.1f ms\n",
                measured.view.c_str(), measured.model.c_str(), sorted.size(), dataset.c_str(), p50, p95, p99);
  }
  return true;
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
  if (bench.done.empty()) {
    std::fprintf(stderr, "No run trained within %d s; the bench was not completed.\n", limitMs / 1000);
    return 4;
  }
  bool measured = true;
  for (const Measured& view : bench.done) {
    // Codes need a shipped VQ-VAE and its images, which are not everywhere.
    const bool optional = view.view == "codes" && view.latencies.empty();
    measured = (optional || print(view, bench.dataset, json)) && measured;
    if (optional) std::fprintf(stderr, "codes: there is no VQ-VAE with its images here.\n");
  }
  return measured ? 0 : 4;
}

} // namespace latent
