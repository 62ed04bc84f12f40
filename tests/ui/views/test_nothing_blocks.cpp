// Every action of the window while nothing that works for it ever answers: the GUI thread keeps its timer.
#include "core/data/dataset.h"
#include "tests/ui/views/window_fixture.h"
#include "ui/bridge/explorer_bridge.h"
#include "ui/bridge/job_bridge.h"
#include "ui/bridge/library_bridge.h"
#include "ui/bridge/training_bridge.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/window/actions.h"

#include <QAction>
#include <QApplication>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <latch>
#include <mutex>
#include <span>
#include <thread>

using namespace latent;
using namespace latent::ui;

namespace {

/// Holds whoever waits for it until it is opened.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(m_mutex);
    m_opened.wait(lock, [this] { return m_open; });
  }
  void open() {
    {
      std::lock_guard lock(m_mutex);
      m_open = true;
    }
    m_opened.notify_all();
  }

 private:
  std::mutex m_mutex;
  std::condition_variable m_opened;
  bool m_open = false;
};

/// Black images that are not read before the gate opens.
class HeldSplit : public Split {
 public:
  HeldSplit(ImageShape shape, Gate& gate, std::latch& reached)
      : m_shape(shape), m_gate(gate), m_reached(reached) {}
  int64_t size() const override { return 1; }
  ImageShape shape() const override { return m_shape; }
  int64_t label(int64_t) const override { return 0; }
  void read(std::span<const int64_t> indices, uint8_t* out) const override {
    m_reached.count_down();
    m_gate.pass();
    std::fill_n(out, static_cast<int64_t>(indices.size()) * m_shape.pixels(), uint8_t{0});
  }

 private:
  ImageShape m_shape;
  Gate& m_gate;
  std::latch& m_reached;
};

/// Ends the program with a sentence when the GUI thread stands still: a blocked test could not say so.
class Watchdog {
 public:
  ~Watchdog() {
    {
      std::lock_guard lock(m_mutex);
      m_ended = true;
    }
    m_changed.notify_all();
  }
  void tick() { ++m_ticks; }
  void begin(const QString& what) {
    std::lock_guard lock(m_mutex);
    m_what = what.toStdString();
  }

 private:
  void watch() {
    constexpr std::chrono::seconds patience(60);
    std::unique_lock lock(m_mutex);
    for (int seen = -1; !m_ended;) {
      const int now = m_ticks;
      if (now == seen) {
        std::fprintf(stderr, "The GUI thread stands still in \"%s\".\n", m_what.c_str());
        std::abort();
      }
      seen = now;
      m_changed.wait_for(lock, patience, [this] { return m_ended; });
    }
  }

  std::atomic<int> m_ticks = 0;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  bool m_ended = false;
  std::string m_what;
  std::jthread m_thread{[this] { watch(); }}; // last: joined before what it uses goes
};

} // namespace

class TestNothingBlocks : public latent::test::WindowTest {
  Q_OBJECT
 private slots:
  void initTestCase() { setComputeThreads(1); }
  void everyActionReturnsWhileNothingAnswers();
  void cleanup() {
    m_gate.open();
    m_timer.stop();
    m_watchdog.reset();
    m_window.reset();
    m_home.reset();
  }

 private:
  void holdEverything();
  /// At a place that `enter` goes to: each action but those that leave the window empty, or those alone that
  /// mean something else in another view.
  enum class Which { all, ofViews };
  void triggerAll(Which which, const QString& place, const std::function<void()>& enter);
  void trigger(QAction* action, const QString& place);

  Gate m_gate;
  std::latch m_viewing{1};
  int m_ticks = 0;
  std::unique_ptr<Watchdog> m_watchdog;
  QTimer m_timer;
};

/// The viewing thread and all workers stand in a gate.
void TestNothingBlocks::holdEverything() {
  const RunItem* run = bench().runs->find(focus().active);
  QVERIFY(run);
  const auto split = std::make_shared<HeldSplit>(run->spec.shape, m_gate, m_viewing);
  bench().explorer->requestEncoding(bench().explorer->newView(), run->id, split, 0);
  m_viewing.wait();
  for (const JobBridge::Lane lane : {JobBridge::Lane::work, JobBridge::Lane::quick}) {
    for (int i = 0; i < 4; ++i) {
      Job held;
      held.title = "Waiting";
      held.process = [this](JobControl&) { m_gate.pass(); };
      bench().jobs->start(std::move(held), lane);
    }
  }
}

void TestNothingBlocks::trigger(QAction* action, const QString& place) {
  m_watchdog->begin(place + ", " + action->objectName());
  action->trigger();
  const int before = m_ticks;
  QTRY_VERIFY_WITH_TIMEOUT(m_ticks >= before + 2, test::patience);
  if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
}

void TestNothingBlocks::triggerAll(Which which, const QString& place, const std::function<void()>& enter) {
  static const QStringList apart{"newSession", "quit"}, everywhere{"undo", "redo", "copy", "cancel"};
  const auto actions = m_window->actionTable()->findChildren<QAction*>(Qt::FindDirectChildrenOnly);
  QVERIFY(actions.size() > 40);
  for (QAction* action : actions) {
    const bool ofView = action->shortcutContext() == Qt::WidgetWithChildrenShortcut ||
                        everywhere.contains(action->objectName());
    if (apart.contains(action->objectName()) || (which == Which::ofViews && !ofView)) continue;
    enter();
    trigger(action, place);
  }
}

void TestNothingBlocks::everyActionReturnsWhileNothingAnswers() {
  newHome();
  openRun("vae", 2);
  holdEverything();
  m_watchdog = std::make_unique<Watchdog>();
  m_timer.setInterval(5);
  connect(&m_timer, &QTimer::timeout, this, [this] {
    ++m_ticks;
    m_watchdog->tick();
    // A dialog with an event loop of its own would keep trigger() from returning.
    if (QWidget* dialog = QApplication::activeModalWidget()) dialog->close();
  });
  m_timer.start();

  const RunId run = focus().active;
  triggerAll(Which::all, "Train", [this] { stage()->setWorkspace(Stage::Workspace::train); });
  for (const auto page : {ExploreView::Page::plane, ExploreView::Page::traverse, ExploreView::Page::codes}) {
    triggerAll(Which::ofViews, "Explore " + QString::number(static_cast<int>(page)), [this, page] {
      stage()->setWorkspace(Stage::Workspace::explore);
      stage()->exploreView()->setPage(page);
    });
  }
  for (int mode = 0; mode < compareModes; ++mode) {
    CompareSettings settings;
    settings.mode = static_cast<CompareMode>(mode);
    triggerAll(Which::ofViews, "Compare " + QString::number(mode), [this, &settings] {
      stage()->setWorkspace(Stage::Workspace::compare);
      stage()->compareView()->setSettings(settings);
    });
  }

  // What was held answers, and the window works as before.
  m_watchdog->begin("the answers");
  m_gate.open();
  bench().training->stop();
  bench().navigator->activate(run);
  bench().focus->setCursor({0.25f, -0.5f});
  QTRY_VERIFY_WITH_TIMEOUT(focus().active == run && settled(), test::patience);
  for (const char* last : {"newSession", "quit"}) trigger((*m_window->actionTable())[last], "the end");
}

QTEST_MAIN(TestNothingBlocks)
#include "test_nothing_blocks.moc"
