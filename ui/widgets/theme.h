// Colours, sizes and fonts of the window (EXPERIENCE.md, Style), light and dark.
#pragma once

#include <QColor>
#include <QFont>
#include <QWidget>

class QApplication;

namespace latent::ui {

enum class ThemeChoice { system, light, dark };

struct ThemeColours {
  QColor ground, panel, line, text, muted, accent, onAccent, amber, error, hover, selection;
  bool dark = false;
};

/// Loads the bundled font (Roboto), sets style, palette and style sheet. May be called again to switch
/// themes.
void applyTheme(QApplication& application, ThemeChoice choice);
/// Colours of the theme in force (told from the widget's palette, so tests may set a palette alone).
const ThemeColours& colours(const QWidget* widget);

/// Size of all text: 1 as designed, 1.5 for a projector. In force with the next applyTheme().
void setTextScale(double scale);
double textScale();

/// Chooses a look of the style sheet. Buttons: "primary" (one visible at a time), "quiet", "tab". Labels:
/// "heading", "caption", "muted", "readout", "error". Frames: "panel", "line".
void setRole(QWidget* widget, const char* role);

QFont textFont();    ///< 13 px
QFont captionFont(); ///< 11 px
QFont headingFont(); ///< 15 px, medium
QFont readoutFont(); ///< 20 px, tabular figures

/// 0..9 -> Tol's muted set (the tenth its grey), -1 -> light grey.
QColor classQColor(int64_t label);
QColor runQColor(int letter);

inline constexpr int controlHeight = 28;
inline constexpr int grid = 4;

} // namespace latent::ui
