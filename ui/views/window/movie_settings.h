// How movies are exported; remembered with the window.
#pragma once

#include "ui/bridge/movie_request.h"

#include <QString>

class QSettings;

namespace latent::ui {

struct MovieSettings {
  QString folder;
  QString extension = QStringLiteral("mp4");
  int widthPx = 640;
  double rate = 25, trainingRate = 6; ///< frames a second
  int frames = 75, snapshots = 600;
  bool back = true;
  double lowSigma = 0, highSigma = 2;
  int plays = 0; ///< of a GIF, 0 = for ever
  bool dithered = false;
  bool sidecar = false;
};

/// Entries of the group "movie"; what is missing or out of range keeps its default.
MovieSettings readMovieSettings(const QSettings& settings);
void writeMovieSettings(QSettings& settings, const MovieSettings& movie);

/// Limits of what a person may choose: those of core/run/movie, and widths that a screen shows.
inline constexpr int narrowestMovie = 64, widestMovie = 3840;
inline constexpr double slowestMovie = 0.5, fastestMovie = 60, fastestGif = 50;
inline constexpr int fewestFrames = 2, mostFrames = 600, mostPlays = 1000;
inline constexpr double largestSigma = 100;

} // namespace latent::ui
