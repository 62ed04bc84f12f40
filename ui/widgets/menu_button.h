// A button of words that opens a menu.
#pragma once

class QMenu;
class QToolButton;

namespace latent::ui {

/// The arrow stands after the words; Tab reaches it.
void makeMenuButton(QToolButton* button, QMenu* menu);

} // namespace latent::ui
