#include "ui/views/window/movie_settings.h"

#include <QSettings>

#include <algorithm>
#include <cmath>

namespace latent::ui {
namespace {

QString key(const char* name) {
  return QStringLiteral("movie/") + QLatin1String(name);
}

} // namespace

MovieSettings readMovieSettings(const QSettings& settings) {
  MovieSettings read;
  const auto number = [&](const char* name, double low, double high, double otherwise) {
    bool known = false;
    const double value = settings.value(key(name), otherwise).toDouble(&known);
    return known && std::isfinite(value) ? std::clamp(value, low, high) : otherwise;
  };
  const auto whole = [&](const char* name, int low, int high, int otherwise) {
    return static_cast<int>(std::lround(number(name, low, high, otherwise)));
  };
  const auto flag = [&](const char* name, bool otherwise) {
    return settings.value(key(name), otherwise).toBool();
  };
  read.folder = settings.value(key("folder")).toString();
  read.extension = settings.value(key("extension"), read.extension).toString();
  if (!QStringList{"mp4", "gif"}.contains(read.extension)) read.extension = "mp4";
  read.widthPx = whole("widthPx", narrowestMovie, widestMovie, read.widthPx) / 2 * 2;
  read.rate = number("rate", slowestMovie, fastestMovie, read.rate);
  read.trainingRate = number("trainingRate", slowestMovie, fastestMovie, read.trainingRate);
  read.frames = whole("frames", fewestFrames, mostFrames, read.frames);
  read.snapshots = whole("snapshots", fewestFrames, mostFrames, read.snapshots);
  read.back = flag("back", read.back);
  read.lowSigma = number("lowSigma", 0, largestSigma, read.lowSigma);
  read.highSigma = number("highSigma", 0, largestSigma, read.highSigma);
  read.plays = whole("plays", 0, mostPlays, read.plays);
  read.dithered = flag("dithered", read.dithered);
  read.sidecar = flag("sidecar", read.sidecar);
  return read;
}

void writeMovieSettings(QSettings& settings, const MovieSettings& movie) {
  const auto put = [&](const char* name, const QVariant& value) { settings.setValue(key(name), value); };
  put("folder", movie.folder);
  put("extension", movie.extension);
  put("widthPx", movie.widthPx);
  put("rate", movie.rate);
  put("trainingRate", movie.trainingRate);
  put("frames", movie.frames);
  put("snapshots", movie.snapshots);
  put("back", movie.back);
  put("lowSigma", movie.lowSigma);
  put("highSigma", movie.highSigma);
  put("plays", movie.plays);
  put("dithered", movie.dithered);
  put("sidecar", movie.sidecar);
}

} // namespace latent::ui
