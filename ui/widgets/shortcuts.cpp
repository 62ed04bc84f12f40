#include "ui/widgets/shortcuts.h"

#include <QCoreApplication>

#include <string_view>

namespace latent::ui {
namespace {

const Shortcut* findShortcut(const char* id) {
  for (const Shortcut& shortcut : shortcuts())
    if (std::string_view(shortcut.id) == id) return &shortcut;
  return nullptr;
}

} // namespace

const std::vector<Shortcut>& shortcuts() {
  // QT_TRANSLATE_NOOP marks the words for the translation files; shortcutText looks them up.
  static const std::vector<Shortcut> table = {
      {"train", "F5", QT_TRANSLATE_NOOP("Shortcuts", "Train or pause")},
      {"step", "F6", QT_TRANSLATE_NOOP("Shortcuts", "One step")},
      {"stop", "Shift+F5", QT_TRANSLATE_NOOP("Shortcuts", "Stop")},
      {"undo", "Ctrl+Z", QT_TRANSLATE_NOOP("Shortcuts", "Undo")},
      {"redo", "Ctrl+Shift+Z", QT_TRANSLATE_NOOP("Shortcuts", "Redo")},
      {"export", "Ctrl+E", QT_TRANSLATE_NOOP("Shortcuts", "Export figure…")},
      {"addToReport", "Ctrl+Shift+E", QT_TRANSLATE_NOOP("Shortcuts", "Add to the report")},
      {"copy", "Ctrl+C", QT_TRANSLATE_NOOP("Shortcuts", "Copy as image")},
      {"open", "Ctrl+O", QT_TRANSLATE_NOOP("Shortcuts", "Open run")},
      {"saveSession", "Ctrl+S", QT_TRANSLATE_NOOP("Shortcuts", "Save session")},
      {"fork", "Ctrl+Shift+F", QT_TRANSLATE_NOOP("Shortcuts", "Fork the run")},
      {"palette", "Ctrl+K", QT_TRANSLATE_NOOP("Shortcuts", "Command palette")},
      {"help", "F1", QT_TRANSLATE_NOOP("Shortcuts", "Explain the focused control")},
      {"runs", "F9", QT_TRANSLATE_NOOP("Shortcuts", "Show or hide runs")},
      {"present", "F11", QT_TRANSLATE_NOOP("Shortcuts", "Present")},
      {"cancel", "Esc", QT_TRANSLATE_NOOP("Shortcuts", "Cancel")},
      {"workspace1", "Alt+1", QT_TRANSLATE_NOOP("Shortcuts", "Go to Train")},
      {"workspace2", "Alt+2", QT_TRANSLATE_NOOP("Shortcuts", "Go to Explore")},
      {"workspace3", "Alt+3", QT_TRANSLATE_NOOP("Shortcuts", "Go to Compare")},
      {"workspace5", "Alt+5", QT_TRANSLATE_NOOP("Shortcuts", "Go to Report")},
      {"zoomIn", "+", QT_TRANSLATE_NOOP("Shortcuts", "Zoom in"), true},
      {"zoomOut", "-", QT_TRANSLATE_NOOP("Shortcuts", "Zoom out"), true},
      {"fit", "0", QT_TRANSLATE_NOOP("Shortcuts", "Fit"), true},
      {"previousSnapshot", ",", QT_TRANSLATE_NOOP("Shortcuts", "Previous snapshot"), true},
      {"nextSnapshot", ".", QT_TRANSLATE_NOOP("Shortcuts", "Next snapshot"), true},
      {"playTime", "T", QT_TRANSLATE_NOOP("Shortcuts", "Play or stop time"), true},
      {"live", "L", QT_TRANSLATE_NOOP("Shortcuts", "Return to live"), true},
      {"nextInput", "N", QT_TRANSLATE_NOOP("Shortcuts", "Next input"), true},
      {"randomInput", "R", QT_TRANSLATE_NOOP("Shortcuts", "Random input"), true},
      {"drawInput", "D", QT_TRANSLATE_NOOP("Shortcuts", "Draw the input"), true},
      {"encodeInput", "E", QT_TRANSLATE_NOOP("Shortcuts", "Move z to the encoded input"), true},
      {"priorMean", "Home", QT_TRANSLATE_NOOP("Shortcuts", "Move z to the prior mean"), true},
      {"pin", "P", QT_TRANSLATE_NOOP("Shortcuts", "Pin the point"), true},
      {"blank", "B", QT_TRANSLATE_NOOP("Shortcuts", "Blank the screen while presenting"), true},
      {"hidePoints", "H", QT_TRANSLATE_NOOP("Shortcuts", "Hide points while held"), true},
      {"playSweep", "S", QT_TRANSLATE_NOOP("Shortcuts", "Play the sweep of a latent while held"), true},
      {"previousLatent", "[", QT_TRANSLATE_NOOP("Shortcuts", "Previous latent"), true},
      {"nextLatent", "]", QT_TRANSLATE_NOOP("Shortcuts", "Next latent"), true},
  };
  return table;
}

QKeySequence shortcutKeys(const char* id) {
  const Shortcut* shortcut = findShortcut(id);
  return shortcut ? QKeySequence(QLatin1String(shortcut->keys), QKeySequence::PortableText) : QKeySequence();
}

QString shortcutText(const char* id) {
  const Shortcut* shortcut = findShortcut(id);
  return shortcut ? QCoreApplication::translate("Shortcuts", shortcut->text) : QString();
}

} // namespace latent::ui
