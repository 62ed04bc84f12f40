// The command line of the window.
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace latent {

struct Arguments {
  enum class Mode { window, benchDrag, benchStartup, help, version } mode = Mode::window;
  bool json = false;
  QString dataDir;
  QStringList folders; ///< runs to open
  QString helpText;    ///< for Mode::help
};

/// argv[0] first. Usage error for what is not known.
Result<Arguments> parseArguments(const QStringList& arguments);

} // namespace latent
