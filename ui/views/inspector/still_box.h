// A box in a form that scrolls: the wheel moves the form.
#pragma once

#include <QComboBox>
#include <QWheelEvent>

namespace latent::ui {

class StillBox : public QComboBox {
 public:
  using QComboBox::QComboBox;

 protected:
  void wheelEvent(QWheelEvent* event) override { event->ignore(); }
};

} // namespace latent::ui
