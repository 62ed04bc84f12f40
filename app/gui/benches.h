// Measurements of the real window without a display; each prints one line and returns the exit code.
#pragma once

#include <QElapsedTimer>
#include <QStringList>

namespace latent {

class TimedApplication;

/// Makes 125 moves a second in each view (drag_cases.h) while a VAE (z=2, 500 hidden units) trains on MNIST,
/// or on `digits` where MNIST is not there; prints a line a view. Latency of a move: from its delivery until
/// the inspector has painted an image that is of this move or of a later one.
int benchDrag(TimedApplication& application, bool json);

/// From main() (`sinceMain` began there) until the inspector has painted the first decoded image, of a
/// shipped model or of the given run folders.
int benchStartup(TimedApplication& application, const QElapsedTimer& sinceMain, const QStringList& folders,
                 bool json);

} // namespace latent
