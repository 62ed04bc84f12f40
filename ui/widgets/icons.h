// The program's own icons, tinted by the palette in force when they are painted, so that a theme switch needs
// nothing.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace latent::ui {

/// `name` of resources/icons: play, pause, step, stop, skip, export, eye, eye-off, plus, search, home, pin,
/// lock, warning, close, help, dice, pencil, folder, chevron-up, chevron-down, chevron-left, chevron-right.
/// An invalid tint means the text colour. Null icon for an unknown name.
QIcon themedIcon(const QString& name, const QColor& tint = {});

/// The application's icon, in its own colours.
QIcon applicationIcon();

} // namespace latent::ui
