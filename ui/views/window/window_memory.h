// What the window remembers between sessions, in an ini file of the user's configuration folder.
#pragma once

#include "core/base/session.h"
#include "ui/views/inspector/setup_memory.h"
#include "ui/views/train/curve_choice.h"
#include "ui/views/window/export_settings.h"
#include "ui/views/window/movie_settings.h"
#include "ui/widgets/theme.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace latent::ui {

/// A value: read once at the start, written when the window closes.
struct WindowMemory {
  QByteArray geometry;
  ThemeChoice theme = ThemeChoice::system;
  std::optional<Session> session; ///< what was open
  QString sessionFile;            ///< where it was saved; "" = nowhere
  QStringList recentSessions;
  QString lastFolder; ///< where a run was opened from
  QString lastData;   ///< where images were opened from
  QStringList recent;
  SetupMemory setup;
  CurveChoice curves;
  ExportSettings exporting;
  MovieSettings movie;
};

/// Unknown or damaged entries fall back to their defaults. Keys carry a version, so that a later program can
/// tell.
WindowMemory readWindowMemory();
void writeWindowMemory(const WindowMemory& memory);

} // namespace latent::ui
