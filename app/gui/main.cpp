// latent-explorer: the window.
#include "app/gui/arguments.h"
#include "app/gui/benches.h"
#include "app/gui/timed_application.h"
#include "core/models/compute.h"
#include "ui/views/window/main_window.h"
#include "ui/widgets/theme.h"

#include <QTemporaryDir>

#include <cstdio>

namespace {

/// Benches run without a display and leave nothing behind in the user's folders.
void prepareBench(const QTemporaryDir& scratch) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  if (!qEnvironmentVariableIsSet("LATENT_DATA_DIR")) {
    // Data that was downloaded into the user's folder is still found.
    const QString home =
        qEnvironmentVariable("XDG_DATA_HOME", qEnvironmentVariable("HOME") + "/.local/share");
    const QString data = home + "/latent-explorer/datasets";
    if (QFileInfo::exists(data)) qputenv("LATENT_DATA_DIR", data.toUtf8());
  }
  qputenv("XDG_DATA_HOME", scratch.filePath("data").toUtf8());
  qputenv("XDG_CONFIG_HOME", scratch.filePath("config").toUtf8());
}

bool hasDisplay() {
  return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY") ||
         !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

} // namespace

int main(int argc, char** argv) {
  QElapsedTimer sinceMain;
  sinceMain.start();
  QStringList words;
  for (int i = 0; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
  const latent::Result<latent::Arguments> parsed = latent::parseArguments(words);
  if (!parsed) {
    std::fprintf(stderr, "%s\n", parsed.error().message.c_str());
    return static_cast<int>(parsed.error().fault);
  }
  const latent::Arguments& arguments = *parsed;
  using Mode = latent::Arguments::Mode;
  if (arguments.mode == Mode::help || arguments.mode == Mode::version) {
    std::printf("%s", arguments.mode == Mode::help ? arguments.helpText.toUtf8().constData()
                                                   : "latent-explorer " LATENT_VERSION "\n");
    return 0;
  }
  if (!arguments.dataDir.isEmpty()) qputenv("LATENT_DATA_DIR", arguments.dataDir.toLocal8Bit());
  const bool bench = arguments.mode != Mode::window;
  QTemporaryDir scratch;
  if (bench) prepareBench(scratch);
  if (!bench && !hasDisplay()) {
    std::fprintf(stderr, "There is no display to open the window on; use `latent` here, or set DISPLAY.\n");
    return 2;
  }

  QApplication::setApplicationName("latent-explorer");
  QApplication::setApplicationVersion(LATENT_VERSION);
  QApplication::setDesktopFileName("latent-explorer");
  latent::setComputeThreads(latent::defaultComputeThreads());
  latent::TimedApplication application(argc, argv);
  latent::ui::applyTheme(application, latent::ui::ThemeChoice::system);
  if (arguments.mode == Mode::benchDrag) return latent::benchDrag(application, arguments.json);
  if (arguments.mode == Mode::benchStartup)
    return latent::benchStartup(application, sinceMain, arguments.folders, arguments.json);

  latent::ui::MainWindow window;
  window.show();
  window.start(arguments.folders);
  return QApplication::exec();
}
