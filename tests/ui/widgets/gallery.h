// Every control of the window side by side, to be looked at in both themes.
#pragma once

#include "ui/models/runs_model.h"

#include <QWidget>

namespace latent::ui {

class Gallery : public QWidget {
 public:
  Gallery();

 private:
  QWidget* makeControls();
  QWidget* makeForm();
  void fillRuns();
  RunsModel m_runs;
};

} // namespace latent::ui
