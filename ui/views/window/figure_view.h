// The workspace and the settings of views in which a figure's view is seen again.
#pragma once

#include "ui/bridge/figure_origin.h"
#include "ui/views/window/session_keeper.h"

namespace latent::ui {

/// Entries of a session for the views that show this; all others stay as they are. `now` is what the views
/// keep at present. What a view cannot show, such as a chosen list of images, is left to the Focus.
SessionParts figureParts(const FigureView& figure, const SessionParts& now);

} // namespace latent::ui
