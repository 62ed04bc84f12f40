// The modes of Compare as buttons, each with its formula as help.
#pragma once

#include "ui/views/compare/compare_settings.h"

#include <QWidget>

class QButtonGroup;

namespace latent::ui {

class ModeButtons : public QWidget {
  Q_OBJECT
 public:
  explicit ModeButtons(QWidget* parent = nullptr);

  void setMode(CompareMode mode); ///< does not emit

 signals:
  void modeChosen(latent::ui::CompareMode mode);

 private:
  QButtonGroup* m_buttons;
};

} // namespace latent::ui
