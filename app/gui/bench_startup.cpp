#include "app/gui/benches.h"
#include "app/gui/timed_application.h"
#include "core/base/json.h"
#include "ui/views/inspector/inspector.h"
#include "ui/views/inspector/point_panel.h"
#include "ui/views/shared/point_feed.h"
#include "ui/views/window/main_window.h"
#include "ui/widgets/image_view.h"

#include <QEvent>
#include <QTimer>

#include <cstdio>

namespace latent {
namespace {

constexpr int limitMs = 60'000;

} // namespace

int benchStartup(TimedApplication& application, const QElapsedTimer& sinceMain, const QStringList& folders,
                 bool json) {
  ui::MainWindow window;
  const QObject* output = window.inspector()->point()->output();
  double milliseconds = -1;
  application.setHooks({}, [&](QObject* receiver, QEvent* event) {
    if (receiver != output || event->type() != QEvent::Paint || window.bench().point->frame().image.empty())
      return;
    milliseconds = static_cast<double>(sinceMain.nsecsElapsed()) / 1e6;
    QCoreApplication::quit();
  });
  QTimer::singleShot(limitMs, &application, &QCoreApplication::quit);
  window.show();
  window.start(folders);
  QApplication::exec();
  application.setHooks({}, {});
  if (milliseconds < 0) {
    std::fprintf(stderr, "No decoded picture appeared within %d s; there is no run to show.\n",
                 limitMs / 1000);
    return 4;
  }
  if (json)
    std::printf("%s\n", Json{{"bench", "startup"}, {"ms", milliseconds}}.dump().c_str());
  else
    std::printf("Start to first decoded picture: %.0f ms\n", milliseconds);
  return 0;
}

} // namespace latent
