#include "ui/views/window/about_box.h"

#include <QCoreApplication>

namespace latent::ui {

AboutBox::AboutBox(QWidget* parent) : QMessageBox(parent) {
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("About Latent Explorer"));
  setText(
      tr("Latent Explorer %1\n\nTrains autoencoders on images, from the plain one to VQ-VAE, and lets you "
         "drag across what they learnt.\n\nFree software under the GNU General Public License, version 3 "
         "or later.")
          .arg(QCoreApplication::applicationVersion()));
  setStandardButtons(QMessageBox::Ok);
}

} // namespace latent::ui
