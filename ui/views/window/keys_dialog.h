// Help > Keyboard shortcuts.
#pragma once

#include <QDialog>

namespace latent::ui {

class KeysDialog : public QDialog {
  Q_OBJECT
 public:
  explicit KeysDialog(QWidget* parent);
};

} // namespace latent::ui
