// The font that travels with the program, so that the window and its figures look the same on every machine.
#pragma once

namespace latent::ui {

/// Registers Roboto (regular, medium, italic) with Qt, once for the process. Needs a QGuiApplication.
void loadBundledFonts();

} // namespace latent::ui
