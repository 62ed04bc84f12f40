// The keys of EXPERIENCE.md in one table: actions, menus and the help take them from here.
#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

namespace latent::ui {

struct Shortcut {
  const char* id;         ///< "train"
  const char* keys;       ///< portable text: "Ctrl+Shift+E"
  const char* text;       ///< what it does, untranslated; translate through shortcutText
  bool stageOnly = false; ///< a letter or bare key: acts only while the stage has the focus
};

/// Those that exist in this version, in the order of the help.
const std::vector<Shortcut>& shortcuts();
/// Empty sequence for an unknown id.
QKeySequence shortcutKeys(const char* id);
/// Translated words; "" for an unknown id.
QString shortcutText(const char* id);

} // namespace latent::ui
