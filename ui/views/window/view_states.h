// What of the window's parts a session holds, each view's state by its name.
#pragma once

#include "ui/views/window/session_keeper.h"

namespace latent::ui {

class Inspector;
class Stage;

SessionParts windowParts(const Stage& stage, const Inspector& inspector);
/// Parts without an entry stay as they are; entries of another kind are passed over.
void setWindowParts(Stage& stage, Inspector& inspector, const SessionParts& parts);

} // namespace latent::ui
