// What the actions of the report do, from anywhere in the window.
#pragma once

#include "ui/views/shared/workbench.h"

namespace latent::ui {

class Actions;
class Exporter;
class FigureOrigin;
class Stage;

/// Adding the view in front, the workspace's own actions, and copying tables.
void wireReport(const Actions& actions, const Workbench& bench, Stage* stage, Exporter* exporter,
                FigureOrigin* origin);
/// Which of them can be used now. While the report is in front, undo and redo are its own.
void updateReportActions(const Actions& actions, const Workbench& bench, const Stage& stage);

} // namespace latent::ui
