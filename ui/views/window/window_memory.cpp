#include "ui/views/window/window_memory.h"

#include "ui/bridge/files_bridge.h"

#include <QSettings>

#include <algorithm>

namespace latent::ui {
namespace {

constexpr int mostRecent = 8;

QSettings openSettings() {
  return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("latent-explorer"),
                   QStringLiteral("window"));
}

} // namespace

WindowMemory readWindowMemory() {
  WindowMemory memory;
  QSettings settings = openSettings();
  settings.beginGroup(QStringLiteral("v1"));
  memory.geometry = settings.value("geometry").toByteArray();
  memory.theme = static_cast<ThemeChoice>(std::clamp(settings.value("theme", 0).toInt(), 0, 2));
  memory.session = sessionOf(settings.value("session").toByteArray());
  memory.sessionFile = settings.value("sessionFile").toString();
  memory.recentSessions = settings.value("recentSessions").toStringList();
  const QByteArray setup = settings.value("setup").toByteArray();
  memory.setup = setupFromJson(Json::parse(setup.begin(), setup.end(), nullptr, false));
  memory.lastFolder = settings.value("lastFolder").toString();
  memory.lastData = settings.value("lastData").toString();
  memory.recent = settings.value("recent").toStringList().mid(0, mostRecent);
  memory.curves.bound = settings.value("curves/bound", false).toBool();
  memory.curves.part = settings.value("curves/part", "total").toString().toStdString();
  memory.curves.train = settings.value("curves/train", true).toBool();
  memory.curves.test = settings.value("curves/test", true).toBool();
  memory.curves.logX = settings.value("curves/logX", false).toBool();
  memory.curves.logY = settings.value("curves/logY", false).toBool();
  memory.curves.smoothing = std::clamp(settings.value("curves/smoothing", 0.0).toDouble(), 0.0, 0.99);
  memory.exporting = readExportSettings(settings);
  memory.movie = readMovieSettings(settings);
  return memory;
}

void writeWindowMemory(const WindowMemory& memory) {
  QSettings settings = openSettings();
  settings.beginGroup(QStringLiteral("v1"));
  settings.setValue("geometry", memory.geometry);
  settings.setValue("theme", static_cast<int>(memory.theme));
  settings.setValue("session", memory.session ? sessionBytes(*memory.session) : QByteArray());
  settings.setValue("sessionFile", memory.sessionFile);
  settings.setValue("recentSessions", memory.recentSessions);
  settings.setValue("setup", QByteArray::fromStdString(setupToJson(memory.setup).dump()));
  settings.setValue("lastFolder", memory.lastFolder);
  settings.setValue("lastData", memory.lastData);
  settings.setValue("recent", memory.recent.mid(0, mostRecent));
  settings.setValue("curves/bound", memory.curves.bound);
  settings.setValue("curves/part", QString::fromStdString(memory.curves.part));
  settings.setValue("curves/train", memory.curves.train);
  settings.setValue("curves/test", memory.curves.test);
  settings.setValue("curves/logX", memory.curves.logX);
  settings.setValue("curves/logY", memory.curves.logY);
  settings.setValue("curves/smoothing", memory.curves.smoothing);
  writeExportSettings(settings, memory.exporting);
  writeMovieSettings(settings, memory.movie);
}

} // namespace latent::ui
