// Help, About: name, version and licence.
#pragma once

#include <QMessageBox>

namespace latent::ui {

/// Deletes itself when it is closed.
class AboutBox : public QMessageBox {
  Q_OBJECT
 public:
  explicit AboutBox(QWidget* parent);
};

} // namespace latent::ui
