// A movie of what the window shows, as a value from which it is made.
#pragma once

#include "ui/bridge/figure_request.h"

#include <QString>

namespace latent::ui {

struct MovieRequest {
  enum class Kind {
    trainingPlane,
    trainingReconstructions,
    traverse,
    path,
    noise
  } kind = Kind::trainingPlane;
  FigureRequest view;                 ///< what moves: runs, axes, latents, ends, images
  int frames = 75;                    ///< of training at most so many snapshots
  bool back = false;                  ///< and back again; not of training
  double lowSigma = 0, highSigma = 2; ///< noise
  int widthPx = 640;                  ///< even
  double rate = 25;                   ///< frames a second
  int plays = 0;                      ///< of a GIF, 0 = for ever
  bool dithered = false;
  bool sidecar = false;
  QString file; ///< .mp4 or .gif
};

inline bool isTraining(MovieRequest::Kind kind) {
  return kind == MovieRequest::Kind::trainingPlane || kind == MovieRequest::Kind::trainingReconstructions;
}

} // namespace latent::ui
