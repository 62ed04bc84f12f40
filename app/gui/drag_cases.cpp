#include "app/gui/drag_cases.h"

#include "ui/models/focus_store.h"
#include "ui/models/runs_model.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/compare/compare_view.h"
#include "ui/views/explore/explore_view.h"
#include "ui/views/explore/plane_panel.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/shared/navigator.h"
#include "ui/views/shared/tokens_feed.h"
#include "ui/views/train/train_view.h"
#include "ui/views/traverse/traverse_rows.h"
#include "ui/views/traverse/traverse_view.h"
#include "ui/views/window/main_window.h"
#include "ui/views/window/stage.h"
#include "ui/widgets/histogram_slider.h"
#include "ui/widgets/latent_plane.h"
#include "ui/widgets/token_map.h"
#include "ui/widgets/z_editor.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace latent {
namespace {

using ui::MainWindow;
using ui::Stage;

void postMouse(QWidget* widget, QEvent::Type type, const QPointF& at) {
  const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
  const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
  QCoreApplication::postEvent(
      widget, new QMouseEvent(type, at, widget->mapToGlobal(at), button, held, Qt::NoModifier));
}

/// A drag with the left button along a closed curve.
class MouseDrag : public DragCase {
 public:
  bool ready() const override {
    const QWidget* area = widget();
    return area && area->isVisible() && area->width() > 40;
  }
  QObject* target() const override { return widget(); }
  void press() override { postMouse(widget(), QEvent::MouseButtonPress, place(0)); }
  void move(int i) override { postMouse(widget(), QEvent::MouseMove, place(m_last = i)); }
  void release() override { postMouse(widget(), QEvent::MouseButtonRelease, place(m_last)); }

 protected:
  virtual QWidget* widget() const = 0;

  QPointF place(int i) const {
    const double t = 2 * std::numbers::pi * i / 500.0;
    return {widget()->width() * (0.5 + 0.35 * std::sin(2 * t)),
            widget()->height() * (0.5 + 0.35 * std::sin(3 * t + 0.5))};
  }

 private:
  int m_last = 0;
};

/// Across the plane of the workspace Train.
class PlaneDrag : public MouseDrag {
 public:
  explicit PlaneDrag(MainWindow& window) : m_stage(window.stage()) {}
  const char* view() const override { return "plane"; }
  void prepare() override { m_stage->setWorkspace(Stage::Workspace::train); }

 protected:
  QWidget* widget() const override { return m_stage->trainView()->planePanel()->plane(); }

 private:
  Stage* m_stage;
};

/// The slider of the first latent, whose strips are decoded anew on the way.
class TraverseDrag : public MouseDrag {
 public:
  explicit TraverseDrag(MainWindow& window) : m_stage(window.stage()) {}
  const char* view() const override { return "traverse"; }
  void prepare() override {
    m_stage->setWorkspace(Stage::Workspace::explore);
    m_stage->exploreView()->setPage(ui::ExploreView::Page::traverse);
  }

 protected:
  QWidget* widget() const override {
    const ui::TraverseRow* row = m_stage->exploreView()->traverseView()->rows()->rowOf(0);
    return row ? row->slider() : nullptr;
  }

 private:
  Stage* m_stage;
};

/// The up and down keys on z1 in the inspector, while the noise grid follows the weights.
class NoiseKeys : public DragCase {
 public:
  explicit NoiseKeys(MainWindow& window) : m_window(window) {}
  const char* view() const override { return "compare"; }
  void prepare() override {
    m_window.stage()->setWorkspace(Stage::Workspace::compare);
    ui::CompareSettings settings;
    settings.mode = ui::CompareMode::noise;
    m_window.stage()->compareView()->setSettings(settings);
  }
  bool ready() const override { return line() && line()->isVisible(); }
  QObject* target() const override { return line(); }
  QEvent::Type moveType() const override { return QEvent::KeyPress; }
  void move(int i) override {
    const int key = i % 100 < 50 ? Qt::Key_Up : Qt::Key_Down;
    QCoreApplication::postEvent(line(), new QKeyEvent(QEvent::KeyPress, key, Qt::NoModifier));
  }

 private:
  QLineEdit* line() const { return m_window.inspector()->point()->editor()->line(0); }

  MainWindow& m_window;
};

/// The key ] on a cell of the map of codes: it takes one code after the other.
class CodeKeys : public DragCase, private QObject {
 public:
  explicit CodeKeys(MainWindow& window) : m_window(window) {}
  const char* view() const override { return "codes"; }
  void prepare() override {
    const auto& runs = m_window.bench().runs->items();
    const auto discrete = std::ranges::find_if(
        runs, [](const ui::RunItem& run) { return run.discrete && run.problem.isEmpty(); });
    if (discrete != runs.end()) m_window.bench().navigator->activate(RunId(discrete->id));
    m_window.stage()->setWorkspace(Stage::Workspace::explore);
    m_window.stage()->exploreView()->setPage(ui::ExploreView::Page::codes);
  }
  bool ready() const override {
    return m_window.bench().tokens->ready() && codes()->map()->isVisible() &&
           m_window.bench().tokens->tokens().size() == codes()->map()->tokens().size();
  }
  QObject* target() const override { return const_cast<CodeKeys*>(this); }
  QEvent::Type moveType() const override { return QEvent::User; }
  void press() override {
    const QPointF cell = codes()->map()->cellRect(0).center();
    postMouse(codes()->map(), QEvent::MouseButtonPress, cell);
    postMouse(codes()->map(), QEvent::MouseButtonRelease, cell);
  }
  // What the window's shortcut does: a posted key does not go through the map of shortcuts.
  void move(int) override { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); }

 private:
  bool event(QEvent* event) override {
    if (event->type() != QEvent::User) return QObject::event(event);
    m_window.stage()->stepLatent(1);
    return true;
  }
  ui::CodesView* codes() const { return m_window.stage()->exploreView()->codesView(); }

  MainWindow& m_window;
};

} // namespace

std::vector<std::unique_ptr<DragCase>> dragCases(MainWindow& window) {
  std::vector<std::unique_ptr<DragCase>> cases;
  cases.push_back(std::make_unique<PlaneDrag>(window));
  cases.push_back(std::make_unique<TraverseDrag>(window));
  cases.push_back(std::make_unique<NoiseKeys>(window));
  cases.push_back(std::make_unique<CodeKeys>(window));
  return cases;
}

} // namespace latent
