// The font that every text of the window and of the figures is set in, so that pixels agree between machines.
#pragma once

#include <QString>

namespace latent::ui {

/// Registers the embedded Roboto (regular, medium, italic) with the application. Needs a QGuiApplication;
/// calling it again does nothing.
void loadBundledFonts();

/// The family's name, for QFont.
QString bundledFontFamily();

} // namespace latent::ui
