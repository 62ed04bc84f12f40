// What each action of the table does.
#pragma once

#include "ui/views/shared/workbench.h"

namespace latent::ui {

class Actions;
class Inspector;
class Stage;

/// Those that act on the shared state and the views; what concerns the window itself (files, theme, quit) is
/// MainWindow's.
void wireActions(const Actions& actions, const Workbench& bench, Stage* stage, Inspector* inspector);
/// Which actions can be used now; called when training, history or the active run change. `undoesDelete`:
/// undo brings a deleted run back.
void updateActions(const Actions& actions, const Workbench& bench, bool undoesDelete);

} // namespace latent::ui
